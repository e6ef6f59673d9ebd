from datetime import date

import pytest

from loans.claims import making
from loans.claims.making import BankFigure
from loans.claims.quarter import Quarter
from loans.claims.refusals import (
    ClaimedAlready,
    ClaimedMore,
    ClaimNotComputed,
    ClaimNotWithTheBank,
    ClaimTooEarly,
    ExcludedDays,
    NothingToClaim,
)
from loans.models import ClaimLine, Loan, SubsidyClaim
from loans.models.claim import ClaimState
from loans.servicing import record_repayment
from records.refusals import Invalid, NotPermitted, SamePerson, Stale
from tests.makers.claims import SPRING, SUMMER, handed_in, made, submitted
from tests.makers.loans import make_active_loan, moment


@pytest.fixture
def claim(pool, loan, offices):
    return made(pool, offices)


def say(claim, offices, number, amount_fen, reason="", days=None):
    figures = {number: BankFigure(amount_fen, reason, days)}
    return making.say_bank_figures(claim, figures, by=offices.bank_officer, at=moment(SPRING.to_on))


def test_a_claim_has_a_line_for_every_loan_that_owed_something(pool, loan, offices):
    make_active_loan(pool, offices, amount_fen=8_000_000, paid_on=date(2026, 5, 2))
    make_active_loan(pool, offices, paid_on=SPRING.to_on)  # the next quarter's
    claim = made(pool, offices)
    lines = list(claim.lines.order_by("loan"))
    assert [(one.days, one.ours_fen, one.opening_fen, one.closing_fen) for one in lines] == [
        (92, 57_500, 5_000_000, 5_000_000),
        (50, 50_000, 0, 8_000_000),
    ]
    assert [one.bank_fen for one in lines] == [one.ours_fen for one in lines]
    assert (claim.state, claim.number) == (ClaimState.DRAFT, "T2026-0001")
    for line in lines:
        assert sum(segment.subsidy_fen for segment in line.segments.all()) == line.ours_fen


def test_before_the_interest_date_is_over_nothing_is_claimed(pool, loan, offices):
    with pytest.raises(ClaimTooEarly, match="本季还没到结息日。6\xa0月\xa021\xa0日起可以申报"):
        making.make_claim(pool, SPRING, by=offices.bank_officer, at=moment(SPRING.interest_on))
    assert not SubsidyClaim.objects.exists()


def test_a_quarter_is_claimed_once(claim, pool, offices):
    with pytest.raises(ClaimedAlready):
        made(pool, offices)
    assert SubsidyClaim.objects.count() == 1


def test_a_quarter_without_loans_leaves_no_claim(pool, offices):
    with pytest.raises(NothingToClaim):
        made(pool, offices)
    assert not SubsidyClaim.objects.exists()


@pytest.mark.parametrize("who", ["guarantor_officer", "finance_officer", "city_reviewer", "leader", "auditor"])
def test_only_the_bank_makes_a_claim(pool, loan, offices, who):
    with pytest.raises(NotPermitted):
        making.make_claim(pool, SPRING, by=getattr(offices, who), at=moment(SPRING.to_on))


def test_computing_goes_on_where_it_was_interrupted(pool, offices):
    for _ in range(5):
        make_active_loan(pool, offices)
    at = moment(SPRING.to_on)
    claim = making.open_claim(pool, SPRING, by=offices.bank_officer, at=at)
    assert making.compute_some(claim, at=at, size=2)
    assert claim.lines.count() == 2
    with pytest.raises(ClaimNotComputed):
        handed_in(claim, offices)
    while making.compute_some(claim, at=at, size=2):
        pass
    assert not making.compute_some(claim, at=at, size=2)
    assert claim.lines.count() == 5
    assert {line.ours_fen for line in claim.lines.all()} == {57_500}


def test_more_than_ours_needs_a_reason(claim, loan, offices):
    with pytest.raises(ClaimedMore, match=r"比系统算的多 35\.60 元"):
        say(claim, offices, loan.number, 57_500 + 3_560)
    assert claim.lines.get().bank_fen == 57_500
    say(claim, offices, loan.number, 57_500 + 3_560, "按 365 天算的")
    line = claim.lines.get()
    assert (line.difference_fen, line.bank_reason) == (3_560, "按 365 天算的")


