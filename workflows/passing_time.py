"""What time does by itself, through the stages: lapse what nobody came for, end a notice, call up the line."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from accounts.models import User
from accounts.models.user import UserKind
from loans.models import Programme
from records.refusals import Refusal
from records.unit_of_work import unit_of_work
from workflows import expiry, waiting_line
from workflows.models import Application
from workflows.stages import eligibility, intake, interruptions
from workflows.states import State


def office_clocks() -> list[User]:
    """The machines through which the offices let time pass, one for each federation that has its own."""
    return list(User.objects.filter(kind=UserKind.MACHINE, acts_for__kind="federation", is_active=True).order_by("pk"))


def let_time_pass(*, by: User, at: datetime) -> int:
    """Everything that is due by time alone; each case by itself, so that one in trouble holds up no other."""
    return sum(_done(act, about=case.number, by=by, at=at) for case, act in _due(by=by, at=at)) + _call_up(by=by, at=at)


def _due(*, by: User, at: datetime) -> Iterator[tuple[Application, Callable[[], Application]]]:
    for case in expiry.due_to_expire(at=at):
        if case.authority_of(by, "expire") is not None:
            yield case, partial(interruptions.expire, case, by=by, at=at, version=case.version)
    for case in Application.objects.filter(state=State.PUBLICITY).order_by("pk"):
        if case.authority_of(by, "end_publicity") is not None and eligibility.is_publicity_over(case, at=at):
            yield case, partial(eligibility.end_publicity, case, by=by, at=at, version=case.version)


def _call_up(*, by: User, at: datetime) -> int:
    """First come, first served, as long as there is room."""
    called = 0
    for programme in Programme.objects.filter(pool__isnull=False).order_by("pk"):
        while (first := waiting_line.next_up(programme)) is not None:
            act = partial(intake.call_up, first, by=by, at=at, version=first.version)
            if not _done(act, about=first.number, by=by, at=at):
                break
            called += 1
    return called


def _done(act: Callable[[], Application], *, about: str, by: User, at: datetime) -> int:
    """1 where it was done. A refusal (somebody was quicker) is in the audit log and stops nothing."""
    try:
        unit_of_work(act, by=by, at=at, action="time_passes", about=about)
    except Refusal:
        return 0
    return 1
