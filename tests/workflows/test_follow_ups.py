"""A visit after the money: written down for good by the federation, told once to whoever has to act on it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from applicants import reminder_consents
from records.models import Notice
from records.refusals import Invalid, MoveNotOpen, NotPermitted, Stale
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.workflows.past_the_engine import refused, run
from workflows import answering, follow_up_drafts, follow_ups
from workflows.follow_ups import Told
from workflows.models import FollowUp, FollowUpDraft, Matter
from workflows.states import State

LATER = MONDAY + timedelta(days=30)
TOLD = Told(
    visited_on=LATER.date(),
    visitors="孟春草、白杏花",
    going="normal",
    money_use="as_planned",
    jobs=3,
    jobs_women=2,
    needs=["sales"],
    promised="帮她联系镇上的超市",
)
RISKY = replace(TOLD, going="stopped", money_use="not", risk="high", risk_why="店关了，钱借给了亲戚。")


@pytest.fixture
def case(offices, programme):
    return cases.a_case_in(State.DISBURSED, offices)


def record(case, offices, told=TOLD, *, by=None, **more):
    return follow_ups.record(case, told, by=by or offices.town_reviewer, at=LATER, **more)


def test_the_town_writes_it_down(case, offices):
    visit = record(case, offices)
    assert (visit.promised, visit.needs, visit.recorded_by) == (TOLD.promised, ["sales"], offices.town_reviewer)
    assert not Notice.objects.filter(kind="follow_up_risk").exists()


@pytest.mark.parametrize(
    "who", ["helper", "other_town_reviewer", "bank_officer", "guarantor_officer", "finance_officer"]
)
def test_nobody_else_does(case, offices, who):
    with pytest.raises(NotPermitted):
        record(case, offices, by=getattr(offices, who))


def test_before_the_money_there_is_nothing_to_visit(offices, programme):
    with pytest.raises(MoveNotOpen):
        record(cases.a_case_in(State.PAYOUT, offices), offices)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"visited_on": MONDAY.date() - timedelta(days=1)}, "visited_on"),
        ({"visited_on": LATER.date() + timedelta(days=1)}, "visited_on"),
        ({"visitors": " "}, "visitors"),
        ({"going": "well"}, "going"),
        ({"jobs_women": 4}, "jobs_women"),
        ({"jobs": 201}, "jobs"),
        ({"needs": ["luck"]}, "needs"),
        ({"risk": "middle"}, "risk_why"),
        ({"promised": "帮" * 201}, "promised"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(case, offices, changes, field):
    with pytest.raises(Invalid) as invalid:
        record(case, offices, replace(TOLD, **changes))
    assert field in [error.field for error in invalid.value.errors]
    assert not FollowUp.objects.exists()


def test_a_high_risk_is_told_to_everybody_at_bank_and_city_once(case, offices):
    visit = record(case, offices, RISKY)
    told = Notice.objects.filter(kind="follow_up_risk")
    assert offices.bank_officer in [notice.to_user for notice in told]
    assert offices.city_reviewer in [notice.to_user for notice in told]
    assert offices.guarantor_officer not in [notice.to_user for notice in told]
    count = told.count()
    record(case, offices, replace(RISKY, jobs=0, jobs_women=0), corrects=visit)
    assert told.count() == count


def test_money_that_wasnt_used_as_planned_lies_on_the_desks_of_bank_and_city(case, offices):
    visit = record(case, offices, RISKY)
    task = Matter.objects.get()
    assert (task.kind, task.state) == ("misuse", "OPEN")
    for person in (offices.bank_officer, offices.city_reviewer):
        assert task in Matter.objects.open().answered_by_office_of(person)
    record(case, offices, RISKY, corrects=visit)
    assert Matter.objects.count() == 1
    answering.reply(task, answer="查了流水，钱上周转回来了，贴息照旧。", by=offices.bank_officer, at=LATER)
    assert Matter.objects.get().state == "ANSWERED"
    assert not Notice.objects.filter(kind__startswith="misuse", channel="sms").exists(), "it isn't her own word"


def test_a_mistake_gets_a_further_row_and_the_first_stays(case, offices):
    first = record(case, offices)
    second = record(case, offices, replace(TOLD, jobs=4), corrects=first)
    assert list(FollowUp.objects.standing()) == [second]
    assert FollowUp.objects.count() == 2
    with pytest.raises(Stale):
        record(case, offices, corrects=first)


def test_the_database_holds_its_rules(case, offices):
    visit = record(case, offices)
    with refused("permanent"):
        run("UPDATE workflows_followup SET jobs = 9 WHERE id = %s", visit.pk)
    values = {field.name: getattr(visit, field.name) for field in FollowUp._meta.fields if field.name != "id"}
    for changes, rule in (
        ({"jobs_women": 9}, "no_more_women_than_people_have_work"),
        ({"risk": "high"}, "a_risk_that_is_not_low_says_why"),
        ({"visitors": ""}, "a_follow_up_says_who_went"),
        ({"visited_on": MONDAY.date() - timedelta(days=1)}, "case_is_not_paid_out"),
    ):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            FollowUp.objects.create(**values | changes)
    other = cases.a_case_in(State.DISBURSED, offices)
    with refused("corrects_another_case"):
        FollowUp.objects.create(**values | {"application": other, "corrects": visit})


def test_a_helper_asks_as_long_as_she_agrees_and_the_town_writes_it_down(case, offices):
    with pytest.raises(NotPermitted):
        follow_up_drafts.keep(case, {"going": "hard"}, by=offices.helper, at=LATER)
    reminder_consents.give(case.applicant, at=MONDAY)
    follow_up_drafts.keep(case, {"going": "hard"}, by=offices.helper, at=LATER)
    draft = follow_up_drafts.keep(case, {"jobs": "2"}, by=offices.helper, at=LATER)
    assert draft.answers == {"going": "hard", "jobs": "2"}
    for _twice in range(2):
        follow_up_drafts.hand_over(case, by=offices.helper, at=LATER)
    told = Notice.objects.filter(kind="follow_up_ready", to_user=offices.town_reviewer)
    assert told.get().text == f"白杏花 问过 {case.applicant.full_name} 的近况了，看一遍再记回访。编号 {case.number}。"
    visit = record(case, offices)
    assert visit.prepared_by == offices.helper
    assert not FollowUpDraft.objects.exists()


def test_nothing_asked_is_nothing_to_hand_over(case, offices):
    reminder_consents.give(case.applicant, at=MONDAY)
    with pytest.raises(MoveNotOpen):
        follow_up_drafts.hand_over(case, by=offices.helper, at=LATER)
