"""Where the money goes: a card or passbook of her own, or one that the bank opens at signing."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applicants.identity import read_account_no
from applicants.models import Applicant
from applicants.web.fields import IdentityField, digits_input


class AccountForm(forms.Form):
    use_required_attribute = False

    account_no = IdentityField(
        read_account_no,
        label=gettext_lazy("银行卡号或存折账号"),
        help_text=gettext_lazy("从卡正面照着写，16 到 19 位。要您本人的卡。"),
        is_optional=True,
        widget=digits_input(),
    )
    has_no_card = forms.BooleanField(label=gettext_lazy("还没有卡，签约的时候办"), required=False)

    def __init__(self, applicant: Applicant, data: Any = None) -> None:
        is_without = applicant.account_bank_id is not None and not applicant.account_no
        super().__init__(data, initial={"has_no_card": is_without})
        self.applicant = applicant
        if applicant.account_no:
            masked = {"masked": applicant.masked_account}
            self.fields["account_no"].help_text = _("已填尾号 %(masked)s，不改就空着。") % masked

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("account_no") and given["has_no_card"]:
            message = _("写了卡号，就不要勾“还没有卡”")
            self.add_error("has_no_card", ValidationError(message, code="card_and_no_card"))
        is_empty = "account_no" in given and not given["account_no"] and not given["has_no_card"]
        if is_empty and not self.applicant.account_no:
            message = _("写上卡号，没有卡就勾“还没有卡”")
            self.add_error("account_no", ValidationError(message, code="account_no_blank"))
        return given
