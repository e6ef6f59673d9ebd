"""Handing a case to the guarantor and the bank: at its stage, or earlier for a joint visit."""

from datetime import datetime

from django.db import transaction

from accounts.models import Organisation, User
from applicants import consents
from records import engine
from records.refusals import MoveNotOpen, NotPermitted
from workflows import separation
from workflows.models import Application
from workflows.states import State

INVITED_IN = (State.SURVEY, State.ELIGIBILITY, State.PUBLICITY, State.GUARANTEE)


@transaction.atomic
def invite_partners(application: Application, *, by: User, at: datetime) -> Application:
    """Show an accepted case to guarantor and bank ahead of their stages, so that one visit serves all.

    For the town or the city. Raises MoveNotOpen, NotPermitted, NoLiveConsent.
    """
    locked = engine.lock(application)
    if locked.state not in INVITED_IN:
        raise MoveNotOpen("invite_partners", locked.state)
    if locked.authority_of(by, "accept") is None:
        raise NotPermitted
    separation.check(locked, "invite_partners", by=by)
    if locked.policy.has_guarantor_stage:
        disclose_to(locked, locked.guarantor, by=by, at=at)
    disclose_to(locked, locked.bank, by=by, at=at)
    return locked


def disclose_to(application: Application, organisation: Organisation, *, by: User, at: datetime) -> None:
    """Hand the case to one office, if it hasn't got it. Raises NoLiveConsent, also where she took her yes back."""
    if not application.applicant.consents.live().filter(recipient=organisation.kind).exists():
        raise consents.NoLiveConsent
    consents.disclose(application.applicant, case_number=application.number, organisation=organisation, by=by, at=at)


def disclose_to_next(application: Application, *, by: User, at: datetime) -> None:
    """Hand a recommended case to whoever judges it next: the guarantor, or the bank where there is none."""
    follows = application.guarantor if application.policy.has_guarantor_stage else application.bank
    disclose_to(application, follows, by=by, at=at)
