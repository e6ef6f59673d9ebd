from datetime import date
from typing import Any

import pytest

from loans.claims import judging, making
from loans.claims.clocks import bank_due_on, clock_of
from loans.claims.making import BankFigure
from loans.claims.quarter import Quarter
from loans.claims.refusals import ReviewIsProposed, RowsAreOpen, StoppedAlready
from loans.models import LedgerEntry, Loan, Repayment, SubsidyClaim
from loans.models.claim import AdvancedBy, ClaimState
from loans.models.ledger import Account
from loans.servicing import record_repayment, reverse_repayment
from loans.verification import findings
from records import papers
from records.models.decision import Outcome
from records.refusals import Invalid, MoveNotOpen, NotPermitted, SamePerson
from tests.makers.claims import SPRING, SUMMER, handed_in, made, opined, paid, paid_out, reviewed, submitted
from tests.makers.loans import make_active_loan, make_policy, make_pool, moment

AT = moment(date(2026, 6, 23))


@pytest.fixture
def differing(pool, loan, offices):
    """With the treasury; the bank asks 35.60 more for one loan than we compute."""
    claim = made(pool, offices)
    figures = {loan.number: BankFigure(57_500 + 3_560, "按 365 天算的")}
    claim = making.say_bank_figures(claim, figures, by=offices.bank_officer, at=moment(SPRING.to_on))
    return opined(handed_in(claim, offices), offices)


def test_a_claim_from_the_bank_to_the_money(pool, loan, offices):
    claim = paid(pool, offices)
    assert (claim.state, claim.paid_on, claim.advanced_by) == (ClaimState.PAID, date(2026, 6, 24), AdvancedBy.NOBODY)
    assert [row.move for row in claim.log.all()] == ["submit", "opine", "review", "pay"]
    assert claim.payment_order is not None
    sheet = papers.sheet_of(claim.payment_order)
    for words in ("人民币伍佰柒拾伍元整", "575.00元", "贴息资金拨付单", "2026年第2季度", "市财政"):
        assert words in sheet
    assert not list(findings())


def test_a_refund_touches_no_account_of_the_bank_and_a_waived_part_settles_what_it_is_owed(offices):
    programme = make_policy(offices, changes={"subsidy_payment": "waived"}).programme
    pool = make_pool(offices, programme=programme)
    make_active_loan(pool, offices)
    paid(pool, offices)
    entry = LedgerEntry.objects.get(reason="subsidy_paid")
    assert (entry.debit, entry.credit, entry.amount_fen) == (Account.BANK_FUNDS, Account.SUBSIDY_RECEIVABLE, 57_500)


def test_rows_that_differ_have_to_be_settled_first(differing, offices):
    with pytest.raises(RowsAreOpen, match="还有 1 行没有定"):
        judging.propose_review(differing, by=offices.finance_officer, at=AT)
    line = differing.lines.get()
    judging.ask_about_row(line, words="为什么多 35.60？", by=offices.finance_officer)
    judging.answer_row(line, words="算错了，按系统的", by=offices.bank_officer)
    judging.agree_on_row(line, takes_bank=False, by=offices.finance_officer2)
    claim = reviewed(differing, offices)
    assert judging.agreed_fen(claim) == 57_500


def test_the_banks_figure_may_be_agreed_on_with_its_reason(differing, offices):
    judging.agree_on_row(differing.lines.get(), takes_bank=True, by=offices.finance_officer)
    assert judging.agreed_fen(reviewed(differing, offices)) == 61_060


def test_two_officers_agree_and_nothing_moves_meanwhile(differing, offices):
    line = differing.lines.get()
    judging.agree_on_row(line, takes_bank=False, by=offices.finance_officer)
    proposed = judging.propose_review(differing, by=offices.finance_officer, at=AT)
    with pytest.raises(SamePerson):
        judging.decide_review(proposed, outcome=Outcome.APPROVED, by=offices.finance_officer, at=AT)
    with pytest.raises(ReviewIsProposed):
        judging.agree_on_row(line, takes_bank=True, by=offices.finance_officer2)
    with pytest.raises(ReviewIsProposed):
        judging.send_back(proposed, reason="改", by=offices.finance_officer2, at=AT)
    refused = judging.decide_review(proposed, outcome=Outcome.REFUSED, by=offices.finance_officer2, at=AT)
    assert (refused.state, refused.payment_order) == (ClaimState.OPINED, None)
    assert reviewed(refused, offices).state == ClaimState.REVIEWED


def test_sent_back_it_is_the_banks_again(differing, loan, offices):
    with pytest.raises(Invalid):
        judging.send_back(differing, reason=" ", by=offices.finance_officer, at=AT)
    back = judging.send_back(differing, reason="天数写错了", by=offices.finance_officer, at=AT)
    assert (back.state, back.log.latest("version").reason) == (ClaimState.RETURNED, "天数写错了")
    making.say_bank_figures(back, {loan.number: BankFigure(57_500)}, by=offices.bank_officer, at=AT)
    assert making.submit_claim(back, by=offices.bank_officer2, at=AT).lines.get().agreed_fen == 57_500


