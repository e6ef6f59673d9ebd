from http import HTTPStatus

import pytest
from pytest_django.asserts import assertNumQueries

from tests.makers.cases import a_case_in
from tests.makers.women import a_woman
from tests.workflows.web.my.her_pages import sign_in, words_of
from workflows.states import State


@pytest.fixture
def two_women_on_one_phone(offices, programme):
    mother, daughter = a_woman(offices), a_woman(offices)
    daughter.user = mother.user
    daughter.save()
    return a_case_in(State.SURVEY, offices, applicant=mother), a_case_in(State.SUBMITTED, offices, applicant=daughter)


def test_with_one_case_it_leads_straight_to_it(client, offices, programme):
    case = a_case_in(State.SURVEY, offices)
    assert sign_in(client, case).get("/my")["Location"] == f"/my/{case.number}"


def test_the_way_back_from_it_leads_to_the_list_and_not_round_in_a_circle(client, offices, programme):
    case = a_case_in(State.SURVEY, offices)
    sign_in(client, case)
    assert 'class="back" href="/my?all=yes"' in client.get(f"/my/{case.number}").content.decode()
    assert case.number in client.get("/my?all=yes").content.decode()


def test_with_none_it_says_what_to_do_first(client, offices, programme):
    client.force_login(a_woman(offices).user)
    words = words_of(client.get("/my").content)
    assert "您还没有申请。先花 1 分钟看看能不能申请。" in words
    assert 'href="/check"' in words


def test_several_are_listed_and_nobody_is_told_of_whoever_hasnt_shown_who_she_is(client, two_women_on_one_phone):
    hers, other = two_women_on_one_phone
    words = words_of(sign_in(client, hers).get("/my").content)
    assert hers.applicant.full_name in words
    assert str(hers.get_state_display()) in words
    assert other.number in words
    assert other.applicant.full_name not in words
    assert str(other.get_state_display()) not in words


def test_the_list_is_read_in_three_queries(client, two_women_on_one_phone):
    sign_in(client, two_women_on_one_phone[0])
    with assertNumQueries(3):  # session, user, cases
        assert client.get("/my").status_code == HTTPStatus.OK


def test_whoever_works_in_an_office_has_none(client, offices, programme):
    a_case_in(State.SURVEY, offices)
    client.force_login(offices.city_reviewer)
    assert "您还没有申请" in words_of(client.get("/my").content)


def test_whoever_isnt_signed_in_signs_in_first(client, db):
    assert client.get("/my")["Location"] == "/login?next=/my"
