"""After the money: a no about it alarms city and bank at once and moves nothing; complaints and ratings are hers."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from loans.models.loan import LoanState
from records.models import Notice
from records.refusals import Invalid, MoveNotOpen, NotPermitted
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.women import a_woman
from tests.workflows.past_the_engine import refused
from workflows import after_payout, answering, matter_clock, matters
from workflows.models import Application, Matter, PayoutReply, Rating
from workflows.models.after_payout import Arrival
from workflows.refusals import RatedAlready, SaidAlready
from workflows.separation import WasInvolved
from workflows.states import State

FOUND = "打电话问过，也和农信对过账，钱昨天下午到了。"


@pytest.fixture
def paid(offices, programme):
    return a_case_in(State.DISBURSED, offices)


def say(case, outcome=Arrival.NOT_MINE, words="", by=None):
    return after_payout.say_arrived(case, outcome=outcome, words=words, by=by or case.applicant.user, at=MONDAY)


def test_a_no_alarms_city_and_bank_at_once(paid, offices):
    say(paid, words="卡在我小叔子手里")
    doubt = Matter.objects.get()
    assert (doubt.kind, doubt.words) == ("doubt", "她说：到了，不是我在用。卡在我小叔子手里")
    assert matter_clock.due_on(doubt) == date(2026, 9, 22)
    told = Notice.objects.filter(kind="doubt", channel="inbox").values_list("to_user", flat=True)
    everybody = ("city_reviewer", "city_reviewer2", "leader", "bank_officer", "bank_officer2")
    assert set(told) == {getattr(offices, who).pk for who in everybody}
    assert "市妇联 9 月 22 日前答复您" in Notice.objects.get(kind="doubt", channel="sms").text


def test_it_freezes_nothing(paid):
    say(paid, Arrival.NOT_ARRIVED)
    case = Application.objects.get(pk=paid.pk)
    assert (case.state, case.version) == (State.DISBURSED, paid.version)
    assert case.loan is not None
    assert case.loan.state == LoanState.ACTIVE


def test_a_yes_is_kept_and_bothers_nobody(paid):
    say(paid, Arrival.MINE)
    assert PayoutReply.objects.get().outcome == "mine"
    assert not Matter.objects.exists()


def test_saying_no_again_keeps_one_alarm(paid):
    say(paid)
    say(paid, Arrival.NOT_ARRIVED)
    assert PayoutReply.objects.count() == 2
    assert Matter.objects.count() == 1


@pytest.mark.parametrize("who", ["city_reviewer", "leader", "bank_officer"])
def test_city_or_bank_answers_it(paid, offices, who):
    say(paid)
    answered = answering.reply(Matter.objects.get(), answer=FOUND, by=getattr(offices, who), at=MONDAY)
    assert (answered.state, answered.answer) == ("ANSWERED", FOUND)
    office = "农信" if who == "bank_officer" else "市妇联"
    assert Notice.objects.get(kind="doubt_answered").text.startswith(f"{office}答复您了")


@pytest.mark.parametrize("who", ["town_reviewer", "guarantor_officer", "finance_officer", "helper"])
def test_nobody_else_answers_it(paid, offices, who):
    say(paid)
    with pytest.raises(NotPermitted):
        answering.reply(Matter.objects.get(), answer=FOUND, by=getattr(offices, who), at=MONDAY)


def test_nobody_says_it_for_her(paid, offices):
    for who in (offices.town_reviewer, offices.bank_officer, a_woman(offices).user):
        with pytest.raises(NotPermitted):
            say(paid, Arrival.MINE, by=who)


def test_before_the_payout_there_is_nothing_to_ask(offices, programme):
    with pytest.raises(MoveNotOpen):
        say(a_case_in(State.PAYOUT, offices))


# Complaints


def complain(case, at=MONDAY):
    return matters.complain(case, words="镇上让我跑了三趟，每次说的都不一样。", by=case.applicant.user, at=at)


def test_a_complaint_is_answered_by_somebody_of_the_city_with_no_part_in_it(paid, offices):
    complaint = complain(paid)
    assert matter_clock.due_on(complaint) == date(2026, 9, 29)
    with pytest.raises(WasInvolved):
        answering.reply(complaint, answer=FOUND, by=offices.city_reviewer, at=MONDAY)
    answered = answering.reply(complaint, answer=FOUND, by=offices.city_reviewer2, at=MONDAY)
    assert answered.state == "ANSWERED"


def test_those_who_handled_her_case_dont_hear_of_it(paid, offices):
    complain(paid)
    told = Notice.objects.filter(kind="complaint", channel="inbox").values_list("to_user", flat=True)
    assert list(told) == [offices.leader.pk]
    assert not Matter.objects.answered_by_office_of(offices.town_reviewer).exists()
    assert not Matter.objects.answered_by_office_of(offices.bank_officer).exists()


def test_one_complaint_at_a_time_and_after_the_answer_another(paid, offices):
    first = complain(paid)
    with pytest.raises(SaidAlready):
        complain(paid)
    answering.reply(first, answer=FOUND, by=offices.leader, at=MONDAY)
    assert complain(paid).pk != first.pk


@pytest.mark.parametrize("state", [State.SURVEY, State.DECLINED, State.WITHDRAWN, State.FROZEN])
def test_she_may_complain_wherever_her_case_is(offices, programme, state):
    assert complain(a_case_in(state, offices)).state == "OPEN"


def test_of_her_own_draft_there_is_nothing_to_complain(offices, programme):
    with pytest.raises(MoveNotOpen):
        complain(a_case_in(State.DRAFT, offices))


# Ratings


def rate(case, stars=5, words="", by=None):
    return after_payout.rate(case, stars=stars, words=words, by=by or case.applicant.user, at=MONDAY)


def test_she_rates_once(paid):
    rate(paid, 4, "来家里的人很和气")
    with pytest.raises(RatedAlready):
        rate(paid, 1)
    assert (Rating.objects.get().stars, Notice.objects.filter(kind="bad_rating").exists()) == (4, False)


def test_a_bad_one_is_heard_by_the_head(paid, offices):
    rate(paid, 2)
    notice = Notice.objects.get(kind="bad_rating")
    assert (notice.to_user, notice.text) == (offices.leader, f"{paid.number} 评价“不满意”，问问她哪里没办好。")


@pytest.mark.parametrize("stars", [0, 6])
def test_there_are_five_grades(paid, stars):
    with pytest.raises(Invalid):
        rate(paid, stars)


def test_nobody_rates_for_her_or_before_it_is_over(paid, offices, programme):
    with pytest.raises(NotPermitted):
        rate(paid, by=offices.town_reviewer)
    with pytest.raises(MoveNotOpen):
        rate(a_case_in(State.SURVEY, offices))


# Past the engine


def test_the_database_asks_nothing_about_money_that_is_not_out(offices, programme):
    case = a_case_in(State.PAYOUT, offices)
    her = case.applicant.user
    with refused("case_is_not_paid_out"):
        PayoutReply.objects.create(application=case, outcome="mine", said_by=her, said_at=MONDAY)
    with refused("case_is_not_paid_out"):
        Matter.objects.create(
            application=case, kind="doubt", about_version=case.version, words="没到", said_by=her, said_at=MONDAY
        )
    with refused("case_is_not_over"):
        Rating.objects.create(application=case, stars=5, rated_by=her, rated_at=MONDAY)


def test_the_database_lets_nobody_speak_for_her(paid, offices):
    bank = offices.bank_officer
    with refused("not_her_own_word"):
        PayoutReply.objects.create(application=paid, outcome="mine", said_by=bank, said_at=MONDAY)
    with refused("not_her_own_word"):
        Rating.objects.create(application=paid, stars=5, rated_by=bank, rated_at=MONDAY)


def test_what_she_said_stays(paid):
    say(paid, Arrival.MINE)
    with refused("row_is_permanent"):
        PayoutReply.objects.update(outcome="not_mine")
    rate(paid)
    with refused("row_is_permanent"):
        Rating.objects.all().delete()
    with pytest.raises(IntegrityError, match="a_rating_has_one_to_five_stars"), transaction.atomic():
        Rating.objects.create(application=paid, stars=9, rated_by=paid.applicant.user, rated_at=MONDAY)


def test_a_complaint_is_answered_not_granted(paid, offices):
    complaint = complain(paid, at=MONDAY + timedelta(days=1))
    with pytest.raises(IntegrityError, match="not_the_answer_to_this_kind"), transaction.atomic():
        answering.refuse(complaint, answer=FOUND, by=offices.leader, at=MONDAY)