def test_each_office_does_its_own_part(pool, loan, offices):
    claim = submitted(pool, offices)
    with pytest.raises(NotPermitted):
        judging.give_opinion(claim, agrees=True, words="", by=offices.finance_officer, at=AT)
    with pytest.raises(Invalid):
        judging.give_opinion(claim, agrees=False, words="", by=offices.guarantor_officer, at=AT)
    with pytest.raises(MoveNotOpen):
        judging.propose_review(claim, by=offices.finance_officer, at=AT)
    claim = opined(claim, offices)
    for act in (
        lambda: judging.propose_review(claim, by=offices.bank_officer, at=AT),
        lambda: judging.agree_on_row(claim.lines.get(), takes_bank=True, by=offices.guarantor_officer),
        lambda: judging.send_back(claim, reason="x", by=offices.bank_officer, at=AT),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_payment_is_dated_and_has_a_voucher(pool, loan, offices):
    claim = reviewed(opined(submitted(pool, offices), offices), offices)
    for paid_on, voucher_no in ((date(2026, 6, 24), "财 1"), (AT.date(), " ")):
        with pytest.raises(Invalid):
            judging.pay(claim, paid_on=paid_on, voucher_no=voucher_no, by=offices.finance_officer, at=AT)
    assert SubsidyClaim.objects.get().state == ClaimState.REVIEWED


def test_what_comes_late_adjusts_the_next_claim_and_never_the_paid_one(pool, loan, offices):
    spring = paid(pool, offices)
    late = record_repayment(
        Loan.objects.get(pk=loan.pk),
        amount_fen=2_006_875,
        value_on=date(2026, 3, 21),
        bank_serial="LATE",
        by=offices.bank_officer,
        at=moment(date(2026, 7, 1)),
    )
    summer = paid(pool, offices, SUMMER)
    own, adjusting = sorted(summer.lines.all(), key=lambda line: line.adjusts_id is not None)
    assert (own.ours_fen, adjusting.ours_fen) == (34_500, 34_500 - 57_500)
    assert adjusting.adjusts == spring.lines.get()
    assert spring.lines.get().ours_fen == 57_500
    assert judging.agreed_fen(summer) == 11_500
    reverse_repayment(
        Repayment.objects.get(pk=late.pk),
        bank_serial="UNDO",
        value_on=date(2026, 3, 21),
        reason="记错了",
        by=offices.bank_officer,
        at=moment(date(2026, 10, 1)),
    )
    autumn = made(pool, offices, Quarter(date(2026, 9, 21), date(2026, 12, 21)))
    lines = autumn.lines.filter(adjusts__isnull=False).order_by("adjusts__claim__from_on")
    assert [line.ours_fen for line in lines] == [23_000, 23_000]


def test_misuse_stops_the_subsidy_and_claws_back_what_was_paid(pool, loan, offices):
    other = make_active_loan(pool, offices)
    paid(pool, offices)
    stop: dict[str, Any] = {"stopped_on": date(2026, 5, 10), "reason": "钱拿去买房了", "at": moment(date(2026, 7, 1))}
    with pytest.raises(NotPermitted):
        judging.stop_subsidy(loan, by=offices.bank_officer, **stop)
    judging.stop_subsidy(loan, by=offices.finance_officer, **stop)
    with pytest.raises(StoppedAlready):
        judging.stop_subsidy(loan, by=offices.finance_officer2, **stop)
    summer = made(pool, offices, SUMMER)
    told = {(line.loan_id, line.adjusts_id is None): line.ours_fen for line in summer.lines.all()}
    assert told == {(loan.pk, True): 0, (loan.pk, False): 31_250 - 57_500, (other.pk, True): 57_500}


def test_the_clock_is_that_of_whoever_holds_it(pool, loan, offices):
    assert bank_due_on(date(2026, 9, 20)) == date(2026, 9, 23)
    claim = made(pool, offices)
    seen = []
    for step in (lambda one: one, *(lambda one, act=act: act(one, offices) for act in (handed_in, opined, reviewed))):
        claim = step(claim)
        office, reading = clock_of(claim, today=date(2026, 6, 22))
        seen.append((office, reading.days, reading.due_on))
    assert seen == [
        (offices.bank, 3, date(2026, 6, 24)),
        (offices.guarantor, 3, date(2026, 6, 24)),
        (offices.finance, 5, date(2026, 6, 29)),
        (offices.finance, 5, date(2026, 6, 29)),
    ]
    claim = paid_out(claim, offices)
    reading = clock_of(claim, today=date(2027, 1, 1)).reading
    assert (reading.is_stopped, reading.is_breached) == (True, False)
