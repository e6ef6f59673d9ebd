"""Who may do what, where. The table below is written by hand, as the second opinion on accounts/roles.py."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.appointments import appoint, relieve
from accounts.models import Organisation, Region, User
from accounts.models.organisation import OrganisationKind
from accounts.permissions import acting_membership, holds, may
from accounts.roles import ADMINISTRATORS, HEAD_ONLY, MACHINE_PERMISSIONS, OWN_CASE, PERMISSIONS, Role
from tests.makers.people import OPENED_AT, Offices, head, organisation, phone_user, region, staff

TOWN, CITY, LEADER, HELPER = "town_reviewer", "city_reviewer", "leader", "helper"
GUARANTOR, BANK, FINANCE = "guarantor_officer", "bank_officer", "finance_officer"
CLOCK, BANK_SYSTEM = "clock", "bank_system"
FEDERATION, PARTNERS = {TOWN, CITY, LEADER}, {GUARANTOR, BANK}

# permission: everybody of the makers' city who holds it somewhere
TABLE: dict[str, set[str]] = {
    "fill_for_her": {HELPER, TOWN},
    "view_helped_case": {HELPER, TOWN},
    "request_consent": {HELPER, TOWN},
    "supply": {HELPER, TOWN},
    "view_registers": {HELPER} | FEDERATION,
    "answer_calls": FEDERATION,
    "view_case": FEDERATION | PARTNERS | {CLOCK, BANK_SYSTEM},
    "waitlist": FEDERATION,
    "call_up": FEDERATION | {CLOCK},
    "accept": FEDERATION,
    "send_back": FEDERATION,
    "send_back_again": {LEADER},
    "record_survey": FEDERATION,
    "decline": FEDERATION,
    "request_supplement": FEDERATION | PARTNERS,
    "request_second_supplement": {LEADER},
    "pause": FEDERATION | PARTNERS,
    "explain_delay": FEDERATION | PARTNERS,
    "contest_charge": FEDERATION | PARTNERS,
    "decide_contest": {CITY, LEADER},
    "supervise": {CITY, LEADER},
    "assign": FEDERATION | PARTNERS,
    "freeze": FEDERATION,
    "recommend": {CITY, LEADER},
    "end_publicity": {CITY, LEADER, CLOCK},
    "return_for_rework": {CITY, LEADER} | PARTNERS,
    "unfreeze": {CITY, LEADER},
    "overturn": {LEADER},
    "say": FEDERATION,
    "follow_up": FEDERATION,
    "keep_survey": FEDERATION,
    "answer_her": {CITY, LEADER, BANK},
    "settle_finding": {CITY, LEADER},
    "manage_calendar": {CITY, LEADER},
    "set_targets": {CITY, LEADER},
    "manage_recordings": {CITY, LEADER},
    "keep_mutual_help": {CITY, LEADER},
    "view_reports": {CITY, LEADER, FINANCE},
    "expire": {CLOCK},
    "guarantee": {GUARANTOR},
    "check_guarantee": {GUARANTOR},
    "refuse_guarantee": {GUARANTOR},
    "second_extension": {GUARANTOR},
    "approve_loan": {BANK},
    "refuse_loan": {BANK},
    "sign": {BANK},
    "disburse": {BANK, BANK_SYSTEM},
    "payout_failed": {BANK, BANK_SYSTEM},
    "record_repayment": {BANK, BANK_SYSTEM},
    "activate": {BANK, BANK_SYSTEM},
    "cancel": {BANK},
    "settle": {BANK, BANK_SYSTEM},
    "reopen": {BANK, BANK_SYSTEM},
    "compensate": {BANK},
    "close": {BANK},
    "view_recoveries": {FINANCE} | PARTNERS,
    "view_pool": {CITY, LEADER, FINANCE, BANK_SYSTEM} | PARTNERS,
    "extend": {BANK},
    "recall": {BANK},
    "collect": FEDERATION | {BANK},
    "make_claim": {BANK, BANK_SYSTEM},
    "submit_claim": {BANK},
    "refund_subsidy": {BANK},
    "opine_on_claim": {GUARANTOR},
    "check_claim": {FINANCE},
    "pay_claim": {FINANCE},
    "stop_subsidy": {FINANCE},
    "view_claims": {FINANCE} | PARTNERS,
    "view_policy": {CITY, LEADER, FINANCE},
    "manage_policy": {CITY, LEADER},
    "move_fund": {FINANCE},
    "check_fund": {FINANCE},
    "manage_people": {"sysadmin"},
    "manage_security": {"secadmin"},
    "view_audit": {"auditor"},
}
EVERYBODY = [
    HELPER,
    TOWN,
    CITY,
    LEADER,
    GUARANTOR,
    BANK,
    FINANCE,
    "sysadmin",
    "secadmin",
    "auditor",
    CLOCK,
    BANK_SYSTEM,
]


def test_the_second_opinion_speaks_of_every_permission():
    granted = frozenset().union(*PERMISSIONS.values(), *MACHINE_PERMISSIONS.values())
    assert set(TABLE) == granted


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_holds_what_the_table_gives_her_and_nothing_else(offices: Offices, who):
    user = getattr(offices, who)
    assert {permission for permission in TABLE if holds(user, permission)} == {
        permission for permission, holders in TABLE.items() if who in holders
    }


@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_may_what_no_table_knows(offices: Offices, who):
    user = getattr(offices, who)
    assert not holds(user, "print_money")
    assert not may(user, "print_money", offices.city)
    assert not may(user, "print_money", offices.bank)


def places(offices: Offices) -> dict[str, Organisation | Region]:
    return {
        "city": offices.city,
        "her town": offices.towns[0],
        "another town": offices.towns[1],
        "her village": offices.villages[0],
        "the next village": offices.villages[1],
        "a village of another town": offices.villages[2],
        "the guarantor": offices.guarantor,
        "the bank": offices.bank,
        "the city federation": offices.city_federation,
    }


IN_TOWN = {"her town", "her village", "the next village"}
IN_CITY = {"city", "another town", "a village of another town"} | IN_TOWN


@pytest.mark.parametrize(
    ("who", "permission", "where"),
    [
        (HELPER, "fill_for_her", {"her village"}),
        (TOWN, "accept", IN_TOWN),
        (CITY, "accept", IN_CITY | {"the city federation"}),
        (CITY, "recommend", IN_CITY | {"the city federation"}),
        (LEADER, "overturn", IN_CITY | {"the city federation"}),
        (GUARANTOR, "guarantee", {"the guarantor"}),
        (BANK, "approve_loan", {"the bank"}),
        (CLOCK, "expire", IN_CITY | {"the city federation"}),
        (BANK_SYSTEM, "disburse", {"the bank"} | IN_CITY),
    ],
)
def test_a_role_reaches_as_far_as_its_office(offices: Offices, who, permission, where):
    user = getattr(offices, who)
    assert {name for name, place in places(offices).items() if may(user, permission, place)} == where


def test_another_city_is_another_world(offices: Offices):
    elsewhere = region("990100000000", "海棠市")
    town = region("990100101000", "海棠镇", parent=elsewhere)
    assert not any(
        may(getattr(offices, who), permission, place)
        for who in EVERYBODY
        for permission in TABLE
        for place in (elsewhere, town)
    )


def test_another_bank_is_another_bank(offices: Offices):
    other = organisation("海棠银行", "海棠银行", kind=OrganisationKind.BANK, region=offices.city)
    assert not any(may(offices.bank_officer, permission, other) for permission in TABLE)
    assert not any(may(offices.bank_system, permission, other) for permission in TABLE)


def test_the_federation_neither_guarantees_nor_lends():
    money = {"guarantee", "check_guarantee", "approve_loan", "sign", "disburse", "record_repayment", "move_fund"}
    for role in (Role.HELPER, Role.TOWN_REVIEWER, Role.CITY_REVIEWER):
        assert not PERMISSIONS[role] & money
    assert not MACHINE_PERMISSIONS["federation"] & money


def test_an_administrator_sees_no_case():
    for role in ADMINISTRATORS:
        assert len(PERMISSIONS[role]) == 1
        assert not any(permission.startswith("view_case") for permission in PERMISSIONS[role])


def test_only_she_herself_hands_in_and_takes_back():
    hers_alone = OWN_CASE - {"send_back", "freeze", "supply", "say"}
    assert not hers_alone & frozenset().union(*PERMISSIONS.values(), *MACHINE_PERMISSIONS.values())


@pytest.mark.parametrize("permission", sorted(HEAD_ONLY - {"overturn"}))
def test_what_would_be_asked_of_her_twice_takes_the_head_of_the_office(offices: Offices, permission):
    town_head = head("town-head", "沙明月", organisation=offices.town_federations[0], role=Role.TOWN_REVIEWER)
    assert may(town_head, permission, offices.villages[0])
    assert not may(town_head, permission, offices.villages[2])
    assert not may(offices.town_reviewer, permission, offices.villages[0])


def test_a_stranger_and_a_phone_may_nothing(offices: Offices):
    for user in (AnonymousUser(), phone_user("a-phone"), staff("newcomer", "沈知秋")):
        assert not any(holds(user, permission) for permission in TABLE)
        assert not any(may(user, permission, offices.city) for permission in TABLE)


def fresh(user: User) -> User:
    """The user as the next request reads her."""
    return User.objects.get(pk=user.pk)


def test_a_role_that_ended_grants_nothing_from_the_next_request_on(offices: Offices):
    relieve(offices.town_reviewer.memberships.get(), at=OPENED_AT)
    assert not may(fresh(offices.town_reviewer), "accept", offices.villages[0])


def test_whoever_was_switched_off_may_nothing(offices: Offices):
    for user in (offices.town_reviewer, offices.clock):
        user.is_active = False
        user.save()
    assert not may(fresh(offices.town_reviewer), "accept", offices.villages[0])
    assert not may(fresh(offices.clock), "expire", offices.villages[0])


def test_an_office_that_was_closed_acts_no_more(offices: Offices):
    offices.bank.is_active = False
    offices.bank.save()
    assert not may(fresh(offices.bank_officer), "approve_loan", offices.bank)


def test_a_superuser_has_no_more_than_her_roles(offices: Offices):
    User.objects.filter(pk=offices.auditor.pk).update(is_superuser=True, is_staff=True)
    auditor = fresh(offices.auditor)
    assert {permission for permission in TABLE if holds(auditor, permission)} == {"view_audit"}


def test_with_two_offices_she_acts_for_the_one_that_covers_the_case(offices: Offices):
    appoint(
        offices.town_reviewer,
        organisation=offices.town_federations[1],
        role=Role.TOWN_REVIEWER,
        at=OPENED_AT,
        is_head=False,
    )
    for number in (0, 1):
        membership = acting_membership(fresh(offices.town_reviewer), "accept", offices.towns[number])
        assert membership is not None
        assert membership.organisation == offices.town_federations[number]
    assert not may(fresh(offices.town_reviewer), "accept", offices.towns[2])
