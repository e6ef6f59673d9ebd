"""Where the link did not reach her phone: somebody of the town goes to her door, with a slip for the same page.

Nothing is stored: the messages that were owed say which link is dead, and her answer ends it.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.permissions import may
from applicants.mandates import LinkIsDead, issue_token
from applicants.models import Mandate
from applicants.models.mandate import Route
from records import outbox
from records.models import Notice
from records.refusals import NotPermitted
from workflows import confirming, expiry
from workflows.audience import people_of
from workflows.deadlines import office_of
from workflows.helping_notices import LINK
from workflows.separation import HelperConflict
from workflows.states import State

UNDELIVERED: Final = "link_undelivered"


def undelivered() -> QuerySet[Mandate]:
    """The mandates whose newest link was given up by the gateway, while the case waits for her word."""
    of_mandate = Concat(Value(f"{LINK}:"), Cast(OuterRef("pk"), CharField()), Value(":"), output_field=CharField())
    newest = Notice.objects.filter(kind=LINK, once__startswith=of_mandate).order_by("-pk")
    waiting = Mandate.objects.standing().filter(
        route=Route.LINK, answered_at__isnull=True, applicant__applications__state=State.AWAITING_CONSENT
    )
    dead = waiting.annotate(given_up_at=Subquery(newest.values("dead_at")[:1]))
    found: QuerySet[Mandate] = dead.filter(given_up_at__isnull=False)
    return found.select_related("applicant__village__parent", "helper").distinct()


def tell_of_undelivered(*, at: datetime) -> int:
    """Her helper and the town hear once of each link that didn't arrive; says how many wait at a door."""
    found = list(undelivered())
    with override("zh-hans"):
        for mandate in found:
            _tell(mandate, at=at)
    return len(found)


@transaction.atomic
def token_for_slip(mandate: Mandate, *, by: User, at: datetime) -> str:
    """A fresh one-use token, for paper; the link that didn't arrive dies. Her helper never holds it in her hands.

    Raises LinkIsDead where her word isn't waited for, HelperConflict, NotPermitted.
    """
    case = confirming.case_of(mandate)
    if case is None:
        raise LinkIsDead
    if mandate.helper_id == by.pk:
        raise HelperConflict
    if not may(by, "accept", case.town):
        raise NotPermitted
    waits_until = expiry.entered_at(case) + timedelta(hours=case.policy.consent_hours)
    return issue_token(mandate, lifetime=waits_until - at, at=at)


def _tell(mandate: Mandate, *, at: datetime) -> None:
    case = confirming.case_of(mandate)
    if case is None:
        return
    words = _("%(number)s：确认链接没送到她的手机。镇妇联打一张单子，上门请她看。") % {"number": case.number}
    told = {one.pk: one for one in [mandate.helper, *people_of(office_of(case.town))]}
    for person in told.values():
        once = f"{UNDELIVERED}:{mandate.pk}:{mandate.token_sha256[:16]}:{person.pk}"
        outbox.inbox_message(person, kind=UNDELIVERED, text=words, about=case.number, once=once, at=at)
