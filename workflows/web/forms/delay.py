"""Why a promise was broken, and the new day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.web.widgets import RadioCards
from loans.web.forms.figures import DayField
from workflows.models.delay import DelayReason
from workflows.web.forms.moves import MoveForm, words_field


class DelayForm(MoveForm):
    reason = forms.ChoiceField(
        label=_("为什么晚了"),
        choices=DelayReason.choices,
        widget=RadioCards(),
        error_messages={"required": _("选一个原因"), "invalid_choice": _("选一个原因")},
    )
    words = words_field(
        _("说明"), required=_("写清楚为什么晚了，至少 4 个字"), help_text=_("本单位和市妇联看得到。写了不能改。")
    )
    new_on = DayField(
        label=_("新的日子"),
        required=_("新的日子选以后的工作日，最多 10 个工作日"),
        help_text=_("选工作日。她马上会收到短信。"),
    )
