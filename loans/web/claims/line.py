"""One loan's row of a claim, day by day; here the bank writes its figure or answers, and the treasury settles it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.permissions import may
from accounts.web.navigation import frame
from loans.claims import judging, making
from loans.claims.making import BankFigure
from loans.claims.wording import claim_quarter, quarter_words
from loans.models import ClaimLine, SubsidyClaim
from loans.models.claim import WITH_THE_BANK, ClaimState
from loans.money import format_yuan
from loans.web.claims.claim import UNPROCESSABLE, claim_of
from loans.web.claims.rows import facts_of_line, row_of, segment_rows
from loans.web.forms.claims import BankFigureForm, PlainForm, WordsForm
from records.edge import caller, carry_out
from records.refusals import Refusal


@dataclass(frozen=True)
class RowAct:
    """One thing to do with a row."""

    name: str
    title: Promise | str
    button: Promise | str
    form: forms.Form
    do: Callable[[User, datetime], object]
    is_second: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def claim_line(request: HttpRequest, claim_id: int, line_id: int) -> HttpResponse:
    user = caller(request)
    claim = claim_of(user, claim_id)
    rows = claim.lines.select_related("loan__applicant", "loan__policy", "adjusts__claim").prefetch_related("segments")
    line = get_object_or_404(rows, pk=line_id)
    line.claim = claim
    open_acts = list(_acts(request, claim, line, user))
    status = 200
    if request.method == "POST":
        act = next((one for one in open_acts if one.name == request.POST.get("act")), None)
        if act is None:
            messages.error(request, _("这件刚被改过，现在不能这样办了。"))
            return redirect("claim", claim_id=claim_id)
        status = _carry_out(request, act, line) if act.form.is_valid() else UNPROCESSABLE
        if not act.form.errors:
            messages.success(request, _("%(loan)s 记下了。") % {"loan": line.loan.number})
            return redirect("claim", claim_id=claim_id)
        line.refresh_from_db(fields=["bank_fen", "bank_reason", "agreed_fen", "query", "answer"])
    context = {
        "claim": claim,
        "line": line,
        "row": row_of(line, claim=claim),
        "segments": list(segment_rows(line)),
        "facts": facts_of_line(line),
        "quarter": quarter_words(claim_quarter(claim)),
        "acts": open_acts,
        "sent": next((one.form for one in open_acts if one.form.is_bound), None),
    }
    return render(request, "loans/claims/line.html", context | frame(request, current="claims"), status=status)


def _carry_out(request: HttpRequest, act: RowAct, line: ClaimLine) -> int:
    try:
        carry_out(request, act.do, action=f"claim_row_{act.name}", about=line.loan.number)
    except Refusal as refusal:
        act.form.add_error(None, str(refusal))
        return refusal.status
    return 200


def _acts(request: HttpRequest, claim: SubsidyClaim, line: ClaimLine, user: User) -> Iterator[RowAct]:
    is_banks = may(user, "make_claim", claim.pool.bank)
    if is_banks and claim.state in WITH_THE_BANK and line.adjusts_id is None:
        yield _of_figure(request, claim, line)
    if is_banks and claim.state in (ClaimState.OPINED, ClaimState.RETURNED) and line.query:
        form = _form(request, WordsForm, "answer")
        answer = lambda by, _at: judging.answer_row(line, words=form.cleaned_data["words"], by=by)  # noqa: E731
        yield RowAct("answer", gettext_lazy("答复财政局"), gettext_lazy("答复"), form, answer)
    is_reviewed = claim.state == ClaimState.OPINED and may(user, "check_claim", claim.pool.finance)
    if is_reviewed and not (claim.decision is not None and claim.decision.is_open):
        yield from _of_review(request, line)


def _of_figure(request: HttpRequest, claim: SubsidyClaim, line: ClaimLine) -> RowAct:
    start = {"amount": line.bank_fen, "reason": line.bank_reason}
    form = _form(request, BankFigureForm, "figure", initial=start)

    def say(by: User, at: datetime) -> object:
        figure = BankFigure(form.cleaned_data["amount"], form.cleaned_data["reason"])
        return making.say_bank_figures(claim, {line.loan.number: figure}, by=by, at=at)

    return RowAct("figure", gettext_lazy("农信的数"), gettext_lazy("记下"), form, say)


def _of_review(request: HttpRequest, line: ClaimLine) -> Iterator[RowAct]:
    def agree(*, takes_bank: bool) -> Callable[[User, datetime], object]:
        return lambda by, _at: judging.agree_on_row(line, takes_bank=takes_bank, by=by)

    title = _("系统算的 %(yuan)s 元") % {"yuan": format_yuan(line.ours_fen)}
    yield RowAct(
        "ours", title, gettext_lazy("按系统算的定"), _form(request, PlainForm, "ours"), agree(takes_bank=False)
    )
    if line.difference_fen:
        title = _("农信报的 %(yuan)s 元") % {"yuan": format_yuan(line.bank_fen)}
        yield RowAct(
            "bank",
            title,
            gettext_lazy("按农信报的定"),
            _form(request, PlainForm, "bank"),
            agree(takes_bank=True),
            is_second=True,
        )
    form = _form(request, WordsForm, "ask")
    ask = lambda by, _at: judging.ask_about_row(line, words=form.cleaned_data["words"], by=by)  # noqa: E731
    yield RowAct("ask", gettext_lazy("有疑问，问农信"), gettext_lazy("问农信"), form, ask, is_second=True)


def _form(
    request: HttpRequest, form: type[forms.Form], name: str, *, initial: dict[str, object] | None = None
) -> forms.Form:
    is_sent = request.method == "POST" and request.POST.get("act") == name
    return form(request.POST if is_sent else None, prefix=name, initial=initial)
