"""A broken promise: which day is still to be accounted for, and which new day stands.

Each broken day is asked about once: the promise's own, and the new one that an office gave, if that passes too.
While the clock stands still nothing is asked, as nobody can name a day.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from workflows.deadlines import CaseClock
from workflows.models import Application, CasePause, DelayAccount
from workflows.states import FINAL, PAUSED


def standing_account(application: Application, clocks: CaseClock) -> DelayAccount | None:
    """The last one of this promise; those of a promise before an appeal count no more. Uses what was prefetched."""
    due_on = clocks.promise.due_on if clocks.promise else None
    if due_on is None:
        return None
    return next((one for one in reversed(application.delay_accounts.all()) if one.broken_on >= due_on), None)


def owed_since(application: Application, clocks: CaseClock, *, today: date) -> date | None:
    """The broken day that nobody has accounted for; None where nothing is owed."""
    promise = clocks.promise
    if promise is None or not promise.is_breached or promise.is_paused:
        return None
    if application.state in FINAL or application.state in PAUSED:
        return None
    standing = standing_account(application, clocks)
    if standing is None:
        return promise.due_on
    return standing.new_on if standing.new_on < today else None


def owing(*, today: date) -> Q:
    """The same as a condition on cases, for lists; it goes by the stored due day."""
    standing = DelayAccount.objects.filter(
        application=OuterRef("pk"), broken_on__gte=OuterRef("due_on"), new_on__gte=today
    )
    paused = CasePause.objects.filter(application=OuterRef("pk"), ended_on__isnull=True)
    waiting = [str(state) for state in (*FINAL, *PAUSED)]
    return Q(~Exists(standing), ~Exists(paused), due_on__lt=today) & ~Q(state__in=waiting)
