"""From the bank's yes on her request to the extension: who asked when, and who agreed, is taken from the request.

The guarantor's consent is its word on the request; the counter-guarantors' is what they signed, written down here.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from loans import plan_changes
from loans.models import PlanChange
from loans.refusals import ExtensionWithoutConsent
from records.refusals import MoveNotOpen
from workflows.matter_kinds import MatterKind
from workflows.models import Application, Matter
from workflows.models.matter import MatterState


def granted(application: Application) -> Matter | None:
    """Her newest request for an extension to which guarantor and bank have said yes."""
    theirs = application.matters.filter(kind=MatterKind.EXTENSION, state=MatterState.GRANTED, guarantor_agrees=True)
    return theirs.order_by("-pk").first()


@transaction.atomic
def propose(
    application: Application, *, until: date, counter_consent: str, agreement_no: str, by: User, at: datetime
) -> PlanChange:
    """One officer of the bank puts down the signed agreement; another decides (loans.plan_changes).

    Raises MoveNotOpen without a loan, ExtensionWithoutConsent without a granted request, and what
    `loans.plan_changes.propose_extension` raises.
    """
    if application.loan is None:
        raise MoveNotOpen("extend", application.state)
    asked = granted(application)
    if asked is None:
        raise ExtensionWithoutConsent
    seconded = asked.log.filter(move="second").order_by("pk").last()
    return plan_changes.propose_extension(
        application.loan,
        until=until,
        asked_on=timezone.localdate(asked.said_at),
        guarantor_consented_on=timezone.localdate(seconded.at) if seconded else None,
        counter_consent=counter_consent,
        agreement_no=agreement_no,
        by=by,
        at=at,
    )
