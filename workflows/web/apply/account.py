"""收款账户. Once she has agreed, a helper can't change where her money goes."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applicants.identity import BankAccount
from applicants.models import Applicant
from applicants.profiles import save_account
from applicants.wording import ACCOUNT_LOOKS_UNUSUAL
from records.refusals import Refusal
from workflows.models import Application
from workflows.web.apply import steps
from workflows.web.apply.page import StepPage
from workflows.web.forms.account import AccountForm


class AccountIsHers(Refusal):
    """She agreed to where the money goes; from then on only she changes it."""

    code = "account_is_hers"
    status = 403
    message = gettext_lazy("她本人同意过了，收款账户只能她自己改。")


class AccountPage(StepPage):
    step = steps.ACCOUNT
    template_name = "workflows/apply/account.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.is_fixed:
            raise AccountIsHers
        return super().post(request)

    @property
    def is_fixed(self) -> bool:
        return self.is_by_helper and has_agreed(self.case.applicant)

    def form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        return AccountForm(self.case.applicant, data)

    def kept(self, form: forms.Form) -> HttpResponse:
        account: BankAccount | None = form.cleaned_data["account_no"]
        response = super().kept(form)
        if response.status_code == 302 and account is not None:
            self._warn_of(account)
        return response

    def _warn_of(self, account: BankAccount) -> None:
        """What may be wrong with an account that is kept all the same: passbooks follow no rule."""
        bank = self.case.bank
        if not account.passes_luhn:
            messages.warning(self.request, str(ACCOUNT_LOOKS_UNUSUAL))
        elif not bank.may_have_issued(account.text):
            words = _("这张卡不像%(bank)s的，对照卡面再看一眼。是别的银行的卡，签约时当场办一张就行。")
            messages.warning(self.request, words % {"bank": bank.short_name})

    def write(self, draft: Application, form: forms.Form, at: datetime) -> None:
        if self.is_by_helper and has_agreed(draft.applicant):
            raise AccountIsHers
        account: BankAccount | None = form.cleaned_data["account_no"]
        kept_no = "" if form.cleaned_data["has_no_card"] else draft.applicant.account_no
        save_account(draft.applicant, account_no=account.text if account else kept_no, bank=draft.bank)

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"is_fixed": self.is_fixed}


def has_agreed(applicant: Applicant) -> bool:
    return applicant.consents.live().exists()
