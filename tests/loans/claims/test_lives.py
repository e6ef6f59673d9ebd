"""What is read for many at once is what the replay of each loan says."""

import random
from datetime import date, timedelta
from itertools import count

import pytest

from loans.claims import lives
from loans.claims.days import Excluded
from loans.claims.figures import NOTHING, figures_of
from loans.claims.quarter import quarter_of, quarters_through
from loans.interest import DayCount, clip
from loans.models import Loan, Repayment
from loans.models.plan_change import RecallGround
from loans.money import format_yuan
from loans.plan_changes import decide_plan_change, propose_extension, propose_recall
from loans.refusals import Overpaid
from loans.servicing import position, record_repayment, reverse_repayment
from loans.subsidy import Regime, subsidy
from records.models.decision import Outcome
from tests.makers.loans import PAID_ON, make_active_loan, make_policy, make_pool, moment

LAST = date(2027, 4, 1)
_serials = count(1)


def figures(loan, quarter):
    (chunk,) = lives.chunks(Loan.objects.filter(pk=loan.pk), before=quarter.to_on)
    return figures_of(chunk[0].life, quarter)


def repay(loan, offices, *, on, amount_fen):
    return record_repayment(
        Loan.objects.get(pk=loan.pk),
        amount_fen=amount_fen,
        value_on=on,
        bank_serial=f"C{next(_serials):06d}",
        by=offices.bank_officer,
        at=moment(max(on, LAST)),
    )


@pytest.fixture
def half_pool(offices):
    """Half of the interest is subsidised."""
    return make_pool(offices, programme=make_policy(offices, changes={"subsidy_regime": "C"}).programme)


def test_a_year_of_50_000_under_half_the_rate(half_pool, offices):
    loan = make_active_loan(half_pool, offices)
    repay(loan, offices, on=date(2027, 3, 10), amount_fen=5_000_000 + 228_125)
    year = [figures(loan, quarter) for quarter in quarters_through(PAID_ON, date(2027, 3, 21))]
    year = [one._replace(segments=()) for one in year]
    assert [(one.days, format_yuan(one.interest_fen), format_yuan(one.subsidy_fen)) for one in year] == [
        (11, "68.75", "34.38"),
        (92, "575.00", "287.50"),
        (92, "575.00", "287.50"),
        (91, "568.75", "284.38"),
        (79, "493.75", "246.88"),
    ]
    assert sum(one.subsidy_fen for one in year) == 114_064


def test_a_part_repayment_counts_from_its_value_date(half_pool, offices):
    loan = make_active_loan(half_pool, offices, amount_fen=8_000_000, paid_on=date(2026, 3, 21))
    repay(loan, offices, on=date(2026, 5, 10), amount_fen=3_000_000)
    got = figures(loan, quarter_of(date(2026, 5, 1)))
    assert (got.interest_fen, got.subsidy_fen) == (76_250, 38_125)


def test_a_reversed_repayment_leaves_no_trace(half_pool, offices):
    loan = make_active_loan(half_pool, offices)
    before = figures(loan, quarter_of(date(2026, 5, 1)))
    taken = repay(loan, offices, on=date(2026, 5, 10), amount_fen=3_000_000)
    assert figures(loan, quarter_of(date(2026, 5, 1))) != before
    reverse_repayment(
        Repayment.objects.get(pk=taken.pk),
        bank_serial="UNDO",
        value_on=date(2026, 5, 20),
        reason="记错了",
        by=offices.bank_officer,
        at=moment(LAST),
    )
    assert figures(loan, quarter_of(date(2026, 5, 1))) == before


def reference(loan, quarter):
    """The same quarter out of the replay, by the plain arithmetic of loans/subsidy.py."""
    loan = Loan.objects.select_related("policy").get(pk=loan.pk)
    segments = clip(position(loan, on=LAST).segments, from_on=quarter.from_on, to_on=quarter.to_on)
    return subsidy(
        segments,
        annual_rate_ppm=loan.annual_rate_ppm,
        lpr_ppm=loan.lpr_ppm,
        regime=Regime(loan.policy.subsidy_regime),
        day_count=DayCount(loan.day_count),
    )


