"""What happened to her case, newest first, in words for her."""

from django.utils.translation import gettext as _

from accounts.web.parts import Entry
from workflows import timeline
from workflows.models import Application
from workflows.web.matters.told import entries_of
from workflows.wording import day


def history_of(application: Application) -> list[Entry]:
    """Every move, and every apology for a promise that wasn't kept."""
    moved = [_entry(one) for one in timeline.for_her(application)]
    late = application.escalations.filter(new_on__isnull=False)
    sorry = [
        Entry(one.at, _("超过了说好的日子，给您发了道歉短信"), _("新的日子是 %(day)s") % {"day": day(one.new_on)})
        for one in late
        if one.new_on is not None
    ]
    # Of two things at one moment, the one that followed stands above.
    said = list(entries_of(application, application.matters.all()))
    return sorted([*reversed(moved), *sorry, *said], key=lambda entry: entry.at)[::-1]


def _entry(one: timeline.Entry) -> Entry:
    # Several reasons, each with a full stop of its own, stand in one line of the log.
    words = {"what": one.what, "reason": one.reason.replace("。；", "；")}
    text = _("%(what)s：%(reason)s") % words if one.reason else one.what
    who = _("%(who)s（%(office)s）") % {"who": one.who, "office": one.office} if one.office else one.who
    return Entry(one.at, text, who)
