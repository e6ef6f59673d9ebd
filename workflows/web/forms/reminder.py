"""On which days before an instalment she wants a message."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.web.widgets import TickCards
from workflows.web.forms.moves import MoveForm

CHOICES = [(7, _("提前 7 天")), (3, _("提前 3 天")), (0, _("当天"))]


class ReminderForm(MoveForm):
    """None of them ticked means that she wants none."""

    days_before = forms.TypedMultipleChoiceField(
        label=_("哪天发短信提醒您？"),
        help_text=_("都不勾就不发。农信自己的短信照样会来。"),
        choices=CHOICES,
        coerce=int,
        required=False,
        widget=TickCards(),
        error_messages={"invalid_choice": _("选一下哪天提醒您")},
    )
