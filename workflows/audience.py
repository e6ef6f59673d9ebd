"""Who in an office is told: its people, its heads, or whoever has the case."""

from accounts.models import Membership, Organisation, User
from workflows.assigning import caseworkers_of, current_assignment
from workflows.models import Application


def people_of(office: Organisation) -> list[User]:
    """Everybody who handles cases there."""
    return _users(office)


def heads_of(office: Organisation) -> list[User]:
    """Its heads; where it has none, everybody, so that an alarm is never unheard."""
    heads = [one.user for one in _memberships(office) if one.is_head]
    return _once(heads) or _users(office)


def holder_of_case(application: Application) -> list[User]:
    """Its owner, or while nobody has taken it the heads of the office whose turn it is."""
    assignment = current_assignment(application)
    if assignment is None:
        return []
    return [assignment.owner] if assignment.owner else heads_of(assignment.organisation)


def _users(office: Organisation) -> list[User]:
    return _once([one.user for one in _memberships(office)])


def _memberships(office: Organisation) -> list[Membership]:
    return list(caseworkers_of(office).select_related("user"))


def _once(users: list[User]) -> list[User]:
    return list({user.pk: user for user in users}.values())
