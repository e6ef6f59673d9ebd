"""What the bank writes down when a loan went wrong: a request to the fund, money that came back, a claim given up."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loans.web.forms.figures import DayField, YuanField
from loans.write_offs import REASON_LONGEST


class VoucherField(forms.CharField):
    """The number of the paper behind a movement of money."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("凭证号"),
            help_text=gettext_lazy("一个凭证号只登记一次。"),
            max_length=40,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": gettext_lazy("写上凭证号"), "max_length": gettext_lazy("凭证号最多写 40 个字")},
        )


class CompensationForm(forms.Form):
    use_required_attribute = False

    voucher_no = VoucherField()


class RecoveryForm(forms.Form):
    use_required_attribute = False

    amount = YuanField(
        label=gettext_lazy("追回多少本金"), help_text=gettext_lazy("写收到的全部，系统按比例分给基金和银行。")
    )
    value_on = DayField(label=gettext_lazy("收到的日期"), required=gettext_lazy("写上收到的日期，比如 2026-03-10"))
    voucher_no = VoucherField()

    def __init__(self, sent: Any = None, *, today: date, since: date) -> None:
        super().__init__(sent, initial={"value_on": today})
        self.today, self.since = today, since

    def clean_amount(self) -> int:
        amount_fen: int = self.cleaned_data["amount"]
        if amount_fen <= 0:
            raise ValidationError(_("金额要大于 0"), code="amount_not_positive")
        return amount_fen

    def clean_value_on(self) -> date:
        value_on: date = self.cleaned_data["value_on"]
        if not self.since <= value_on <= self.today:
            raise ValidationError(_("日期要在代偿那天和今天之间"), code="date_out_of_range")
        return value_on


class WriteOffForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("为什么追不回来"),
        help_text=gettext_lazy("写明追过什么、依据是什么，比如法院终结执行的裁定。"),
        max_length=REASON_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("写明为什么追不回来"),
            "max_length": gettext_lazy("最多写 200 个字"),
        },
    )
