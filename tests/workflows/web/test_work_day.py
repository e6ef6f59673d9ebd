"""The sheet that an officer takes along: who is to be visited where, with nothing whole that paper may lose."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applicants import call_backs
from applicants.models import ApplicantAccess, CallBack
from tests.makers.cases import MONDAY, a_case_in, a_submitted_case
from tests.makers.women import a_woman
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows.stages import intake
from workflows.states import State

pytestmark = pytest.mark.usefixtures("monday", "programme")


@pytest.fixture
def town(offices) -> Client:
    return browser_of(offices.town_reviewer)


def test_a_visit_stands_under_its_village_with_what_it_is_for(offices, town):
    case = a_case_in(State.SURVEY, offices)
    words = page_of(town.get("/work/day"))
    told = (
        str(case.applicant.village),
        case.number,
        "农家乐",
        "5\N{NO-BREAK SPACE}万元",
        case.applicant.address,
        "走访 1 户",
    )
    assert [one for one in told if one not in words] == []


def test_her_name_and_number_are_masked_until_asked_for_and_she_reads_of_it(offices, town):
    her = a_case_in(State.SURVEY, offices).applicant
    words = page_of(town.get("/work/day"))
    assert her.full_name not in words
    assert her.mobile not in words
    assert not ApplicantAccess.objects.exists()
    words = page_of(town.post("/work/day"))
    assert her.full_name not in words
    assert her.mobile in words
    assert ApplicantAccess.objects.get().what == "mobile"


def test_a_visit_that_somebody_else_took_or_that_is_elsewhere_is_not_on_it(offices, town):
    ours = a_case_in(State.SURVEY, offices)
    there = a_submitted_case(offices, applicant=a_woman(offices, village=2))
    intake.accept(there, by=offices.other_town_reviewer, at=MONDAY, version=there.version)
    ours.assignments.filter(ended_at__isnull=True).update(owner=offices.town_reviewer2)
    words = page_of(town.get("/work/day"))
    assert ours.number not in words
    assert there.number not in words
    assert ours.number in page_of(browser_of(offices.town_reviewer2).get("/work/day"))


def test_whoever_is_due_after_the_money_is_on_the_sheet_of_that_day(offices, town):
    case = a_case_in(State.DISBURSED, offices)
    assert case.number not in page_of(town.get("/work/day"))
    in_a_month = MONDAY.date() + timedelta(days=30)
    words = page_of(town.get(f"/work/day?on={in_a_month}"))
    assert case.number in words
    assert "放款满 1 个月" in words


def test_the_calls_of_the_day_are_on_it_and_only_ones_own_numbers_whole(offices, town):
    mine, free = (call_backs.ask(f"1380000000{n}", address=f"127.0.0.{n}", at=MONDAY) for n in (1, 2))
    call_backs.take(mine, by=offices.town_reviewer, at=MONDAY)
    words = page_of(town.post(f"/work/day?on={free.due_on}"))
    assert mine.mobile in words
    assert free.mobile not in words
    assert free.masked_mobile in words
    CallBack.objects.filter(pk=mine.pk).update(taken_by=offices.town_reviewer2)
    assert mine.masked_mobile not in page_of(town.get(f"/work/day?on={free.due_on}"))


def test_without_anything_to_do_it_says_so(town):
    words = page_of(town.get("/work/day"))
    assert "这一天没有要走访、回访的" in words
    assert "电话写全" not in words


@pytest.mark.parametrize("sent", ["", "2026-13-45", "morgen", "2026-02-30"])
def test_a_day_that_is_none_is_today(town, sent):
    assert "9\N{NO-BREAK SPACE}月\N{NO-BREAK SPACE}21\N{NO-BREAK SPACE}日" in page_of(town.get(f"/work/day?on={sent}"))


@pytest.mark.parametrize("who", ["helper", "bank_officer", "guarantor_officer", "auditor"])
def test_whoever_visits_nobody_has_no_such_sheet(offices, who):
    assert browser_of(getattr(offices, who)).get("/work/day").status_code == 404


def test_it_takes_as_many_queries_for_four_visits_as_for_one(offices, town):
    def counted() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert town.get("/work/day").status_code == 200
        return len(seen)

    a_case_in(State.SURVEY, offices)
    counted()  # the calendar is read once
    of_one = counted()
    for village in (0, 1, 1):
        a_case_in(State.SURVEY, offices, applicant=a_woman(offices, village=village))
    assert counted() == of_one <= 12