def random_history(loan, offices, dice):
    for _ in range(dice.randrange(5)):
        on = PAID_ON + timedelta(days=dice.randrange((LAST - PAID_ON).days))
        try:
            repaid = repay(loan, offices, on=on, amount_fen=dice.randrange(1, 2_500_000))
        except Overpaid:
            continue
        if dice.random() < 0.2:
            reverse_repayment(
                repaid,
                bank_serial=f"U{next(_serials)}",
                value_on=on,
                reason="冲",
                by=offices.bank_officer,
                at=moment(LAST),
            )


@pytest.mark.parametrize("seed", range(3))
def test_random_loans_come_to_what_their_replay_says(offices, seed):
    dice = random.Random(seed)
    regime, day_count = (("A", "actual/360"), ("B", "actual/365"), ("E", "30/360"))[seed]
    changes = {"subsidy_regime": regime, "day_count": day_count}
    pool = make_pool(offices, programme=make_policy(offices, changes=changes).programme)
    methods = ("interest_only", "equal_instalment", "equal_principal")
    loans = [
        make_active_loan(pool, offices, method=methods[number % 3], term_months=dice.choice((12, 24)))
        for number in range(4)
    ]
    for loan in loans:
        random_history(loan, offices, dice)
    for quarter in quarters_through(PAID_ON, date(2027, 3, 21)):
        read = {
            one.loan_id: one.life
            for chunk in lives.chunks(Loan.objects.all(), before=quarter.to_on, size=3)
            for one in chunk
        }
        for loan in loans:
            got, wanted = figures_of(read[loan.pk], quarter), reference(loan, quarter)
            assert (got.interest_fen, got.subsidy_fen) == (wanted.interest_fen, wanted.subsidy_fen), (loan, quarter)


def test_a_chunk_takes_the_same_few_queries_for_any_number_of_loans(pool, offices, django_assert_num_queries):
    for _ in range(3):
        make_active_loan(pool, offices)
    quarter = quarter_of(date(2026, 5, 1))
    with django_assert_num_queries(9):  # loans, plan's ends, due, repaid, four for bars; and no further chunk
        read = [one for chunk in lives.chunks(Loan.objects.all(), before=quarter.to_on) for one in chunk]
    assert len(read) == 3
    assert NOTHING not in [figures_of(one.life, quarter) for one in read]


@pytest.mark.parametrize("kind", ["extension", "recall"])
def test_a_changed_plan_ends_the_subsidy_where_its_replay_does(half_pool, offices, kind):
    loan = make_active_loan(half_pool, offices)
    if kind == "extension":
        change = propose_extension(
            loan,
            until=date(2027, 9, 10),
            asked_on=date(2027, 2, 20),
            guarantor_consented_on=date(2027, 2, 25),
            counter_consent="谷雨生签了同意书",
            agreement_no="展 1",
            by=offices.bank_officer,
            at=moment(date(2027, 3, 1)),
        )
    else:
        change = propose_recall(
            loan,
            on=date(2027, 1, 10),
            ground=RecallGround.MISUSE,
            words="钱拿去还了别人的债",
            by=offices.bank_officer,
            at=moment(date(2027, 1, 10)),
        )
    at = moment(date(2027, 3, 1) if kind == "extension" else date(2027, 1, 10))
    decide_plan_change(change, outcome=Outcome.APPROVED, by=offices.bank_officer2, at=at)
    quarter = quarter_of(date(2027, 3, 1))
    got, wanted = figures(loan, quarter), reference(loan, quarter)
    assert (got.interest_fen, got.subsidy_fen) == (wanted.interest_fen, wanted.subsidy_fen)
    days, why = (79, Excluded.EXTENDED) if kind == "extension" else (20, Excluded.MISUSED)
    assert [(one.days, one.segment.why) for one in got.segments] == [(days, ""), (90 - days, why)]
