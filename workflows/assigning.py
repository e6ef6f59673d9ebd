"""Whose turn it is: an office, and in it a person once somebody has taken the case."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Membership, Organisation, User
from accounts.permissions import may
from accounts.roles import ADMINISTRATORS, Role
from records import engine
from records.refusals import MoveNotOpen, NotPermitted, Stale
from workflows import separation
from workflows.deadlines import office_of
from workflows.models import Application, Assignment
from workflows.refusals import MustStepBack
from workflows.sight import holder_of, place_of
from workflows.states import FINAL, HERS_ALONE, State


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
def assign(application: Application, *, owner: User, by: User, at: datetime, version: int | None = None) -> Assignment:
    """Give the case to one person of the office that holds it, or take it oneself; whose it is already, stays hers.

    Raises Stale, MoveNotOpen, NotPermitted, and MustStepBack where something keeps that person from the case.
    """
    locked = engine.lock(application)
    if version is not None and version != locked.version:
        raise Stale(locked.version)
    current = locked.assignments.select_related("organisation").filter(ended_at__isnull=True).first()
    if current is None:
        raise MoveNotOpen("assign", locked.state)
    if not may(by, "assign", place_of(locked, "assign")):
        raise NotPermitted
    check_heir(locked, current.organisation, owner)
    if current.owner_id == owner.pk:
        return current
    return hand_over(current, owner=owner, by=by, at=at)


def check_heir(application: Application, office: Organisation, owner: User) -> None:
    """Raise NotPermitted for whoever handles no cases there, MustStepBack where something keeps her from this one."""
    if not caseworkers_of(office).filter(user=owner).exists():
        raise NotPermitted
    if not separation.free_of(application, "assign", [owner]):
        raise MustStepBack


def hand_over(current: Assignment, *, owner: User | None, by: User, at: datetime) -> Assignment:
    """Within the office that has it, to somebody else, or to nobody in particular."""
    _end(current, at=at)
    return Assignment.objects.create(
        application=current.application,
        organisation=current.organisation,
        owner=owner,
        assigned_by=by,
        assigned_at=at,
    )


def free_colleagues(application: Application, office: Organisation) -> list[User]:
    """Those who handle cases there and whom nothing keeps from this one."""
    people = {one.user_id: one.user for one in caseworkers_of(office).select_related("user")}
    return separation.free_of(application, "assign", people.values())


def current_assignment(application: Application) -> Assignment | None:
    """Office and owner of today. Uses what was prefetched."""
    return next((one for one in application.assignments.all() if one.ended_at is None), None)


def caseworkers_of(office: Organisation) -> QuerySet[Membership]:
    """The roles by which people handle cases there: no helper's, and no administrator's."""
    return Membership.objects.live().filter(organisation=office).exclude(role__in=[*ADMINISTRATORS, Role.HELPER])


def _end(assignment: Assignment | None, *, at: datetime) -> None:
    if assignment is not None:
        assignment.ended_at = at
        assignment.save(update_fields=["ended_at"])


def _natural_owner(application: Application, office: Organisation) -> User | None:
    """Who had it before in this office and still works there; else its only officer; else nobody yet.

    Whoever has to step back isn't given it to begin with.
    """
    people = {one.pk: one for one in free_colleagues(application, office)}
    before = application.assignments.filter(organisation=office, owner__isnull=False).order_by("pk").last()
    if before is not None and before.owner_id in people:
        return before.owner
    return next(iter(people.values())) if len(people) == 1 else None
