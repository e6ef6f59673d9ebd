"""Who has a case open right now. Not a lock: two may look, and the version keeps the later one from overwriting."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from accounts.models import User
from workflows.models import Application, CaseLook

# Whoever opened it within so long may still sit before it.
RECENT: Final = timedelta(minutes=10)
# A page that is opened again and again writes no oftener than this.
NOTED_EVERY: Final = timedelta(minutes=1)


def open_case(application: Application, *, by: User, at: datetime) -> list[CaseLook]:
    """Note that she has it open, as it is now; who else has had, within the last minutes, the latest first."""
    looks = CaseLook.objects.filter(Q(reader=by) | Q(seen_at__gt=at - RECENT), application=application)
    found = list(looks.select_related("reader").order_by("-seen_at"))
    hers = next((one for one in found if one.reader_id == by.pk), None)
    if hers is None or hers.version != application.version or at - hers.seen_at >= NOTED_EVERY:
        _note(application, by=by, at=at)
    return [one for one in found if one.reader_id != by.pk]


def seen_as_they_are(applications: Iterable[Application], *, by: User) -> set[int]:
    """The ids of those that she has opened since they last moved."""
    versions = {one.pk: one.version for one in applications}
    looks = CaseLook.objects.filter(application__in=versions, reader=by).values_list("application", "version")
    return {pk for pk, version in looks if versions[pk] == version}


def minutes_ago(seen_at: datetime, *, now: datetime) -> int:
    """Whole minutes, 0 within the first."""
    return max(0, int((now - seen_at).total_seconds()) // 60)


def _note(application: Application, *, by: User, at: datetime) -> None:
    """In one statement, so that two tabs of one person don't collide."""
    look = CaseLook(application=application, reader=by, version=application.version, seen_at=at)
    CaseLook.objects.bulk_create(
        [look], update_conflicts=True, unique_fields=["application", "reader"], update_fields=["version", "seen_at"]
    )
