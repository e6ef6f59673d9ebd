"""Whether the helpers of her village may know when her repayments fall due. Hers to give and to take back."""

from datetime import datetime

from applicants.models import Applicant, ReminderConsent


def agrees(her: Applicant) -> bool:
    return her.reminder_consents.filter(withdrawn_at__isnull=True).exists()


def give(her: Applicant, *, at: datetime) -> None:
    """To give it twice is to give it."""
    ReminderConsent.objects.bulk_create([ReminderConsent(applicant=her, given_at=at)], ignore_conflicts=True)


def take_back(her: Applicant, *, at: datetime) -> None:
    her.reminder_consents.filter(withdrawn_at__isnull=True).update(withdrawn_at=at)
