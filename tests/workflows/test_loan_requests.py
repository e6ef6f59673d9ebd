"""While she repays: an early repayment or an extension is asked for and answered; the plan stays as it is."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from loans.servicing import position
from records.models import Notice
from records.refusals import Invalid, MoveNotOpen, NotPermitted
from tests.makers.cases import MONDAY, a_case_in
from tests.workflows.past_the_engine import refused, run
from tests.workflows.web.my.her_pages import sign_in
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows import answering, loan_requests
from workflows.matter_kinds import MatterKind
from workflows.models import Matter, MatterTransition
from workflows.refusals import GuarantorFirst, SaidAlready
from workflows.states import State

MATURES = date(2027, 9, 21)
WORDS = "猪下个月才出栏，卖了就还。"
ANSWER = "可以，那天把钱存进尾号 1234 的卡就行。"


@pytest.fixture
def paid(offices, programme):
    return a_case_in(State.DISBURSED, offices)


def ask(case, kind=MatterKind.EXTENSION, wanted_on=MATURES + timedelta(days=60), at=MONDAY, by=None):
    by = by or case.applicant.user
    return loan_requests.ask(case, kind, wanted_on=wanted_on, words=WORDS, by=by, at=at)


def test_an_extension_is_heard_by_guarantor_and_bank(paid, offices):
    ask(paid)
    told = set(Notice.objects.filter(kind="extension", channel="inbox").values_list("to_user", flat=True))
    people = ("guarantor_officer", "guarantor_officer2", "bank_officer", "bank_officer2")
    assert told == {getattr(offices, who).pk for who in people}


def test_the_bank_agrees_once_the_guarantor_has(paid, offices):
    asked = ask(paid)
    with pytest.raises(GuarantorFirst):
        answering.grant(asked, answer=ANSWER, by=offices.bank_officer, at=MONDAY)
    said = loan_requests.second(
        asked, agrees=True, words="看过猪场，继续担保到那天。", by=offices.guarantor_officer, at=MONDAY
    )
    assert said.state == "SECONDED"
    answered = answering.grant(said, answer=ANSWER, by=offices.bank_officer, at=MONDAY)
    assert answered.state == "GRANTED"
    assert Notice.objects.get(kind="extension_answered").text.startswith("农信答复您了：展期，同意。")
    # An answer is no agreement: nothing about the loan has changed.
    assert paid.loan.instalments.filter(edition=1).count() == paid.loan.instalments.count()
    assert position(paid.loan, on=MONDAY.date()).principal_outstanding_fen == 5_000_000


def test_a_guarantor_that_says_no_leaves_the_bank_a_no(paid, offices):
    asked = ask(paid)
    loan_requests.second(
        asked, agrees=False, words="担保额度不够了，不能再延。", by=offices.guarantor_officer, at=MONDAY
    )
    with pytest.raises(GuarantorFirst):
        answering.grant(asked, answer=ANSWER, by=offices.bank_officer, at=MONDAY)
    answer = "担保公司不再担保，展期办不了，先还一部分再商量。"
    assert answering.refuse(asked, answer=answer, by=offices.bank_officer, at=MONDAY).state == "REFUSED"


def test_an_early_repayment_needs_the_bank_alone(paid, offices):
    asked = ask(paid, MatterKind.EARLY_REPAYMENT, date(2026, 10, 20))
    assert answering.grant(asked, answer=ANSWER, by=offices.bank_officer, at=MONDAY).state == "GRANTED"


def test_each_says_its_own_word_only(paid, offices):
    asked = ask(paid)
    for who in (offices.bank_officer, offices.city_reviewer, paid.applicant.user):
        with pytest.raises(NotPermitted):
            loan_requests.second(asked, agrees=True, words="同意继续担保到那天。", by=who, at=MONDAY)
    for who in (offices.guarantor_officer, offices.leader, paid.applicant.user):
        with pytest.raises(NotPermitted):
            answering.refuse(asked, answer="现在还不能答应您，先打电话商量。", by=who, at=MONDAY)


@pytest.mark.parametrize(
    ("kind", "wanted_on"),
    [
        (MatterKind.EXTENSION, MATURES),
        (MatterKind.EXTENSION, MATURES + timedelta(days=400)),
        (MatterKind.EARLY_REPAYMENT, MONDAY.date() - timedelta(days=1)),
        (MatterKind.EARLY_REPAYMENT, MATURES + timedelta(days=1)),
    ],
)
def test_the_day_makes_sense(paid, kind, wanted_on):
    with pytest.raises(Invalid):
        ask(paid, kind, wanted_on)


def test_an_extension_is_asked_for_before_the_loan_falls_due(paid):
    with pytest.raises(MoveNotOpen):
        ask(paid, at=MONDAY + timedelta(days=366))


def test_once_at_a_time_and_only_while_it_is_repaid(paid, offices, programme):
    ask(paid)
    with pytest.raises(SaidAlready):
        ask(paid)
    with pytest.raises(MoveNotOpen):
        ask(a_case_in(State.PAYOUT, offices))


def test_the_database_grants_no_extension_without_the_guarantor(paid, offices):
    asked = ask(paid)
    run("UPDATE workflows_matter SET answer = '可以，来签协议。' WHERE id = %s", asked.pk)
    with pytest.raises(IntegrityError, match="guarantors_yes"), transaction.atomic():
        _row(asked, "grant", "GRANTED", by=offices.bank_officer)
    with refused("matter_stays_as_it_was"):
        run("UPDATE workflows_matter SET wanted_on = '2027-12-01' WHERE id = %s", asked.pk)


def test_only_an_extension_takes_the_guarantors_word(paid, offices):
    asked = ask(paid, MatterKind.EARLY_REPAYMENT, date(2026, 10, 20))
    with refused("not_the_answer_to_this_kind"):
        _row(asked, "second", "SECONDED", by=offices.guarantor_officer)


def test_she_asks_on_her_page_and_the_guarantor_answers_on_its_desk(client, paid, offices):
    with time_machine.travel(MONDAY, tick=False):
        sign_in(client, paid)
        assert "到期前申请展期" in client.get(f"/my/{paid.number}/loan").content.decode()
        page = client.get(f"/my/{paid.number}/say/extension").content.decode()
        assert "同意了也要签协议才算数。" in page
        given = {"version": paid.version, "wanted_on": "2027-11-20", "words": WORDS}
        assert client.post(f"/my/{paid.number}/say/extension", given).status_code == 302
        asked = Matter.objects.get()
        assert asked.wanted_on == date(2027, 11, 20)
        guarantor = browser_of(offices.guarantor_officer)
        assert WORDS in page_of(guarantor.get("/matters"))
        given = {"version": paid.version, "outcome": "agree", "answer": "看过猪场，继续担保到那天。"}
        assert guarantor.post(f"/case/{paid.number}/matters/{asked.pk}", given).status_code == 302
        words = page_of(browser_of(offices.bank_officer).get("/matters"))
        assert "担保公司同意：看过猪场，继续担保到那天。" in words


def _row(matter, move, target, *, by):
    return MatterTransition.objects.create(
        subject=matter, version=1, move=move, source="OPEN", target=target, by=by, at=MONDAY, before_sha256="0" * 64
    )
