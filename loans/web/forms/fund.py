"""What the finance bureau writes down: a movement of the fund's money, and a second officer's word on it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.web.widgets import RadioCards
from loans.models.fund import FundMoveKind
from loans.web.forms.figures import DayField, YuanField
from records.models.decision import Outcome

# What loans bring about is proposed by the bank, with the loan.
OFFERED = (FundMoveKind.DEPOSIT, FundMoveKind.WITHDRAWAL, FundMoveKind.INTEREST)


class FundMoveForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(
        label=gettext_lazy("是哪一种？"),
        choices=[(kind.value, kind.label) for kind in OFFERED],
        widget=RadioCards(
            notes={
                FundMoveKind.DEPOSIT: gettext_lazy("财政拨进来的钱"),
                FundMoveKind.WITHDRAWAL: gettext_lazy("退回财政的钱"),
                FundMoveKind.INTEREST: gettext_lazy("银行付的存款利息"),
            },
        ),
        error_messages={"required": gettext_lazy("选一下是哪一种"), "invalid_choice": gettext_lazy("选一下是哪一种")},
    )
    amount = YuanField(label=gettext_lazy("金额"), help_text=gettext_lazy("写 50000 或 5 万都行。"))
    value_on = DayField(
        label=gettext_lazy("到账或支出的日期"), required=gettext_lazy("写上到账或支出的日期，比如 2026-03-10")
    )
    voucher_no = forms.CharField(
        label=gettext_lazy("凭证号"),
        help_text=gettext_lazy("一个凭证号只登记一次。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("写上凭证号"), "max_length": gettext_lazy("凭证号最多写 40 个字")},
    )

    def __init__(self, sent: Any = None, *, today: date) -> None:
        super().__init__(sent, initial={"value_on": today})
        self.today = today

    def clean_amount(self) -> int:
        amount_fen: int = self.cleaned_data["amount"]
        if amount_fen <= 0:
            raise ValidationError(_("金额要大于 0"), code="amount_not_positive")
        return amount_fen

    def clean_value_on(self) -> date:
        value_on: date = self.cleaned_data["value_on"]
        if value_on > self.today:
            raise ValidationError(_("日期不能晚于今天，钱到了再登记"), code="date_out_of_range")
        return value_on


class DecisionForm(forms.Form):
    """The second person's word; whoever says no says why."""

    use_required_attribute = False

    outcome = forms.ChoiceField(
        label=gettext_lazy("复核意见"),
        choices=Outcome.choices,
        widget=RadioCards(columns=2),
        error_messages={
            "required": gettext_lazy("选一下同意还是不同意"),
            "invalid_choice": gettext_lazy("选一下同意还是不同意"),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        help_text=gettext_lazy("不同意要写，提请的人看得到。"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": gettext_lazy("最多写 200 个字")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Outcome.REFUSED and not cleaned.get("reason", "").strip():
            self.add_error("reason", ValidationError(_("写一下为什么不同意"), code="required"))
        return cleaned
