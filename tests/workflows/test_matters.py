"""She asks the federation to look at its no again: once, in time, and nobody who had a part in it answers."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from records.models import Notice
from records.refusals import Invalid, MoveNotOpen, NotPermitted
from tests.makers import cases
from tests.makers.cases import MONDAY, REASONS, a_case_in
from tests.makers.programme import a_programme
from tests.makers.women import a_woman
from tests.workflows.past_the_engine import refused, run
from workflows import answering, matter_clock, matters
from workflows.answers import answer_sentence
from workflows.deadlines import CaseClock
from workflows.matter_alarms import look_at_matters
from workflows.models import Application, Matter, MatterTransition
from workflows.refusals import AlreadyApplying, AppealedAlready, AppealTooLate, PartnersRefusalStands
from workflows.separation import WasInvolved
from workflows.stages import eligibility, guarantee
from workflows.states import State
from workflows.verification import findings

UPHELD = "看了您的新材料，店里主要还是打牌，这次不能改。"


@pytest.fixture
def declined(offices, programme):
    """Turned down by the city on Monday 21 September."""
    return a_case_in(State.DECLINED, offices)


def test_it_is_answered_within_ten_working_days(declined):
    appeal = cases.appeal(declined)
    # 22 to 24 and 28 to 30 September, then 8, 9, 10 (a Saturday that works) and 12 October.
    assert matter_clock.due_on(appeal) == date(2026, 10, 12)
    reading = matter_clock.reading(appeal, today=date(2026, 10, 13))
    assert (reading.is_breached, reading.days_over) == (True, 1)


def test_she_and_the_heads_hear_until_when(declined, offices):
    cases.appeal(declined)
    to_her = Notice.objects.get(kind="appeal", channel="sms")
    assert to_her.text == f"收到您的话了：申请复核。市妇联 10 月 12 日前答复您。编号 {declined.number}。"
    to_head = Notice.objects.get(kind="appeal", channel="inbox")
    assert (to_head.to_user, to_head.text) == (offices.leader, f"{declined.number} 申请复核，10 月 12 日前答复她。")


def test_somebody_at_the_phone_may_write_it_down_for_her(declined, offices):
    words = "她说上个月已经把牌桌撤了。"
    appeal = matters.appeal(declined, words=words, by=offices.town_reviewer, at=MONDAY)
    assert (appeal.words, appeal.said_by) == (words, offices.town_reviewer)


@pytest.mark.parametrize(
    "who", ["bank_officer", "guarantor_officer", "other_town_reviewer", "helper", "finance_officer"]
)
def test_nobody_else_says_it_for_her(declined, offices, who):
    with pytest.raises(NotPermitted):
        matters.appeal(declined, words="她觉得不对，要再看。", by=getattr(offices, who), at=MONDAY)


def test_another_woman_cannot(declined, offices):
    with pytest.raises(NotPermitted):
        matters.appeal(declined, words="我觉得不对，再看。", by=a_woman(offices).user, at=MONDAY)


def test_one_no_is_reviewed_once(declined):
    cases.appeal(declined)
    with pytest.raises(AppealedAlready):
        cases.appeal(declined)
    assert Matter.objects.count() == 1


def test_the_last_day_still_counts_and_the_next_does_not(declined):
    with pytest.raises(AppealTooLate):
        cases.appeal(declined, at=MONDAY + timedelta(days=21))
    assert cases.appeal(declined, at=MONDAY + timedelta(days=20)).state == "OPEN"


def test_what_the_guarantor_refused_isnt_the_federations(offices, programme):
    case = a_case_in(State.GUARANTEE, offices)
    case = guarantee.refuse_guarantee(case, reasons=REASONS, by=offices.guarantor_officer, at=MONDAY, version=None)
    with pytest.raises(PartnersRefusalStands):
        cases.appeal(case)


def test_a_case_that_goes_on_has_nothing_to_review(offices, programme):
    with pytest.raises(MoveNotOpen):
        cases.appeal(a_case_in(State.ELIGIBILITY, offices))


@pytest.mark.parametrize("words", ["", "不对", "长" * 501])
def test_it_takes_a_sentence_or_two(declined, words):
    with pytest.raises(Invalid):
        matters.appeal(declined, words=words, by=declined.applicant.user, at=MONDAY)


def test_a_leader_upholds_the_no_in_words_that_she_reads(declined, offices):
    answered = answering.refuse(cases.appeal(declined), answer=UPHELD, by=offices.leader, at=MONDAY)
    assert (answered.state, answered.answer) == ("REFUSED", UPHELD)
    told = Notice.objects.get(kind="appeal_answered")
    assert told.text.startswith("市妇联答复您了：申请复核，没同意。")
    case = Application.objects.get(pk=declined.pk)
    assert case.state == State.DECLINED
    said = answer_sentence(case, CaseClock(None, None), today=MONDAY.date())
    assert said.startswith("复核过了，还是没批。")


def test_a_leader_finds_for_her_and_the_case_goes_on(declined, offices):
    answered = answering.grant(
        cases.appeal(declined), answer="牌桌撤了，项目在支持范围里。", by=offices.leader, at=MONDAY
    )
    assert answered.state == "GRANTED"
    case = Application.objects.get(pk=declined.pk)
    assert (case.state, case.promise_started_on) == (State.ELIGIBILITY, MONDAY.date())
    assert list(findings()) == []


@pytest.mark.parametrize("answer", ["维持", "经研究决定，不符合条件。", ""])
def test_a_no_says_what_she_can_understand(declined, offices, answer):
    appeal = cases.appeal(declined)
    with pytest.raises(Invalid):
        answering.refuse(appeal, answer=answer, by=offices.leader, at=MONDAY)


@pytest.mark.parametrize("answer", [answering.grant, answering.refuse])
def test_whoever_isnt_a_head_doesnt_decide_it(declined, offices, answer):
    appeal = cases.appeal(declined)
    for who in (offices.city_reviewer2, offices.town_reviewer, offices.bank_officer, declined.applicant.user):
        with pytest.raises(NotPermitted):
            answer(appeal, answer=UPHELD, by=who, at=MONDAY)


@pytest.mark.parametrize("answer", [answering.grant, answering.refuse])
def test_a_head_who_declined_it_doesnt_decide_it(offices, programme, answer):
    case = a_case_in(State.ELIGIBILITY, offices)
    case = eligibility.decline(case, reasons=REASONS, by=offices.leader, at=MONDAY, version=None)
    appeal = cases.appeal(case)
    with pytest.raises(WasInvolved):
        answer(appeal, answer=UPHELD, by=offices.leader, at=MONDAY)


def test_a_head_who_settled_a_finding_has_had_a_part_in_it(offices):
    a_programme(offices)
    case = a_case_in(State.ELIGIBILITY, offices)
    eligibility.settle(case.findings.get(rule="woman"), outcome="not_met", note="看错了", by=offices.leader, at=MONDAY)
    case = cases.decline(Application.objects.get(pk=case.pk), offices)
    with pytest.raises(WasInvolved):
        answering.refuse(cases.appeal(case), answer=UPHELD, by=offices.leader, at=MONDAY)


def test_it_is_answered_once(declined, offices):
    appeal = answering.refuse(cases.appeal(declined), answer=UPHELD, by=offices.leader, at=MONDAY)
    for answer in (answering.refuse, answering.grant):
        with pytest.raises(MoveNotOpen):
            answer(appeal, answer=UPHELD, by=offices.leader, at=MONDAY)


def test_a_yes_that_cannot_be_carried_out_leaves_everything_as_it_was(declined, offices):
    appeal = cases.appeal(declined)
    cases.a_submitted_case(offices, applicant=declined.applicant)
    with pytest.raises(AlreadyApplying):
        answering.grant(appeal, answer="项目在支持范围里，改判。", by=offices.leader, at=MONDAY)
    assert Matter.objects.get(pk=appeal.pk).state == "OPEN"


def test_the_head_is_alarmed_on_the_last_day_and_once_more_after_it(declined, offices):
    cases.appeal(declined)
    for days in (20, 21, 21, 22, 23):
        look_at_matters(by=offices.clock, at=MONDAY + timedelta(days=days))
    rung = Notice.objects.filter(kind="appeal_due").order_by("pk").values_list("text", flat=True)
    assert list(rung) == [
        f"{declined.number} 申请复核，今天到期，她在等答复。",
        f"{declined.number} 申请复核，答复超期了，她在等。",
    ]


def test_a_reason_rests_on_the_finding_that_the_rules_made(offices, programme):
    case = a_case_in(State.ELIGIBILITY, offices)
    finding = case.findings.get(rule="project_supported")
    eligibility.settle(finding, outcome="not_met", note="店里主要是棋牌室", by=offices.city_reviewer, at=MONDAY)
    case = cases.decline(Application.objects.get(pk=case.pk), offices)
    assert [reason.finding for reason in case.decline_reasons.all()] == [finding]


# Past the engine


def test_the_database_takes_an_appeal_against_a_refusal_only(offices, programme):
    case = a_case_in(State.ELIGIBILITY, offices)
    with refused("nothing_to_appeal_against"):
        Matter.objects.create(
            application=case,
            kind="appeal",
            about_version=case.version,
            words="x",
            said_by=offices.leader,
            said_at=MONDAY,
        )


def test_what_she_said_stays_as_she_said_it(declined):
    appeal = cases.appeal(declined)
    with refused("matter_stays_as_it_was"):
        run("UPDATE workflows_matter SET words = '没事了' WHERE id = %s", appeal.pk)
    with refused("subject_is_never_deleted"):
        run("DELETE FROM workflows_matter WHERE id = %s", appeal.pk)
    with refused("move_not_logged"):
        run("UPDATE workflows_matter SET state = 'REFUSED', version = 1, answer = 'x' WHERE id = %s", appeal.pk)


def test_the_database_knows_who_may_answer_and_when_a_yes_is_one(declined, offices):
    appeal = cases.appeal(declined)
    run("UPDATE workflows_matter SET answer = '看过了，还是不能批。' WHERE id = %s", appeal.pk)
    with refused("was_involved"):
        _answer(appeal, "refuse", "REFUSED", by=offices.city_reviewer)
    with refused("case_was_not_overturned"):
        _answer(appeal, "grant", "GRANTED", by=offices.leader)
    _answer(appeal, "refuse", "REFUSED", by=offices.leader)


def test_an_answer_without_words_is_none(declined, offices):
    appeal = cases.appeal(declined)
    with pytest.raises(IntegrityError, match="what_is_settled_has_an_answer"), transaction.atomic():
        _answer(appeal, "refuse", "REFUSED", by=offices.leader)


def _answer(matter, move, target, *, by):
    return MatterTransition.objects.create(
        subject=matter, version=1, move=move, source="OPEN", target=target, by=by, at=MONDAY, before_sha256="0" * 64
    )
