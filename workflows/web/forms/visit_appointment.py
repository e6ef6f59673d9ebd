"""When the town comes to see her, and who comes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.web.widgets import TickCards
from loans.web.forms.figures import DayField
from workflows.visit_appointments import Coming
from workflows.web.forms.appointment import HourField
from workflows.web.forms.moves import MoveForm


class VisitAppointmentForm(MoveForm):
    on = DayField(label=_("哪天去"), required=_("写上哪天去"))
    time = HourField(
        label=_("几点"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": _("写上几点去"), "invalid": _("时间要写成 9:30 这样")},
    )
    visitors = forms.TypedMultipleChoiceField(
        label=_("谁去"),
        help_text=_("短信里会写上名字，她好认人。"),
        coerce=int,
        widget=TickCards(),
        error_messages={"required": _("选上去走访的人"), "invalid_choice": _("从名单里选走访的人")},
    )

    def __init__(self, data: Any = None, *, colleagues: Sequence[User], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.people = {person.pk: person for person in colleagues}
        visitors = self.fields["visitors"]
        assert isinstance(visitors, forms.TypedMultipleChoiceField)
        visitors.choices = [(pk, str(person)) for pk, person in self.people.items()]

    def coming(self) -> Coming:
        given = self.cleaned_data
        starts_at = timezone.make_aware(datetime.combine(given["on"], given["time"]))
        return Coming(starts_at, tuple(self.people[pk] for pk in given["visitors"]))
