"""What the federation writes down of the mutual-help fund."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Region
from loans.mutual_help import LONGEST_MONTHS
from loans.web.forms.figures import DayField, YuanField


def _line(label: Any, *, most: int, missing: Any = "", **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(missing),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": missing, "max_length": _("写得太长了，短一点")},
        **more,
    )


def _voucher() -> forms.CharField:
    hint = _("一个凭证号只登记一次。")
    return _line(_("凭证号"), most=40, missing=_("写上凭证号"), help_text=hint)


class DonationForm(forms.Form):
    use_required_attribute = False

    amount = YuanField(label=_("捐了多少"), help_text=_("写 500 或 5万 都行。"))
    donor = _line(_("谁捐的"), most=60, help_text=_("不愿留名就空着，记作匿名。"))
    purpose = _line(_("捐款用途"), most=60, help_text=_("捐款人没说就空着。"))
    value_on = DayField(label=_("到账日期"), required=_("写上到账日期，比如 2026-03-10"))
    voucher_no = _voucher()


class HelpForm(forms.Form):
    use_required_attribute = False

    name = _line(_("她的姓名"), most=50, missing=_("写上她的姓名"))
    village = forms.ChoiceField(
        label=_("哪个村"), error_messages={"required": _("选一下哪个村"), "invalid_choice": _("选一下哪个村")}
    )
    need = forms.CharField(
        label=_("家里有什么困难"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("写上家里有什么困难"), "max_length": _("最多写 200 个字")},
    )
    purpose = _line(_("钱用来做什么"), most=40, missing=_("写上钱用来做什么"))
    amount = YuanField(label=_("帮她多少"), help_text=_("不收利息。不能多过互助金的余额。"))
    first_due_on = DayField(label=_("第一次哪天还"), required=_("写上第一次还款的日期，比如 2027-01-10"))
    instalments = forms.IntegerField(
        label=_("分几个月还"),
        min_value=1,
        max_value=LONGEST_MONTHS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("写上分几个月还"),
            "invalid": _("写一个数，比如 12"),
            "min_value": _("分 1 到 36 个月还"),
            "max_value": _("分 1 到 36 个月还"),
        },
    )
    voucher_no = _voucher()

    def __init__(self, sent: Any = None, *, villages: dict[str, Region]) -> None:
        super().__init__(sent)
        field: Any = self.fields["village"]
        field.choices = [("", _("选村")), *((code, f"{one.parent} {one}") for code, one in villages.items())]
        self.villages = villages

    def clean_village(self) -> Region:
        return self.villages[self.cleaned_data["village"]]


class RepaymentForm(forms.Form):
    use_required_attribute = False

    amount = YuanField(label=_("还了多少"))
    value_on = DayField(label=_("哪天还的"), required=_("写上哪天还的，比如 2026-03-10"))
    voucher_no = _voucher()
