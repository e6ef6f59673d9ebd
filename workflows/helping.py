"""代办: somebody fills in the form for a woman, under her leave, and in the end asks for her own yes."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Region, User
from accounts.models.user import UserKind
from accounts.permissions import live_memberships
from applicants import survey_ledger
from applicants.documents import add_document
from applicants.identity import ResidentId
from applicants.mandates import Scope, end_mandates, give_mandate, issue_token
from applicants.models import Applicant, Mandate, SurveyedWoman
from applicants.models.document import DocumentKind
from applicants.models.mandate import PhoneOf, Route
from applicants.profiles import Person, save_person, start_applicant
from applicants.sign_in import user_of
from records import engine
from records.models import Notice
from records.refusals import MoveNotOpen, NotPermitted, Refusal
from workflows import expiry, helping_notices
from workflows.completeness import resident_id_of
from workflows.models import Application
from workflows.models.application import CameBy, Source
from workflows.stages import intake
from workflows.states import HERS_ALONE, State

# How long her leave holds, where she says nothing else.
LEAVE_DAYS: Final = 60
RESEND_AFTER: Final = timedelta(minutes=1)

# The address of her confirmation page, for a token.
LinkOf = Callable[[str], str]


class LinkJustSent(Refusal):
    """The woman's phone got a link less than a minute ago."""

    code = "link_just_sent"
    status = 429
    message = _("链接刚发过，等 1 分钟再发。")


@dataclass(frozen=True)
class Woman:
    """Whom the helper fills in for; `mobile` is empty where she has no phone of her own."""

    full_name: str
    id_no: ResidentId
    mobile: str
    village: Region


@dataclass(frozen=True)
class Leave:
    """How she lets the helper do it; `paper` is the photograph of a mandate with her name and thumbprint."""

    route: Route
    paper: bytes | None = None
    scope: Scope = field(default_factory=Scope)
    days: int = LEAVE_DAYS


@transaction.atomic
def begin(
    woman: Woman,
    leave: Leave,
    *,
    by: User,
    at: datetime,
    surveyed: SurveyedWoman | None = None,
    came_by: CameBy = CameBy.HELPER,
) -> Application:
    """A draft for her, to be filled in by `by`; `surveyed` is what she told at the door. She hears, if she has a phone.

    `came_by` says by what way she came to the office; whoever was asked at her door came by the survey.

    Raises LinkNotForThisNumber, NotPermitted, AlreadyBegun, or what `add_document` raises.
    """
    if not may_help_in(woman.village, by):
        raise NotPermitted
    her = start_applicant(_user_behind(woman.mobile), at=at)
    save_person(her, Person(woman.full_name, woman.id_no, woman.mobile, woman.village, address=""))
    if surveyed is not None:
        survey_ledger.begin(surveyed, her)
        came_by = CameBy.SURVEY
    mandate = _take_leave(her, leave, by=by, at=at)
    helping_notices.tell_that_it_began(mandate, at=at)
    return intake.start(her, by=by, at=at, source=Source.HELPER, came_by=came_by)


@transaction.atomic
def begin_again(application: Application, *, by: User, at: datetime) -> Application:
    """Another draft for a woman whose last one is over. Raises NotPermitted."""
    leave_of(application.applicant, helper=by)
    came_by = CameBy.HELPER if application.came_by == CameBy.SELF else CameBy(application.came_by)
    return intake.start(application.applicant, by=by, at=at, source=Source.HELPER, came_by=came_by)


@transaction.atomic
def change_leave(
    application: Application, leave: Leave, *, mobile: str, link_of: LinkOf, by: User, at: datetime
) -> Application:
    """Another phone of hers, or another way of giving leave, as long as she hasn't said yes.

    A link that is out dies; where the case waits for her, she is asked by the new way. Raises as `begin`.
    """
    case = engine.lock(application)
    if case.state not in HERS_ALONE or case.source != Source.HELPER:
        raise MoveNotOpen("change_leave", case.state)
    her = case.applicant
    if mobile != her.mobile:
        her.user = _user_behind(mobile)
        save_person(her, Person(her.full_name, resident_id_of(case), mobile, her.village, her.address))
    her.mandates.filter(helper=by, answered_at__isnull=True).update(token_sha256="", token_expires_at=None)
    mandate = _take_leave(her, leave, by=by, at=at)
    if case.state == State.AWAITING_CONSENT:
        _ask(case, mandate, link_of=link_of, at=at)
    return case


