"""Stage 3: the city looks at every finding, settles what is open, and recommends her or says why not."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.calendars import calendar_in_force
from accounts.models import User
from records import decisions, engine
from records.models.decision import Outcome
from records.refusals import FieldError, Invalid, MoveNotOpen, NotPermitted
from workflows import casework, findings, matter_clock, matters, partners
from workflows.binding import bind
from workflows.expiry import entered_at
from workflows.findings import assess as assess
from workflows.models import Application, AssessedFinding, Matter
from workflows.models.finding import FindingOutcome
from workflows.models.matter import MatterState
from workflows.reasons import Reason as Reason
from workflows.refusals import (
    FindingsOpen,
    NobodyAppealed,
    NotSeenInPerson,
    PartnersRefusalStands,
    ProposalOpen,
    PublicityRunning,
    SecondPersonNeeded,
)
from workflows.refusing import refuse
from workflows.states import State

NOTE_LONGEST = 200


@transaction.atomic
def settle(
    finding: AssessedFinding, *, outcome: Literal["met", "not_met"], note: str, by: User, at: datetime
) -> AssessedFinding:
    """One person's word on a finding. To call met what the rule found not met takes two: `propose_override`.

    Raises MoveNotOpen, NotPermitted, SecondPersonNeeded, Invalid.
    """
    locked = _open_finding(finding, by=by)
    if locked.outcome == FindingOutcome.NOT_MET and outcome == "met":
        raise SecondPersonNeeded
    _check_note(note, is_needed=outcome == "not_met")
    return _write(locked, outcome=outcome, note=note, by=by, at=at)


@transaction.atomic
def propose_override(finding: AssessedFinding, *, note: str, by: User, at: datetime) -> AssessedFinding:
    """Put forward that a rule is met after all, with the reason; another person decides.

    Raises MoveNotOpen, NotPermitted, ProposalOpen, Invalid.
    """
    locked = _open_finding(finding, by=by)
    if locked.outcome != FindingOutcome.NOT_MET:
        raise MoveNotOpen("propose_override", locked.outcome)
    if locked.override is not None and locked.override.is_open:
        raise ProposalOpen
    _check_note(note, is_needed=True)
    summary = f"{locked.application.number} {locked.rule}"
    locked.override = decisions.propose("override_finding", summary=summary, by=by, at=at)
    locked.note = note.strip()
    locked.save(update_fields=["override", "note"])
    return locked


@transaction.atomic
def decide_override(finding: AssessedFinding, *, outcome: Outcome, by: User, at: datetime) -> AssessedFinding:
    """The second person's word. Raises MoveNotOpen, NotPermitted, SamePerson."""
    locked = _open_finding(finding, by=by)
    if locked.override is None:
        raise MoveNotOpen("decide_override", locked.outcome)
    decision = decisions.decide(locked.override, outcome=outcome, by=by, at=at)
    locked.override = decision
    met = outcome == Outcome.APPROVED
    return _write(locked, outcome="met" if met else "not_met", note=locked.note, by=by, at=at)


@transaction.atomic
def recommend(application: Application, *, opinion: str, by: User, at: datetime, version: int | None) -> Application:
    """The city recommends her, and the case is handed to whoever judges it next.

    Raises NotSeenInPerson by the last visit, FindingsOpen while a rule is unsettled or not met, NoLiveConsent.
    """
    case = casework.begin(application, Application.recommend, by=by, version=version)
    visit = case.survey_reports.order_by("pk").last()
    if visit is not None and not visit.carries_an_approval:
        raise NotSeenInPerson
    rules = findings.in_the_way(case)
    if rules:
        raise FindingsOpen(rules)
    if not case.policy.publicity_days:
        partners.disclose_to_next(case, by=by, at=at)
    return casework.advance(case, Application.recommend, by=by, at=at, version=None, reason=opinion.strip())


@transaction.atomic
def end_publicity(application: Application, *, by: User, at: datetime, version: int | None) -> Application:
    """The days of notice are over. Raises PublicityRunning, NoLiveConsent."""
    case = casework.begin(application, Application.end_publicity, by=by, version=version)
    if not is_publicity_over(case, at=at):
        raise PublicityRunning
    partners.disclose_to_next(case, by=by, at=at)
    return casework.advance(case, Application.end_publicity, by=by, at=at, version=None)


def is_publicity_over(application: Application, *, at: datetime) -> bool:
    """Whether the working days of notice that the policy gives are past."""
    began_on = timezone.localdate(entered_at(application))
    last_day = calendar_in_force().nth_working_day_after(began_on, application.policy.publicity_days)
    return timezone.localdate(at) > last_day


@transaction.atomic
def decline(
    application: Application, *, reasons: Sequence[Reason], by: User, at: datetime, version: int | None
) -> Application:
    """The federation says no, in words that she can use. Raises Invalid."""
    case = casework.begin(application, Application.decline, by=by, version=version)
    return refuse(case, Application.decline, reasons=reasons, by=by, at=at)


@transaction.atomic
def overturn(application: Application, *, reason: str, by: User, at: datetime, version: int | None) -> Application:
    """On her appeal a leader with no part in the case finds for her; the promise starts afresh.

    When it was in time, the appeal is decided even after the days in which it could be made.
    Raises PartnersRefusalStands, NobodyAppealed, AlreadyApplying, Invalid.
    """
    case = casework.begin(application, Application.overturn, by=by, version=version)
    if matters.appeal_until(case) is None:
        raise PartnersRefusalStands
    appeal = matter_clock.appeal_of(case)
    if appeal is None or appeal.state != MatterState.OPEN:
        raise NobodyAppealed
    moved = bind(case, Application.overturn, by=by, at=at, reason=reason.strip())
    matters.settle(appeal, Matter.grant, answer=reason, by=by, at=at, field="reason")
    return moved


def _open_finding(finding: AssessedFinding, *, by: User) -> AssessedFinding:
    """The finding, locked with its case, where it is of the round that the city is looking at."""
    case = engine.lock(finding.application)
    if case.state != State.ELIGIBILITY or not findings.current(case).filter(pk=finding.pk).exists():
        raise MoveNotOpen("settle_finding", case.state)
    if case.authority_of(by, "settle_finding") is None:
        raise NotPermitted
    case.check_separation("settle_finding", by=by)
    return AssessedFinding.objects.select_related("application", "override").get(pk=finding.pk)


def _check_note(note: str, *, is_needed: bool) -> None:
    length = len(note.strip())
    if (is_needed and not length) or length > NOTE_LONGEST:
        limits: dict[str, object] = {"max": NOTE_LONGEST}
        raise Invalid(FieldError("note", "note_length", _("写一下理由，最多 200 个字"), limits=limits))


def _write(finding: AssessedFinding, *, outcome: str, note: str, by: User, at: datetime) -> AssessedFinding:
    finding.settled, finding.settled_by, finding.settled_at, finding.note = outcome, by, at, note.strip()
    finding.save(update_fields=["settled", "settled_by", "settled_at", "note", "override"])
    return finding