def test_excluded_days_are_refused_whatever_the_reason(pool, loan, offices):
    later = SPRING.to_on.replace(year=2027)
    quarter = Quarter(SPRING.from_on.replace(year=2027), later)
    claim = making.make_claim(pool, quarter, by=offices.bank_officer, at=moment(later))
    line = claim.lines.get()
    assert (line.days, line.ours_fen) == (0, 0)
    with pytest.raises(ExcludedDays, match="逾期 92 天不贴息"):
        making.say_bank_figures(
            claim, {loan.number: BankFigure(100, "银行说要")}, by=offices.bank_officer, at=moment(later)
        )


def test_more_days_than_are_subsidised_are_refused(claim, loan, offices):
    with pytest.raises(ExcludedDays):
        say(claim, offices, loan.number, 57_500, "多算", days=93)


def test_a_loan_that_is_not_in_it_spoils_the_whole_list(claim, loan, offices):
    figures = {loan.number: BankFigure(100), "L2026-9999": BankFigure(100)}
    with pytest.raises(Invalid):
        making.say_bank_figures(claim, figures, by=offices.bank_officer, at=moment(SPRING.to_on))
    assert claim.lines.get().bank_fen == 57_500


def test_whoever_made_it_does_not_hand_it_in(claim, offices):
    with pytest.raises(SamePerson):
        making.submit_claim(claim, by=offices.bank_officer, at=moment(SPRING.to_on))
    with pytest.raises(Stale):
        making.submit_claim(claim, by=offices.bank_officer2, at=moment(SPRING.to_on), version=7)


def test_rows_without_a_difference_are_agreed_when_it_is_handed_in(claim, pool, loan, offices):
    other = make_active_loan(pool, offices)
    claim = making.compute_again(claim, by=offices.bank_officer, at=moment(SPRING.to_on))
    say(claim, offices, other.number, 57_000)
    claim = handed_in(claim, offices)
    assert [line.agreed_fen for line in claim.lines.order_by("loan")] == [57_500, None]
    with pytest.raises(ClaimNotWithTheBank):
        say(claim, offices, other.number, 57_500)


def test_computing_again_takes_what_came_late_and_keeps_the_banks_figures(claim, pool, loan, offices):
    other = make_active_loan(pool, offices)
    claim = making.compute_again(claim, by=offices.bank_officer, at=moment(SPRING.to_on))
    say(claim, offices, other.number, 57_000)
    record_repayment(
        Loan.objects.get(pk=loan.pk),
        amount_fen=2_000_000,
        value_on=date(2026, 5, 10),
        bank_serial="LATE",
        by=offices.bank_officer,
        at=moment(SPRING.to_on),
    )
    claim = making.compute_again(claim, by=offices.bank_officer, at=moment(SPRING.to_on))
    lines = list(claim.lines.order_by("loan"))
    assert lines[0].ours_fen == lines[0].bank_fen < 57_500
    assert (lines[1].ours_fen, lines[1].bank_fen) == (57_500, 57_000)


def test_one_person_with_two_loans_is_subsidised_for_one_at_a_time(pool, offices):
    first = make_active_loan(pool, offices)
    second = make_active_loan(pool, offices, paid_on=date(2026, 4, 1))
    for one in (first, second):
        one.applicant.id_no, one.applicant.id_index = "encrypted", "the same woman"
        one.applicant.save()
    lines = {line.loan_id: line for line in made(pool, offices).lines.all()}
    assert (lines[first.pk].ours_fen, lines[second.pk].ours_fen) == (57_500, 0)
    assert [one.why for one in lines[second.pk].segments.all()] == ["other_loan"]


def test_the_fourth_loan_of_a_life_has_no_subsidy(pool, offices):
    for number in range(4):
        loan = make_active_loan(pool, offices, term_months=12, paid_on=date(2026, 3, 22 + number))
        loan.applicant.id_no, loan.applicant.id_index = "encrypted", "the same woman"
        loan.applicant.save()
        record_repayment(
            Loan.objects.get(pk=loan.pk),
            amount_fen=5_000_000 + 625,
            value_on=date(2026, 3, 23 + number),
            bank_serial=f"DONE{number}",
            by=offices.bank_officer,
            at=moment(SPRING.to_on),
        )
    lines = made(pool, offices).lines.order_by("loan")
    assert [line.ours_fen for line in lines] == [625, 625, 625, 0]
    assert "loans_over" in {segment.why for segment in lines[3].segments.all()}


def test_a_line_that_was_handed_in_has_the_segments_of_its_quarter(pool, loan, offices):
    submitted(pool, offices)
    summer = submitted(pool, offices, SUMMER)
    segment = ClaimLine.objects.get(claim=summer).segments.get()
    assert (segment.from_on, segment.to_on, segment.days) == (SUMMER.from_on, SUMMER.to_on, 92)
