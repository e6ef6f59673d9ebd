"""本村到期: whose repayment falls due soon in a helper's villages, of the women who agreed that she knows it.

She learns the day and the phone, not the sum: to remind takes no more.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Region, User
from applicants.models import ReminderConsent
from loans.models import Instalment
from loans.models.loan import LoanState
from records.refusals import NotPermitted
from workflows.models import VillageReminder

SOON: Final = timedelta(days=30)


def due_in(villages: Sequence[Region], *, today: date) -> QuerySet[Instalment]:
    """The instalments of the next thirty days, by their day; each with the woman and whether she was reminded."""
    newer = Instalment.objects.filter(loan=OuterRef("loan"), edition__gt=OuterRef("edition"))
    live = ReminderConsent.objects.filter(applicant=OuterRef("loan__applicant"), withdrawn_at__isnull=True)
    due = Instalment.objects.filter(
        ~Exists(newer),
        Exists(live),
        loan__state=LoanState.ACTIVE,
        loan__applicant__village__in=villages,
        due_on__range=(today, today + SOON),
    )
    return due.select_related("loan__applicant__village", "village_reminder__by").order_by("due_on", "pk")


def note_reminded(instalment: Instalment, *, villages: Sequence[Region], by: User, at: datetime, today: date) -> None:
    """She was told; to say so twice is to say it. Raises NotPermitted where she agrees no more."""
    if not due_in(villages, today=today).filter(pk=instalment.pk).exists():
        raise NotPermitted
    told = VillageReminder(instalment=instalment, by=by, reminded_at=at)
    VillageReminder.objects.bulk_create([told], ignore_conflicts=True)
