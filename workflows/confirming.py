"""Her own word on what was filled in for her: yes, change it, or 「不是我办的」.

It comes by the link on her phone, or through an officer of the town who saw her face to face.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from applicants import consents, mandates
from applicants.models import Mandate
from applicants.models.mandate import Route
from records.refusals import NotPermitted
from workflows import helping_notices
from workflows.completeness import needed_consents
from workflows.missing_items import MissingItem
from workflows.models import Application
from workflows.separation import HelperConflict
from workflows.stages import intake, interruptions
from workflows.states import State

YES, CHANGE, NOT_MINE = "yes", "change", "not_mine"
# Here an officer of the town takes down her word; it is hers all the same.
ROUTES_OF_A_MEETING = (Route.PAPER, Route.IN_PERSON)


def case_of(mandate: Mandate) -> Application | None:
    """The case that waits for her answer; None where none does any more."""
    waiting = Application.objects.filter(applicant=mandate.applicant_id, state=State.AWAITING_CONSENT)
    return waiting.with_places().select_related("applicant__business", "applicant__user").first()


@transaction.atomic
def say_yes(mandate: Mandate, *, at: datetime, verified_by: User | None = None) -> Application:
    """It is hers: her consents are given, and it is handed in.

    Raises LinkIsDead, NotPermitted, HelperConflict, or what `intake.confirm` raises.
    """
    case = _taken(mandate, YES, verified_by=verified_by, at=at)
    her = case.applicant
    consents.give(her, recipients=needed_consents(case), channel=mandate.route, by=verified_by or her.user, at=at)
    confirmed = intake.confirm(case, by=her.user, at=at, version=None)
    words = _("%(number)s：她本人同意了，已经交上去。") % {"number": case.number}
    helping_notices.tell_helper(confirmed, mandate, words=words, at=at)
    return confirmed


@transaction.atomic
def say_change(mandate: Mandate, *, at: datetime) -> Application:
    """Something is wrong: back to the helper, who asks what. Raises LinkIsDead."""
    case = _taken(mandate, CHANGE, verified_by=None, at=at)
    item = MissingItem(kind="", why=_("她本人说有地方不对，要改"))
    changed = intake.send_back(case, items=[item], by=case.applicant.user, at=at, version=None)
    words = _("%(number)s：她说有地方不对。问问她改哪里，改好再请她确认。") % {"number": case.number}
    helping_notices.tell_helper(changed, mandate, words=words, at=at)
    return changed


@transaction.atomic
def say_not_mine(mandate: Mandate, *, at: datetime, verified_by: User | None = None) -> Application:
    """She wants no such thing: nobody takes it any further, and the federation looks into it. Raises LinkIsDead."""
    case = _taken(mandate, NOT_MINE, verified_by=verified_by, at=at)
    frozen = interruptions.freeze(case, reason=_("不是我办的"), by=case.applicant.user, at=at, version=None)
    words = _("%(number)s：她说不是她要办的，已经停了。镇妇联会来问。") % {"number": case.number}
    helping_notices.tell_helper(frozen, mandate, words=words, at=at)
    return frozen


def _taken(mandate: Mandate, answer: str, *, verified_by: User | None, at: datetime) -> Application:
    """The case that she answers for, with her answer kept. Once only."""
    case = case_of(mandate)
    if case is None:
        raise mandates.LinkIsDead
    if verified_by is not None:
        _check_officer(case, mandate, verified_by)
        Mandate.objects.filter(pk=mandate.pk).update(verified_by=verified_by)
    mandates.answer(mandate, answer=answer, at=at)
    return case


def _check_officer(case: Application, mandate: Mandate, officer: User) -> None:
    if mandate.helper_id == officer.pk:
        raise HelperConflict
    if mandate.route not in ROUTES_OF_A_MEETING or not may(officer, "accept", case.town):
        raise NotPermitted
