from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.appointments import RolesExclude, appoint, relieve
from accounts.models import Membership
from accounts.roles import ADMINISTRATORS, Role
from tests.makers.people import OPENED_AT, Offices, phone_user, staff

ORDINARY = sorted(set(Role) - ADMINISTRATORS)


@pytest.fixture
def newcomer(offices: Offices):
    return staff("newcomer", "沈知秋")


def give(user, offices: Offices, role: Role) -> Membership:
    return appoint(user, organisation=offices.city_federation, role=role, at=OPENED_AT, is_head=False)


@pytest.mark.parametrize("administrator", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("other", [*ORDINARY, *sorted(ADMINISTRATORS)])
def test_an_administrators_role_stands_alone_whichever_came_first(offices, newcomer, administrator, other):
    if administrator == other:
        return
    give(newcomer, offices, administrator)
    with pytest.raises(RolesExclude, match="管理员不能再有别的角色"):
        give(newcomer, offices, other)
    relieve(newcomer.memberships.get(), at=OPENED_AT)
    give(newcomer, offices, other)
    with pytest.raises(RolesExclude):
        give(newcomer, offices, administrator)


def test_roles_that_are_no_administrators_may_be_held_together(offices, newcomer):
    give(newcomer, offices, Role.TOWN_REVIEWER)
    give(newcomer, offices, Role.CITY_REVIEWER)
    assert newcomer.memberships.live().count() == 2


def test_an_account_that_is_switched_off_keeps_its_role_and_its_exclusion(offices, newcomer):
    """Else she would come back with two."""
    give(newcomer, offices, Role.AUDITOR)
    newcomer.is_active = False
    newcomer.save()
    with pytest.raises(RolesExclude):
        give(newcomer, offices, Role.CITY_REVIEWER)


def test_only_staff_are_appointed(offices):
    for user in (phone_user("a-phone"), offices.clock):
        with pytest.raises(AssertionError):
            give(user, offices, Role.TOWN_REVIEWER)


def test_nobody_holds_the_same_role_twice_at_once(offices, newcomer):
    give(newcomer, offices, Role.TOWN_REVIEWER)
    with pytest.raises(IntegrityError), transaction.atomic():
        give(newcomer, offices, Role.TOWN_REVIEWER)


def test_no_role_ends_before_it_began(offices, newcomer):
    membership = give(newcomer, offices, Role.TOWN_REVIEWER)
    with pytest.raises(IntegrityError, match="membership_ends_after_it_starts"), transaction.atomic():
        relieve(membership, at=OPENED_AT - timedelta(days=1))


def test_what_was_given_and_ended_can_be_read_afterwards(offices, newcomer):
    membership = give(newcomer, offices, Role.TOWN_REVIEWER)
    relieve(membership, at=OPENED_AT + timedelta(days=1))
    assert [row.ended_at for row in membership.history.order_by("history_id")] == [
        None,
        OPENED_AT + timedelta(days=1),
    ]
