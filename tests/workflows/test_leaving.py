"""Nobody leaves an office with cases in hand: they go to colleagues by name, or back to the office."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.appointments import CasesInHand, relieve
from records.refusals import MoveNotOpen, NotPermitted
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows import assigning, leaving
from workflows.models import Application
from workflows.refusals import HandChanged
from workflows.states import State

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def leaver(offices):
    return offices.town_reviewer.memberships.get()


def taken(offices, count=1):
    """Cases that the town's reviewer has taken."""
    found = []
    for _ in range(count):
        case = cases.a_submitted_case(offices)
        assigning.assign(case, owner=offices.town_reviewer, by=offices.town_reviewer, at=MONDAY)
        found.append(case)
    return found


def owner_of(case):
    return case.assignments.get(ended_at__isnull=True).owner


def left(membership, offices, heirs):
    return leaving.leave(membership, heirs=heirs, by=offices.sysadmin, at=LATER)


def test_cases_go_to_whom_they_are_given_or_back_to_the_office(offices, programme, leaver):
    first, second = taken(offices, 2)
    one, other = leaving.in_hand(leaver)
    left(leaver, offices, {one.pk: offices.town_reviewer2, other.pk: None})
    assert (owner_of(first), owner_of(second)) == (offices.town_reviewer2, None)
    leaver.refresh_from_db()
    assert leaver.ended_at == LATER
    assert first.assignments.get(ended_at__isnull=True).assigned_by == offices.sysadmin


def test_what_is_over_needs_no_heir(offices, programme, leaver):
    cases.a_case_in(State.DECLINED, offices)
    left(leaver, offices, {})


def test_nobody_is_relieved_of_a_role_with_cases_in_hand(offices, programme, leaver):
    taken(offices)
    with pytest.raises(CasesInHand):
        relieve(leaver, at=LATER)
    with pytest.raises(IntegrityError, match="handed_over_first"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_membership SET ended_at = %s WHERE id = %s", [LATER, leaver.pk])


def test_a_case_that_came_meanwhile_is_not_lost(offices, programme, leaver):
    taken(offices)
    listed = {one.pk: None for one in leaving.in_hand(leaver)}
    taken(offices)
    with pytest.raises(HandChanged):
        left(leaver, offices, listed)
    leaver.refresh_from_db()
    assert leaver.ended_at is None


@pytest.mark.parametrize("who", ["town_reviewer", "other_town_reviewer", "helper", "sysadmin"])
def test_an_heir_is_a_colleague_who_handles_cases(offices, programme, leaver, who):
    (case,) = taken(offices)
    (held,) = leaving.in_hand(leaver)
    with pytest.raises(NotPermitted):
        left(leaver, offices, {held.pk: getattr(offices, who)})
    assert owner_of(case) == offices.town_reviewer


@pytest.mark.parametrize("who", ["leader", "town_reviewer", "secadmin", "auditor"])
def test_only_the_administrator_of_people_ends_a_role(offices, leaver, who):
    with pytest.raises(NotPermitted):
        leaving.leave(leaver, heirs={}, by=getattr(offices, who), at=LATER)


def test_a_role_ends_once(offices, leaver):
    left(leaver, offices, {})
    with pytest.raises(MoveNotOpen):
        left(leaver, offices, {})


def test_the_page_lists_what_is_in_hand_before_it_ends_anything(offices, programme, leaver):
    (case,) = taken(offices)
    browser = browser_of(offices.sysadmin)
    path = f"/people/{leaver.pk}/leave"
    text = page_of(browser.get(path))
    (held,) = leaving.in_hand(leaver)
    assert case.number in text
    assert case.applicant.full_name not in text
    sent = {"listed": str(held.pk), f"case_{held.pk}": str(offices.town_reviewer2.pk)}
    assert browser.post(path, {**sent, "listed": ""}).status_code == 422
    assert browser.post(path, {**sent, f"case_{held.pk}": str(offices.leader.pk)}).status_code == 422
    assert owner_of(case) == offices.town_reviewer
    assert browser.post(path, sent).headers["Location"] == "/people"
    assert owner_of(Application.objects.get(pk=case.pk)) == offices.town_reviewer2
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_takes_as_many_queries_for_many_cases(offices, programme, leaver, django_assert_num_queries, count):
    taken(offices, count)
    browser = browser_of(offices.sysadmin)
    with django_assert_num_queries(9):
        browser.get(f"/people/{leaver.pk}/leave")


def test_the_tree_shows_everybody_in_a_few_queries(offices, django_assert_max_num_queries):
    browser = browser_of(offices.sysadmin)
    with django_assert_max_num_queries(8):
        text = page_of(browser.get("/people"))
    for words in ("孟春草", "能代办", "还没登录过", "石榴市 · 石榴镇 · 河湾村", "（负责人）"):
        assert words in text
    for who in (offices.leader, offices.secadmin, offices.auditor, offices.town_reviewer):
        assert browser_of(who).get("/people").status_code == 404
