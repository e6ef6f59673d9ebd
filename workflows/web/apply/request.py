"""要贷多少 and 钱怎么用: amount, term and method with what they cost, and what the money is for."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from loans.spoken_money import in_figures
from loans.web.costs import costs_of
from loans.web.forms.amount import AmountForm
from records.refusals import MoveNotOpen
from workflows import loan_request
from workflows.models import Application
from workflows.web.apply import steps
from workflows.web.apply.page import DraftPage
from workflows.web.apply.question import QuestionPage
from workflows.web.apply.wish import wished
from workflows.web.forms.request import ADD_ROW, COUNT, use_rows
from workflows.wording import money


class AmountPage(QuestionPage):
    step = steps.REQUEST
    template_name = "workflows/apply/amount.html"
    redrawing = (COUNT,)

    def whole_form(self, data: Any = None, *, typed: Any = None) -> AmountForm:
        # Bound to what was typed as well: the box under it is counted from what the form can read.
        return AmountForm(self.case.policy, data or typed, shown=self._shown())

    def show(self, form: forms.Form, *, status: int = 200) -> HttpResponse:
        is_refused = form.is_bound and bool(form.errors)
        asked = self._asked_for(form)
        return self.page(
            form,
            status=422 if is_refused else status,
            costs=costs_of(self.case.policy, start_on=timezone.localdate(), **asked) if asked else None,
            amount=in_figures(asked["amount_fen"]) if asked else "",
        )

    def write(self, draft: Application, form: forms.Form, at: datetime) -> None:
        kept = {"amount": draft.amount_fen, "term_months": draft.term_months, "method": draft.method}
        given = kept | form.cleaned_data
        loan_request.save_amount(
            draft, amount_fen=given["amount"], term_months=given["term_months"], method=given["method"]
        )

    def _shown(self) -> dict[str, Any]:
        """What is kept, else what she worked out before, else the first of what the policy offers."""
        case, asked = self.case, wished(self.request.session)
        return {
            "amount": case.amount_fen or asked.get("amount"),
            "term_months": case.term_months or asked.get("term_months") or case.policy.term_options[0],
            "method": case.method or asked.get("method") or case.policy.method_options[0],
        }

    def _asked_for(self, form: forms.Form) -> dict[str, Any] | None:
        """Amount, term and method together, those of the other pages as they are shown there; None while unreadable."""
        others = self.whole_form()
        sent = {name: others[name].value() for name in others.fields}
        whole = AmountForm(self.case.policy, sent | {name: form[name].value() for name in form.fields})
        if not whole.is_valid():
            return None
        given = whole.cleaned_data
        return {"amount_fen": given["amount"], "term_months": given["term_months"], "method": given["method"]}


class UsePage(DraftPage):
    step = steps.USE
    template_name = "workflows/apply/use.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(use_rows(self.case))

    def post(self, request: HttpRequest) -> HttpResponse:
        if ADD_ROW in request.POST:
            return self.page(use_rows(self.case, typed=request.POST, more=1))
        rows = use_rows(self.case, request.POST)
        if not rows.is_valid():
            return self.page(rows, status=422, has_errors=True)
        try:
            self.keep(lambda draft, at: loan_request.save_uses(draft, uses=rows.uses))
        except MoveNotOpen:
            return self.too_late()
        return self.onward()

    def frame(self) -> dict[str, Any]:
        amount_fen = self.case.amount_fen
        return super().frame() | {"amount": money(amount_fen) if amount_fen else ""}
