"""Is it really she? A phone changes hands and serves several women; the end of her ID number is hers.

Asked where a case that was handed in is opened on a device that hasn't shown it before.
"""

from datetime import datetime, timedelta
from typing import Final

from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applicants.models import Applicant
from records.models import AuditEntry
from records.refusals import Refusal

TRIES_A_DAY: Final = 5
ACTION: Final = "recognise"


class NotRecognised(Refusal):
    """These aren't the last four of her ID number."""

    code = "not_recognised"
    status = 422
    message = _("后四位对不上，对照身份证再看一遍")


class TooManyTries(Refusal):
    """Somebody has guessed often enough for today."""

    code = "too_many_tries"
    status = 429
    message = _("试的次数多了，明天再试，或打电话找我们帮忙")


def recognise(applicant: Applicant, *, last_four: str, by: User, at: datetime) -> None:
    """Pass where the text is the end of her ID number. Raises NotRecognised or TooManyTries.

    A failed try is counted in the audit log: call it outside a transaction that a refusal rolls back.
    """
    about = f"applicant:{applicant.pk}"
    failed = AuditEntry.objects.filter(about=about, at__gt=at - timedelta(days=1), action=ACTION)
    if failed.count() >= TRIES_A_DAY:
        raise TooManyTries
    if not applicant.id_no or not constant_time_compare(applicant.id_no[-4:], last_four):
        AuditEntry.objects.create(at=at, by=by, action=ACTION, about=about, outcome=NotRecognised.code)
        raise NotRecognised
