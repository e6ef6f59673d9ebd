from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loans import fund_year
from loans.models.fund import FundMoveKind
from tests.makers.loans import YUAN, make_pool, move_fund
from tests.makers.people import SHANGHAI


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=SHANGHAI)


@pytest.fixture
def pool(offices):
    """Two years: 600,000 and 400,000 in, 1,512.50 of interest, 100,000 back in January."""
    pool = make_pool(offices, deposit_fen=0)
    for kind, yuan_fen, when in (
        (FundMoveKind.DEPOSIT, 600_000 * YUAN, at(2025, 3, 2)),
        (FundMoveKind.DEPOSIT, 400_000 * YUAN, at(2025, 5, 18)),
        (FundMoveKind.INTEREST, 151_250, at(2025, 9, 21)),
        (FundMoveKind.WITHDRAWAL, 100_000 * YUAN, at(2026, 1, 4)),
    ):
        move_fund(pool, offices, kind=kind, amount_fen=yuan_fen, at=when)
    pool.refresh_from_db()
    return pool


def test_a_year_opens_with_what_the_one_before_closed_with(pool):
    first, second = fund_year.year_of(pool, 2025), fund_year.year_of(pool, 2026)
    assert (first.opening_fen, first.closing_fen) == (0, 100_151_250)
    assert (second.opening_fen, second.closing_fen) == (100_151_250, 90_151_250)
    assert second.closing_fen == pool.fund_balance_fen


def test_each_line_has_the_balance_after_it(pool):
    book = fund_year.year_of(pool, 2025)
    assert [line.balance_fen for line in book.lines] == [60_000_000, 100_000_000, 100_151_250]
    assert [line.move.value_on for line in book.lines] == [date(2025, 3, 2), date(2025, 5, 18), date(2025, 9, 21)]


def test_the_kinds_are_summed_with_their_sign(pool):
    assert fund_year.year_of(pool, 2026).sums_fen[FundMoveKind.WITHDRAWAL] == -10_000_000
    assert fund_year.sums_by_kind_fen(pool) == {
        FundMoveKind.DEPOSIT: 100_000_000,
        FundMoveKind.WITHDRAWAL: -10_000_000,
        FundMoveKind.COMPENSATION: 0,
        FundMoveKind.RECOVERY: 0,
        FundMoveKind.INTEREST: 151_250,
    }


def test_a_year_without_movements_keeps_its_balance(pool):
    book = fund_year.year_of(pool, 2027)
    assert (book.opening_fen, book.lines, book.closing_fen) == (90_151_250, [], 90_151_250)


def test_the_years_go_from_the_first_movement_to_today(pool, offices):
    assert list(fund_year.years_of(pool, today=date(2027, 2, 1))) == [2025, 2026, 2027]


def test_a_pool_without_money_has_this_year(offices):
    empty = make_pool(offices, deposit_fen=0)
    assert list(fund_year.years_of(empty, today=date(2026, 2, 1))) == [2026]


@given(st.lists(st.tuples(st.integers(2024, 2027), st.integers(1, 12), st.integers(1, 10**9)), max_size=12))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_years_follow_on_one_another_whatever_moved(db, offices, moves):
    pool = make_pool(offices, programme=_another_programme(offices), deposit_fen=0)
    for year, month, amount_fen in moves:
        move_fund(pool, offices, kind=FundMoveKind.DEPOSIT, amount_fen=amount_fen, at=at(year, month, 1))
    balance_fen = 0
    for year in range(2024, 2028):
        book = fund_year.year_of(pool, year)
        assert book.opening_fen == balance_fen
        assert [line.balance_fen for line in book.lines][-1:] in ([], [book.closing_fen])
        balance_fen = book.closing_fen
    pool.refresh_from_db()
    assert balance_fen == pool.fund_balance_fen


def _another_programme(offices):
    """A pool of its own for each example: programmes have one each."""
    from loans.models import Programme

    number = Programme.objects.count() + 1
    return Programme.objects.create(code=f"p{number}", name="项目", short_name="项目", paper_prefix="石妇贷")
