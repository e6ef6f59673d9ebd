"""Before an instalment: three messages, each once, none that she switched off, and none about what is over."""

from datetime import timedelta

import pytest

from loans import servicing
from loans.servicing import record_repayment
from records.models import Notice
from records.refusals import Invalid, NotPermitted
from tests.makers.cases import MONDAY, a_case_in
from tests.workflows.web.my.her_pages import on
from workflows import reminders
from workflows.models import ReminderChoice
from workflows.states import State


@pytest.fixture
def paid(offices, programme):
    """Paid out on 21 September: the first interest falls due on 20 December."""
    return a_case_in(State.DISBURSED, offices)


def told(case):
    notices = Notice.objects.filter(kind="reminder", about=case.number)
    return list(notices.order_by("pk").values_list("text", flat=True))


def test_seven_and_three_days_before_and_on_the_day_each_once(paid):
    for day in range(10, 23):
        for hour in (7, 9, 15, 21):
            reminders.remind(at=on(12, day, hour))
    messages = told(paid)
    assert len(messages) == 3
    assert messages[0].startswith("12 月 21 日扣款，前一天卡里要有 568.75 元。")
    assert messages[2] == f"今天扣款，卡里要有 568.75 元。编号 {paid.number}。"


def test_nobody_is_woken_by_it(paid):
    assert reminders.remind(at=on(12, 14, 7)) == 0
    assert reminders.remind(at=on(12, 14, 20)) == 0
    assert told(paid) == []


def test_a_day_on_which_the_worker_was_down_is_made_up_for(paid):
    reminders.remind(at=on(12, 16))
    reminders.remind(at=on(12, 16, 15))
    assert len(told(paid)) == 1


def test_she_gets_those_that_she_wants(paid):
    reminders.choose(paid, days_before=[0], by=paid.applicant.user, at=MONDAY)
    for day in range(10, 23):
        reminders.remind(at=on(12, day))
    assert [text[:4] for text in told(paid)] == ["今天扣款"]


def test_she_may_want_none(paid):
    reminders.choose(paid, days_before=[3, 7], by=paid.applicant.user, at=MONDAY)
    reminders.choose(paid, days_before=[], by=paid.applicant.user, at=MONDAY)
    for day in range(10, 23):
        reminders.remind(at=on(12, day))
    assert told(paid) == []
    assert ReminderChoice.objects.count() == 1


def test_who_repaid_early_isnt_told_a_figure_that_is_too_high(paid, offices):
    record_repayment(
        paid.loan,
        amount_fen=2_000_000,
        value_on=MONDAY.date() + timedelta(days=3),
        bank_serial="HK1",
        by=offices.bank_officer,
        at=MONDAY + timedelta(days=3),
    )
    reminders.remind(at=on(12, 14))
    assert "不到 568.75 元，以农信扣的为准" in told(paid)[0]


def test_a_loan_that_is_repaid_reminds_nobody(paid, offices):
    day = MONDAY + timedelta(days=3)
    whole_fen = servicing.position(paid.loan, on=day.date()).payoff_fen
    record_repayment(
        paid.loan, amount_fen=whole_fen, value_on=day.date(), bank_serial="HK1", by=offices.bank_officer, at=day
    )
    reminders.remind(at=on(12, 14))
    assert told(paid) == []


def test_nobody_chooses_for_her_and_no_other_day(paid, offices):
    with pytest.raises(NotPermitted):
        reminders.choose(paid, days_before=[], by=offices.town_reviewer, at=MONDAY)
    with pytest.raises(Invalid):
        reminders.choose(paid, days_before=[5], by=paid.applicant.user, at=MONDAY)
