"""Whose turn it is: an office, and in it a person once somebody has taken the case."""

from datetime import datetime

from django.db import transaction

from accounts.models import Membership, Organisation, User
from accounts.models.organisation import OrganisationKind
from accounts.permissions import may
from accounts.roles import Role
from records import engine
from records.refusals import NotPermitted
from workflows.deadlines import office_of
from workflows.models import Application, Assignment
from workflows.sight import holder_of, place_of
from workflows.states import FINAL, HERS_ALONE, State

WORKING_ROLE = {
    OrganisationKind.GUARANTOR: Role.GUARANTOR_OFFICER,
    OrganisationKind.BANK: Role.BANK_OFFICER,
    OrganisationKind.FINANCE: Role.FINANCE_OFFICER,
}


def follow(application: Application, *, by: User, at: datetime) -> None:
    """Hand the case to the office whose turn it is in the state which it has just entered."""
    current = application.assignments.filter(ended_at__isnull=True).first()
    if application.state in FINAL or application.state in HERS_ALONE:
        _end(current, at=at)
        return
    # Whoever asked for the papers waits for them.
    is_away = application.state == str(State.SUPPLEMENT)
    office = office_of(holder_of(application, application.resume_state if is_away else application.state))
    if current is not None and current.organisation_id == office.pk:
        return
    _end(current, at=at)
    owner = _natural_owner(application, office)
    Assignment.objects.create(application=application, organisation=office, owner=owner, assigned_by=by, assigned_at=at)


@transaction.atomic
def assign(application: Application, *, owner: User, by: User, at: datetime) -> Assignment:
    """Give the case to one person of the office that holds it, or take it oneself. Raises NotPermitted."""
    locked = engine.lock(application)
    current = locked.assignments.select_related("organisation").get(ended_at__isnull=True)
    is_colleague = Membership.objects.live().filter(user=owner, organisation=current.organisation).exists()
    if not may(by, "assign", place_of(locked, "assign")) or not is_colleague:
        raise NotPermitted
    _end(current, at=at)
    return Assignment.objects.create(
        application=locked, organisation=current.organisation, owner=owner, assigned_by=by, assigned_at=at
    )


def current_assignment(application: Application) -> Assignment | None:
    """Office and owner of today. Uses what was prefetched."""
    return next((one for one in application.assignments.all() if one.ended_at is None), None)


def _end(assignment: Assignment | None, *, at: datetime) -> None:
    if assignment is not None:
        assignment.ended_at = at
        assignment.save(update_fields=["ended_at"])


def _natural_owner(application: Application, office: Organisation) -> User | None:
    """Who had it before in this office; else its only officer; else nobody until somebody takes it."""
    before = application.assignments.filter(organisation=office, owner__isnull=False).order_by("pk").last()
    if before is not None:
        return before.owner
    role = WORKING_ROLE.get(OrganisationKind(office.kind))
    officers = Membership.objects.live().filter(organisation=office).exclude(role=Role.HELPER)
    if role:
        officers = officers.filter(role=role)
    found = list(officers.select_related("user")[:2])
    return found[0].user if len(found) == 1 else None
