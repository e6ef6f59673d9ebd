"""The bank's part: what it lends, the contract, the payment."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.web.widgets import RadioCards
from applicants.identity import read_account_no
from applicants.web.fields import IdentityField, digits_input
from loans.models.loan import Method
from loans.web.forms.figures import DayField, YuanField
from workflows.models import Application
from workflows.models.early_opinion import OpinionOutcome
from workflows.stages.disbursement import LoanTerms, Payment
from workflows.web.forms.moves import MoveForm
from workflows.web.forms.rates import PercentField


def number_field(label: Any, *, required: Any) -> forms.CharField:
    """A number of the bank's own: contract, serial, loan."""
    return forms.CharField(
        label=label,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": required, "max_length": gettext_lazy("最多 40 个字")},
    )


class ApprovalForm(MoveForm):
    """Credit result and terms; what differs from what she asked for needs a reason that she will read."""

    credit_result = forms.ChoiceField(
        label=gettext_lazy("征信结论"),
        help_text=gettext_lazy("只写结论，不传征信报告。"),
        choices=OpinionOutcome.choices,
        widget=RadioCards(),
        error_messages={
            "required": gettext_lazy("选一下征信结论"),
            "invalid_choice": gettext_lazy("选一下征信结论"),
        },
    )
    credit_note = forms.CharField(label=gettext_lazy("征信说明"), required=False, max_length=200)
    approved_amount = YuanField(label=gettext_lazy("核定金额"))
    term_months = forms.TypedChoiceField(label=gettext_lazy("期限"), coerce=int)
    method = forms.ChoiceField(label=gettext_lazy("还款方式"))
    rate = PercentField(label=gettext_lazy("年利率"))
    lpr = PercentField(label=gettext_lazy("LPR"))
    lpr_on = DayField(label=gettext_lazy("LPR 是哪天的"), required=gettext_lazy("写上 LPR 是哪天公布的"))
    reason = forms.CharField(
        label=gettext_lazy("和申请不一样的原因"),
        help_text=gettext_lazy("和她申请的一样就不用写。不一样要写明，她会看到，她同意了才签。"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, application: Application, initial: dict[str, Any]) -> None:
        policy = application.policy
        asked = {
            "approved_amount": application.amount_fen,
            "term_months": application.term_months,
            "method": application.method,
            "rate": policy.annual_rate_ppm,
            "lpr": policy.lpr_ppm,
            "lpr_on": policy.lpr_on,
        }
        super().__init__(data, initial=asked | initial)
        months = _("%(months)s 个月")
        self._offer("term_months", [(term, months % {"months": term}) for term in policy.term_options])
        self._offer("method", [(Method(one), Method(one).label) for one in policy.method_options])

    def terms(self) -> LoanTerms:
        given = self.cleaned_data
        return LoanTerms(
            amount_fen=given["approved_amount"],
            annual_rate_ppm=given["rate"],
            lpr_ppm=given["lpr"],
            lpr_on=given["lpr_on"],
            term_months=given["term_months"],
            method=given["method"],
            credit_outcome=given["credit_result"],
            credit_note=given["credit_note"],
        )

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class ContractForm(MoveForm):
    contract_no = number_field(gettext_lazy("合同号"), required=gettext_lazy("写上合同号"))
    signed_on = DayField(label=gettext_lazy("哪天签的"), required=gettext_lazy("写上签约日期"))
    account_no = IdentityField(read_account_no, label=gettext_lazy("收款账户"), is_optional=True, widget=digits_input())

    def __init__(self, data: Any = None, *, application: Application, today: date, initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"signed_on": today, **initial})
        her = application.applicant
        if her.account_no:
            words = _("现在是 %(masked)s，不换就空着。要她本人的卡。") % {"masked": her.masked_account}
        else:
            words = _("她还没有卡。当场办好，写上卡号。")
        self.fields["account_no"].help_text = words


class PaymentForm(MoveForm):
    """The bank's own record of the payment: a loan is paid out by its serial number and value date, nothing else."""

    bank_serial = number_field(gettext_lazy("银行流水号"), required=gettext_lazy("写上银行流水号，没有就不能算已放款"))
    bank_loan_no = number_field(gettext_lazy("借据号"), required=gettext_lazy("写上借据号"))
    paid_on = DayField(
        label=gettext_lazy("放款日期"),
        required=gettext_lazy("写上放款日期"),
        help_text=gettext_lazy("钱到她账户的那天。7 个工作日按这天算。"),
    )
    amount = YuanField(label=gettext_lazy("放款金额"))

    def payment(self) -> Payment:
        given = self.cleaned_data
        return Payment(
            bank_serial=given["bank_serial"],
            bank_loan_no=given["bank_loan_no"],
            value_on=given["paid_on"],
            amount_fen=given["amount"],
        )