@transaction.atomic
def ask_her(application: Application, *, link_of: LinkOf, by: User, at: datetime, version: int | None) -> Application:
    """All is filled in: ask for her own yes. Raises what `intake.request_consent` raises."""
    mandate = leave_of(application.applicant, helper=by)
    if mandate.answered_at is not None:
        # She answered an earlier round; each round has a mandate of its own.
        mandate = give_mandate(
            mandate.applicant,
            helper=by,
            route=Route(mandate.route),
            valid_until_on=mandate.valid_until_on,
            at=at,
            scope=Scope(PhoneOf(mandate.phone_of), mandate.may_supply, mandate.may_follow),
        )
    asked = intake.request_consent(application, by=by, at=at, version=version)
    _ask(asked, mandate, link_of=link_of, at=at)
    return asked


@transaction.atomic
def ask_again(application: Application, *, link_of: LinkOf, by: User, at: datetime) -> Application:
    """A fresh link to her phone; the old one dies. Raises LinkJustSent."""
    case = engine.lock(application)
    mandate = leave_of(case.applicant, helper=by)
    if case.state != State.AWAITING_CONSENT or mandate.route != Route.LINK:
        raise MoveNotOpen("ask_again", case.state)
    links = Notice.objects.filter(kind=helping_notices.LINK, about=case.number)
    if links.filter(created_at__gt=at - RESEND_AFTER).exists():
        raise LinkJustSent
    _send_link(case, mandate, link_of=link_of, at=at)
    return case


@transaction.atomic
def end_leave(application: Application, *, helper: User, at: datetime) -> bool:
    """She takes her leave back, and the helper hears of it. False where there was none."""
    her = application.applicant
    if not end_mandates(her, helper=helper, at=at):
        return False
    helping_notices.tell_that_it_ended(application, helper, at=at)
    return True


def leave_of(applicant: Applicant, *, helper: User) -> Mandate:
    """The helper's newest leave for this woman. Raises NotPermitted where there is none."""
    mandates = applicant.mandates.filter(helper=helper).standing()
    mandate = mandates.select_related("applicant", "helper").order_by("-pk").first()
    if mandate is None:
        raise NotPermitted
    return mandate


def may_help_in(village: Region, helper: User) -> bool:
    return any(one.grants("fill_for_her") and one.covers(village) for one in live_memberships(helper))


def _take_leave(her: Applicant, leave: Leave, *, by: User, at: datetime) -> Mandate:
    until_on = timezone.localdate(at) + timedelta(days=leave.days)
    mandate = give_mandate(her, helper=by, route=leave.route, valid_until_on=until_on, at=at, scope=leave.scope)
    if leave.paper is not None:
        add_document(her, kind=DocumentKind.MANDATE, content=leave.paper, by=by, at=at)
    return mandate


def _ask(case: Application, mandate: Mandate, *, link_of: LinkOf, at: datetime) -> None:
    if mandate.route == Route.LINK:
        _send_link(case, mandate, link_of=link_of, at=at)
    else:
        helping_notices.tell_town(case, mandate, at=at)


def _send_link(case: Application, mandate: Mandate, *, link_of: LinkOf, at: datetime) -> None:
    # A link sent anew lives no longer than the case waits for her.
    waits_until = expiry.entered_at(case) + timedelta(hours=case.policy.consent_hours)
    token = issue_token(mandate, lifetime=waits_until - at, at=at)
    helping_notices.send_link(case, mandate, link=link_of(token), at=at)


def _user_behind(mobile: str) -> User:
    """Whoever signs in by this phone; without one, a user by whom nobody signs in."""
    if mobile:
        return user_of(mobile)
    user = User(username=f"no-phone-{uuid.uuid4().hex}", kind=UserKind.APPLICANT)
    user.set_unusable_password()
    user.save()
    return user
