"""What one officer of the bank puts down when the plan of a loan is to change."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.web.widgets import RadioCards
from loans.models.plan_change import RecallGround
from loans.web.forms.figures import DayField


class ExtensionForm(forms.Form):
    """The signed agreement; who asked and who agreed is on file already."""

    use_required_attribute = False

    until = DayField(
        label=_("新的到期日"), required=_("写上新的到期日，比如 2027-09-10"), help_text=_("最多到原到期日后一年。")
    )
    counter_consent = forms.CharField(
        label=_("反担保人怎么同意的"),
        help_text=_("谁、哪天、签了什么。没有反担保人也写明。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("写上反担保人怎么同意的"), "max_length": _("最多写 200 个字")},
    )
    agreement_no = forms.CharField(
        label=_("展期协议号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("写上展期协议号"), "max_length": _("展期协议号最多写 40 个字")},
    )


class RecallForm(forms.Form):
    """From which day, and why."""

    use_required_attribute = False

    on = DayField(
        label=_("从哪天起全部到期"), required=_("写上收回的日期，比如 2026-08-01"), help_text=_("从这一天起不再贴息。")
    )
    ground = forms.ChoiceField(
        label=_("为什么收回"),
        choices=RecallGround.choices,
        widget=RadioCards(),
        error_messages={"required": _("选一下为什么收回"), "invalid_choice": _("选一下为什么收回")},
    )
    words = forms.CharField(
        label=_("查到了什么"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("写清查到了什么"), "max_length": _("最多写 200 个字")},
    )
