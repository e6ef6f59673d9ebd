"""逾期和催收: the late loans, and of each what was said and what comes next."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import holds
from accounts.web.navigation import frame
from loans import collecting, sight
from loans.age_wording import AGES, CLASSES
from loans.collecting import Late
from loans.models import CollectionContact, Loan
from loans.models.collection_contact import ContactWay
from loans.money import format_yuan
from loans.web.forms.collecting import ContactForm
from records.edge import caller, carry_out
from records.refusals import Invalid


@dataclass(frozen=True)
class LateRow:
    """One late loan in words."""

    number: str
    name: str
    balance: str
    overdue: str
    days: int
    age: str
    risk: str
    last: CollectionContact | None


@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    user, today = caller(request), timezone.localdate()
    if not holds(user, "collect"):
        raise Http404
    rows = [_row(one) for one in collecting.late_loans(user, on=today)]
    context = {"rows": rows, "today": today}
    return render(request, "loans/collecting/list.html", context | frame(request, current="overdue"))


@require_http_methods(["GET", "HEAD", "POST"])
def overdue_loan(request: HttpRequest, loan_number: str) -> HttpResponse:
    """What was said so far, and a form for the next contact."""
    user, today = caller(request), timezone.localdate()
    loans = Loan.objects.paid_out().filter(sight.of_loans(user))
    found = loans.select_related("policy", "bank__region", "applicant__village").prefetch_related(
        "instalments", "repayments", "contacts__by"
    )
    loan = get_object_or_404(found, number=loan_number)
    if not collecting.may_collect(user, loan):
        raise Http404
    form = ContactForm(request.POST if request.method == "POST" else None, today=today)
    if form.is_valid() and _noted(request, loan, form):
        messages.success(request, _("记下来了。"))
        return redirect("overdue_loan", loan_number=loan.number)
    row = _row(collecting.standing(loan, on=today))
    context = {"row": row, "contacts": loan.contacts.all(), "form": form, "today": today}
    page = context | frame(request, current="overdue")
    return render(request, "loans/collecting/loan.html", page, status=422 if form.errors else 200)


def _noted(request: HttpRequest, loan: Loan, form: ContactForm) -> bool:
    given: dict[str, Any] = form.cleaned_data | {"way": ContactWay(form.cleaned_data["way"])}
    try:
        carry_out(
            request,
            lambda by, at: collecting.note_contact(loan, **given, by=by, at=at),
            action="note_contact",
            about=loan.number,
        )
    except Invalid as refusal:
        for error in refusal.errors:
            form.add_error(error.field, str(error.message))
        return False
    return True


def _row(late: Late) -> LateRow:
    now = late.position
    return LateRow(
        number=late.loan.number,
        name=late.loan.applicant.full_name,
        balance=format_yuan(now.principal_outstanding_fen),
        overdue=format_yuan(now.overdue_principal_fen + now.overdue_interest_fen),
        days=now.days_overdue,
        age=str(AGES[now.age]),
        risk=str(CLASSES[late.risk]),
        last=late.last,
    )
