"""When and where she signs, and what she brings."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from loans.web.forms.figures import DayField
from workflows.models import Application
from workflows.signing_appointments import LONGEST, Meeting
from workflows.web.forms.moves import MoveForm


class HourField(forms.TimeField):
    """A time of day; a full-width colon is a colon."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("：", ":").strip() if isinstance(value, str) else value)


class AppointmentForm(MoveForm):
    on = DayField(label=gettext_lazy("哪天"), required=gettext_lazy("写上哪天签约"))
    time = HourField(
        label=gettext_lazy("几点"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": gettext_lazy("写上几点签约"), "invalid": gettext_lazy("时间要写成 9:30 这样")},
    )
    place = forms.CharField(
        label=gettext_lazy("到哪里"),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("写上到哪里签约"), "max_length": gettext_lazy("写 2 到 100 个字")},
    )
    to_bring = forms.CharField(
        label=gettext_lazy("带什么"),
        help_text=gettext_lazy("她会照着带。要她爱人一起来，也写上。"),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("写上她要带什么"), "max_length": gettext_lazy("写 2 到 100 个字")},
    )

    def __init__(self, data: Any = None, *, application: Application, initial: dict[str, Any]) -> None:
        bank = application.bank
        has_card = bool(application.applicant.account_no)
        told = {
            "place": bank.address or bank.name,
            "to_bring": _("身份证和收款的银行卡") if has_card else _("身份证"),
        }
        super().__init__(data, initial=told | initial)
        self.fields["time"].help_text = _hours(bank)

    def meeting(self) -> Meeting:
        given = self.cleaned_data
        starts_at = timezone.make_aware(datetime.combine(given["on"], given["time"]))
        return Meeting(starts_at, given["place"], given["to_bring"])


def _hours(bank: Organisation) -> str:
    if bank.opens_at is None or bank.closes_at is None:
        return ""
    names = {"opens": f"{bank.opens_at:%H:%M}", "closes": f"{bank.closes_at:%H:%M}"}
    return _("工作日 %(opens)s 到 %(closes)s。") % names
