"""Alarms of the clocks of what she said: on the last day, and when the answer is late, each once."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.calendars import calendar_in_force
from accounts.models import User
from records import outbox
from records.escalations import Level, stage_escalations_due
from workflows import matter_clock
from workflows.matter_kinds import AMONG_OFFICES
from workflows.matters import answerers_of
from workflows.models import Application, Matter


def look_at_matters(*, by: User, at: datetime) -> int:
    """Tell whoever must answer what is due in the cases that `by` (the office's clock) sees; say how many are."""
    seen = Application.objects.visible_to(by)
    waiting = Matter.objects.open().filter(application__in=seen).select_related(*Matter.locked_with)
    calendar, today, due = calendar_in_force(), timezone.localdate(at), 0
    for matter in waiting.prefetch_related("log"):
        levels = stage_escalations_due(matter_clock.reading(matter, today=today, calendar=calendar), now=at)
        if levels:
            due += 1
            _tell(matter, levels[-1], at=at)
    return due


def _tell(matter: Matter, level: Level, *, at: datetime) -> None:
    """`once` keeps it to one message for a level, however often the clock is looked at."""
    words = _("%(number)s %(kind)s，今天到期，她在等答复。")
    if level == Level.STAGE_BREACHED:
        words = _("%(number)s %(kind)s，答复超期了，她在等。")
    if matter.kind in AMONG_OFFICES:
        is_late = level == Level.STAGE_BREACHED
        words = _("%(number)s %(kind)s，超期了，还没查清。") if is_late else _("%(number)s %(kind)s，今天要查清。")
    text = words % {"number": matter.application.number, "kind": matter.get_kind_display()}
    for person in answerers_of(matter):
        once = f"matter:{matter.pk}:{level}:{person.pk}"
        about = matter.application.number
        outbox.inbox_message(person, kind=f"{matter.kind}_due", text=text, about=about, once=once, at=at)
