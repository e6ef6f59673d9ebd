"""摸底: who in the village does what, wants what, and would like to apply. Kept for a year."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Region, User
from applicants.models import Applicant, SurveyedWoman
from records.refusals import Refusal

KEPT: Final = timedelta(days=365)


class AlreadyBegun(Refusal):
    """An application was begun from this row."""

    code = "survey_row_begun"
    status = 409
    message = _("这一户已经开始替她申请了。")


@dataclass(frozen=True)
class Told:
    """What she told; empty is not asked, or not answered."""

    full_name: str = ""
    place: str = ""
    age_band: str = ""
    doing: str = ""
    wants: str = ""
    wish_band: str = ""
    learns: str = ""
    willing: str = ""
    mobile: str = ""


@transaction.atomic
def keep(told: Told, *, key: uuid.UUID, village: Region, is_whole: bool, by: User, at: datetime) -> SurveyedWoman:
    """Keep the row under its key: told again it is the same row, corrected. A whole row stays whole.

    Raises AlreadyBegun where an application was begun from it.
    """
    row, _is_new = SurveyedWoman.objects.get_or_create(by=by, key=key, defaults={"village": village, "begun_at": at})
    row = SurveyedWoman.objects.select_for_update().get(pk=row.pk)
    if row.applicant_id is not None:
        raise AlreadyBegun
    if row.sent_at is not None and not is_whole:
        return row  # a draft that came late over a bad network
    for name, value in vars(told).items():
        setattr(row, name, value)
    row.village = village
    if is_whole:
        row.sent_at = row.sent_at or at
    row.save()
    return row


def begin(row: SurveyedWoman, applicant: Applicant) -> None:
    """She is filled in for now. Raises AlreadyBegun."""
    free = SurveyedWoman.objects.sent().filter(pk=row.pk, applicant__isnull=True)
    if not free.update(applicant=applicant):
        raise AlreadyBegun


def forget(*, at: datetime) -> int:
    """Rows older than a year are deleted; says how many."""
    deleted, _by_table = SurveyedWoman.objects.filter(begun_at__lt=at - KEPT).delete()
    return deleted
