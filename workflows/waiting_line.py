"""The line before acceptance when the pool is used up: first come, first served, and a place never gets worse."""

from django.db.models import F, Min, Q, QuerySet, Sum

from loans.models import GuaranteePool, Programme
from workflows.models import Application, ApplicationTransition
from workflows.states import State

# Accepted, and the guarantor hasn't reserved anything yet.
_UNRESERVED = (State.SURVEY, State.ELIGIBILITY, State.PUBLICITY, State.GUARANTEE, State.SUPPLEMENT)


def projected_headroom_fen(programme: Programme) -> int:
    """What the pool could still promise once every accepted case has its guarantee; negative when too many wait."""
    # Its counters are moved by triggers: they are read anew each time.
    pool = GuaranteePool.objects.get(programme=programme)
    accepted = Application.objects.filter(
        Q(state__in=_UNRESERVED) | Q(state=State.FROZEN, frozen_from__in=_UNRESERVED),
        programme=programme,
        policy__has_guarantor_stage=True,
        guarantee_given__isnull=True,
    )
    return pool.available_fen - pool.exposure_fen(_sum_fen(accepted))


def has_room_for(application: Application) -> bool:
    """Whether the projected headroom covers her, after everybody who waits before her."""
    if not application.policy.has_guarantor_stage:
        return True
    wanted_fen = sum(one.amount_fen or 0 for one in [*_ahead_of(application), application])
    return projected_headroom_fen(application.programme) >= application.programme.pool.exposure_fen(wanted_fen)


def place_of(application: Application) -> int:
    """Her place among those who still wait, from 1."""
    return len([one for one in _ahead_of(application) if one.state == State.WAITLISTED]) + 1


def next_up(programme: Programme) -> Application | None:
    """The first in line, where there is room for her. A smaller loan behind her doesn't overtake."""
    first = next((one for one in line(programme) if one.state == State.WAITLISTED), None)
    return first if first is not None and has_room_for(first) else None


def line(programme: Programme) -> list[Application]:
    """Everybody who waits or was called up and not accepted yet, by when they were first put in line."""
    waiting = Application.objects.filter(programme=programme, state__in=[State.WAITLISTED, State.SUBMITTED])
    since_submission = ApplicationTransition.objects.filter(
        move="waitlist", subject__in=waiting, at__gte=F("subject__submitted_at")
    )
    queued = dict(since_submission.order_by().values_list("subject").annotate(first=Min("pk")))
    return sorted(waiting.filter(pk__in=queued), key=lambda one: queued[one.pk])


def lock_pool(programme: Programme) -> GuaranteePool:
    """Keep two acceptances at once from counting on the same headroom."""
    return GuaranteePool.objects.select_for_update(no_key=True).get(programme=programme)


def _ahead_of(application: Application) -> list[Application]:
    """Those in line before her; all of them, where she isn't in it."""
    waiting = line(application.programme)
    places = [one.pk for one in waiting]
    return waiting[: places.index(application.pk)] if application.pk in places else waiting


def _sum_fen(applications: QuerySet[Application]) -> int:
    return applications.aggregate(total=Sum("amount_fen"))["total"] or 0
