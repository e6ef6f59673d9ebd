"""Stage 1: she hands her application in, by herself or with a helper, and the town looks whether it is complete."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.models.user import UserKind
from accounts.permissions import may
from applicants.models import Applicant
from loans.on_offer import policy_on_offer
from records import numbers
from records.models.machine import Move
from records.refusals import FieldError, Invalid, NotPermitted
from workflows import casework, missing_items, waiting_line, wording
from workflows.binding import bind
from workflows.completeness import CONSENTS, completeness, resident_id_of, section_of
from workflows.deadlines import INTAKE
from workflows.missing_items import MissingItem as MissingItem
from workflows.models import Application
from workflows.models.application import CameBy, Source
from workflows.refusals import NoHeadroom, NotAWoman, NotHerTurn, ThereIsRoom
from workflows.states import HERS_ALONE

SERIES = "W"


@transaction.atomic
def start(
    applicant: Applicant, *, by: User, at: datetime, source: Source = Source.SELF, came_by: CameBy | None = None
) -> Application:
    """A draft under the policy of today, or the one that she has begun already. `came_by` None follows from `source`.

    Raises NotPermitted for anybody but herself and her helper, NoPolicyInForce.
    """
    if not _may_fill(applicant, by=by, source=source):
        raise NotPermitted
    begun = Application.objects.filter(applicant=applicant, state__in=HERS_ALONE).order_by("-pk").first()
    if begun is not None:
        return begun
    today = timezone.localdate(at)
    policy = policy_on_offer(on=today)
    pool = policy.programme.pool
    return Application.objects.create(
        number=f"{SERIES}{today.year}-{numbers.next_in(SERIES, year=today.year):04d}",
        programme=policy.programme,
        policy=policy,
        applicant=applicant,
        guarantor=pool.guarantor,
        bank=pool.bank,
        source=source,
        came_by=came_by or CameBy(source),
        filled_by=by,
        created_at=at,
    )


@transaction.atomic
def submit(application: Application, *, by: User, at: datetime, version: int | None) -> Application:
    """She hands it in, and from now on it binds her. Raises Invalid, NotAWoman, AlreadyApplying."""
    case = casework.begin(application, Application.submit, by=by, version=version)
    return _hand_in(case, Application.submit, by=by, at=at)


@transaction.atomic
def request_consent(application: Application, *, by: User, at: datetime, version: int | None) -> Application:
    """The helper has filled it in, all but her consents, and asks for her own yes. Raises Invalid, NotAWoman."""
    case = casework.begin(application, Application.request_consent, by=by, version=version)
    _check_complete(case, but=CONSENTS)
    return casework.advance(case, Application.request_consent, by=by, at=at, version=None)


@transaction.atomic
def confirm(application: Application, *, by: User, at: datetime, version: int | None) -> Application:
    """She says yes to what her helper filled in; her consents were given with it.

    Raises Invalid, NotAWoman, AlreadyApplying.
    """
    case = casework.begin(application, Application.confirm, by=by, version=version)
    return _hand_in(case, Application.confirm, by=by, at=at)


@transaction.atomic
def send_back(
    application: Application,
    *,
    items: Sequence[MissingItem],
    by: User,
    at: datetime,
    version: int | None,
    allowed_by: User | None = None,
) -> Application:
    """Back to her form. The town says all that is missing, once; she herself just wants to change something.

    Raises Invalid, HeadNeeded, AskedTwice.
    """
    case = casework.begin(application, Application.send_back, by=by, version=version)
    if by.kind != UserKind.APPLICANT:
        missing_items.ask(
            case,
            stage=INTAKE,
            items=items,
            due_on=timezone.localdate(at) + timedelta(days=case.policy.draft_calendar_days),
            allowed_by=allowed_by,
            second_takes="send_back_again",
            by=by,
            at=at,
        )
    reason = missing_items.reasons_in_words(items)
    return casework.advance(case, Application.send_back, by=by, at=at, version=None, reason=reason)


@transaction.atomic
def waitlist(application: Application, *, by: User, at: datetime, version: int | None) -> Application:
    """There is no room in the pool: she waits in line. Raises ThereIsRoom."""
    case = casework.begin(application, Application.waitlist, by=by, version=version)
    waiting_line.lock_pool(case.programme)
    if waiting_line.has_room_for(case):
        raise ThereIsRoom
    return casework.advance(case, Application.waitlist, by=by, at=at, version=None)


@transaction.atomic
def call_up(application: Application, *, by: User, at: datetime, version: int | None) -> Application:
    """There is room again, and nobody waits before her. Raises NotHerTurn."""
    case = casework.begin(application, Application.call_up, by=by, version=version)
    waiting_line.lock_pool(case.programme)
    if waiting_line.place_of(case) > 1 or not waiting_line.has_room_for(case):
        raise NotHerTurn
    return casework.advance(case, Application.call_up, by=by, at=at, version=None)


@transaction.atomic
def accept(application: Application, *, by: User, at: datetime, version: int | None) -> Application:
    """Complete, and there is room: accepted. Raises NoHeadroom."""
    case = casework.begin(application, Application.accept, by=by, version=version)
    waiting_line.lock_pool(case.programme)
    if not waiting_line.has_room_for(case):
        raise NoHeadroom
    return casework.advance(case, Application.accept, by=by, at=at, version=None)


def _hand_in(case: Application, move: Move, *, by: User, at: datetime) -> Application:
    _check_complete(case, but="")
    moved = bind(case, move, by=by, at=at, submitted_at=at)
    missing_items.close(moved, at=at)
    return moved


def _check_complete(case: Application, *, but: str) -> None:
    """Everything is there, except in one section that comes later."""
    resident_id = resident_id_of(case)
    if case.policy.requires_woman and resident_id is not None and not resident_id.is_female:
        raise NotAWoman
    missing = [code for code in completeness(case) if section_of(code) != but]
    if missing:
        raise Invalid(*(FieldError(code, code.partition(".")[2], wording.missing(case, code)) for code in missing))


def _may_fill(applicant: Applicant, *, by: User, source: Source) -> bool:
    if source == Source.SELF:
        return applicant.user_id == by.pk
    has_mandate = applicant.mandates.filter(helper=by).standing().exists()
    return has_mandate or (applicant.village is not None and may(by, "fill_for_her", applicant.village))
