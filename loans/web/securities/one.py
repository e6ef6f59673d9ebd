"""One counter-guarantee: what was checked of it, the form to write that down, and setting it free."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.templatetags.page import zh_date_year
from accounts.web.navigation import frame
from accounts.web.parts import Fact
from applicants.identity import mask_id_no
from loans import securities
from loans.models import CounterGuarantee, Security
from loans.money import format_yuan
from loans.web.forms.security import GROUNDS, LABELS, ReleaseForm, SecurityForm
from loans.web.securities.register import Standing, seen_by, standing_of
from records.edge import caller
from records.web.attempts import UNPROCESSABLE, attempted


@require_http_methods(["GET", "HEAD", "POST"])
def security(request: HttpRequest, counter_id: int) -> HttpResponse:
    counter = get_object_or_404(seen_by(caller(request)), pk=counter_id)
    is_over = standing_of(counter) == Standing.TO_RELEASE
    sent = request.POST if request.method == "POST" else None
    form = ReleaseForm(sent) if is_over else SecurityForm(sent, kind=counter.kind)
    status = 200
    if form.is_bound:
        status = _attempt(request, form, counter) if form.is_valid() else UNPROCESSABLE
        if not form.errors:
            messages.success(request, _("解除了。") if is_over else _("登记好了。"))
            return redirect("security", counter_id=counter.pk)
    newest = counter.securities.order_by("-pk").first()
    context = {
        "counter": counter,
        "form": None if standing_of(counter) == Standing.RELEASED else form,
        "is_over": is_over,
        "standing": standing_of(counter).label,
        "facts": list(_facts(newest)) if newest else [],
    }
    return render(request, "loans/securities/one.html", context | frame(request, current="securities"), status=status)


def _attempt(request: HttpRequest, form: forms.Form, counter: CounterGuarantee) -> int:
    def act(by: User, at: datetime) -> object:
        if isinstance(form, SecurityForm):
            return securities.record(counter, given=form.given(), by=by, at=at)
        return securities.release(counter, words=form.cleaned_data["words"], by=by, at=at)

    action = "record_security" if isinstance(form, SecurityForm) else "release_security"
    return attempted(request, form, act, action=action, about=counter.guarantee.letter_no)


def _facts(newest: Security) -> Iterator[Fact]:
    for one in newest.persons.order_by("pk"):
        yield Fact(one.full_name, mask_id_no(one.id_no))
    for name, value in newest.facts.items():
        yield Fact(str(LABELS[name]), _words(name, value))
    yield Fact(_("凭据"), newest.evidence)
    yield Fact(_("登记人"), str(newest.recorded_by))


def _words(name: str, value: Any) -> str:
    ways: dict[str, Callable[[], str]] = {
        "_fen": lambda: _("%(yuan)s 元") % {"yuan": format_yuan(int(value))},
        "_on": lambda: zh_date_year(date.fromisoformat(value)),
        "ground": lambda: str(dict(GROUNDS)[value]),
    }
    way = next((way for ending, way in ways.items() if name.endswith(ending)), None)
    return way() if way else str(value)
