"""What happened to a case, newest first: for her in her words, for the offices with everything that was written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from accounts.models.user import UserKind
from workflows.models import Application, ApplicationTransition
from workflows.wording import HER_TIMELINE, MOVES

# What is written for colleagues, not for her; refusals have words of their own, and pages show them.
_REASONS_FOR_HER: Final = frozenset({"send_back", "request_supplement", "payout_failed", "withdraw", "freeze"})


@dataclass(frozen=True)
class Entry:
    """One thing that happened: when, who did it and for which office, what, and why where that is to be shown."""

    at: datetime
    who: str
    office: str
    what: str
    reason: str
    state: str  # where the case was afterwards


def for_her(application: Application) -> list[Entry]:
    """Her timeline: what was done with her papers and by whom, in plain words."""
    rows = _rows(application)
    return [
        Entry(
            at=row.at,
            who=_who(row, application),
            office=_office(row),
            what=_her_words(row, application),
            reason=row.reason if row.move in _REASONS_FOR_HER else "",
            state=row.target,
        )
        for row in rows
    ]


def for_staff(application: Application) -> list[Entry]:
    """Everything, by the name of the move, with the reason or opinion that was given."""
    return [
        Entry(
            at=row.at,
            who=_who(row, application),
            office=_office(row),
            what=str(MOVES[row.move]),
            reason=row.reason,
            state=row.target,
        )
        for row in _rows(application)
    ]


def _rows(application: Application) -> list[ApplicationTransition]:
    """Newest first. Uses what was prefetched: `found_case` has the people with it."""
    if "log" in getattr(application, "_prefetched_objects_cache", {}):
        return list(application.log.all())[::-1]
    return list(application.log.select_related("by__acts_for", "acting_as__organisation").order_by("-version"))


def _who(row: ApplicationTransition, application: Application) -> str:
    if row.by_id == application.applicant.user_id:
        return _("本人")
    return _("系统") if row.by.kind == UserKind.MACHINE else str(row.by)


def _office(row: ApplicationTransition) -> str:
    if row.acting_as is not None:
        return row.acting_as.organisation.short_name
    return row.by.acts_for.short_name if row.by.acts_for else ""


def _her_words(row: ApplicationTransition, application: Application) -> str:
    names = {
        "helper": application.filled_by,
        "guarantor": application.guarantor.short_name,
        "bank": application.bank.short_name,
    }
    return str(HER_TIMELINE[row.move]) % names
