"""A partner's result, in its stage or ahead of it: the bank's credit check, the guarantor's first opinion."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from applicants.models import Disclosure
from records import engine
from records.refusals import FieldError, Invalid, MoveNotOpen, NotPermitted
from workflows.models import Application, EarlyOpinion
from workflows.models.early_opinion import OpinionKind, OpinionOutcome
from workflows.states import State

NOTE_LONGEST: Final = 200

# Whose word it is stands in the permission that its stage asks for.
PERMISSION_OF: Final = {OpinionKind.CREDIT: "approve_loan", OpinionKind.GUARANTEE: "guarantee"}
_BEFORE_GUARANTEE = (State.SURVEY, State.ELIGIBILITY, State.PUBLICITY, State.GUARANTEE, State.SUPPLEMENT)
RECORDED_IN: Final[dict[OpinionKind, tuple[State, ...]]] = {
    OpinionKind.GUARANTEE: _BEFORE_GUARANTEE,
    OpinionKind.CREDIT: (*_BEFORE_GUARANTEE, State.DISBURSEMENT),
}


def record(
    application: Application, kind: OpinionKind, *, outcome: OpinionOutcome | str, note: str, by: User, at: datetime
) -> EarlyOpinion:
    """Keep the result; a later one doesn't replace an earlier one, it stands beside it.

    Raises MoveNotOpen, NotPermitted also while the case hasn't been disclosed to the office, Invalid.
    """
    case = engine.lock(application)
    if case.state not in RECORDED_IN[kind]:
        raise MoveNotOpen("record_opinion", case.state)
    office = case.bank if kind == OpinionKind.CREDIT else case.guarantor
    if case.authority_of(by, PERMISSION_OF[kind]) is None or not _is_disclosed(case, office):
        raise NotPermitted
    case.check_separation("record_opinion", by=by)
    if outcome not in OpinionOutcome.values:
        raise Invalid(FieldError("outcome", "outcome_missing", _("选一个结论")))
    if len(note.strip()) > NOTE_LONGEST:
        raise Invalid(FieldError("note", "note_length", _("说明最多 200 个字")))
    return EarlyOpinion.objects.create(
        application=case,
        kind=kind,
        outcome=outcome,
        note=note.strip(),
        organisation=office,
        recorded_by=by,
        recorded_at=at,
    )


def latest(application: Application, kind: OpinionKind) -> EarlyOpinion | None:
    return application.early_opinions.filter(kind=kind).order_by("pk").last()


def _is_disclosed(application: Application, office: Organisation) -> bool:
    return Disclosure.objects.filter(case_number=application.number, organisation=office).exists()
