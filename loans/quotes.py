"""A quote: what a loan would cost, who pays it, and when."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from loans.interest import DayCount, Segment
from loans.rounding import Rounding
from loans.schedule import Frequency, Method, RestDays, Row, Terms, build, periods_of_months
from loans.subsidy import Regime, SubsidyPayment, SubsidyTerms, subsidy, without_unsubsidised_years


class QuoteRow(NamedTuple):
    """One instalment of a quote. `borrower_fen` is the interest that she bears in the end."""

    number: int
    due_on: date
    principal_fen: int
    interest_fen: int
    subsidy_fen: int
    borrower_fen: int
    due_from_her_fen: int
    """What she brings on that day: all of it where the subsidy is refunded, else without the subsidy."""


class Quote(NamedTuple):
    """The instalments and what they come to. `borrower_pays_fen` is interest, without the principal."""

    instalments: tuple[QuoteRow, ...]
    total_interest_fen: int
    subsidy_fen: int
    borrower_pays_fen: int
    subsidy_payment: SubsidyPayment


def quote(
    *,
    amount_fen: int,
    term_months: int,
    method: Method,
    start_on: date,
    annual_rate_ppm: int,
    frequency: Frequency,
    day_count: DayCount,
    settlement_day: int | None,
    rest_days: RestDays | None = None,
    subsidy_regime: Regime,
    lpr_ppm: int,
    subsidy_payment: SubsidyPayment,
    rounding: Rounding = Rounding.HALF_UP,
) -> Quote:
    """The quote for a loan paid out on `start_on` and repaid to plan. Subsidy is rounded once a period.

    Raises BadTerms.
    """
    terms = Terms(
        principal_fen=amount_fen,
        annual_rate_ppm=annual_rate_ppm,
        start_on=start_on,
        periods=periods_of_months(term_months, frequency),
        method=method,
        frequency=frequency,
        day_count=day_count,
        rounding=rounding,
        settlement_day=settlement_day,
        rest_days=rest_days,
    )
    instalments = tuple(_quote_rows(terms, SubsidyTerms(subsidy_regime, lpr_ppm, subsidy_payment)))
    return Quote(
        instalments,
        total_interest_fen=sum(row.interest_fen for row in instalments),
        subsidy_fen=sum(row.subsidy_fen for row in instalments),
        borrower_pays_fen=sum(row.borrower_fen for row in instalments),
        subsidy_payment=subsidy_payment,
    )


def _quote_rows(terms: Terms, subsidised: SubsidyTerms) -> Iterator[QuoteRow]:
    since_on, balance_fen = terms.start_on, terms.principal_fen
    for row in build(terms):
        period = Segment(since_on, row.due_on, balance_fen=balance_fen, subsidised_fen=balance_fen)
        subsidy_fen = _subsidy_fen(period, terms, regime=subsidised.regime, lpr_ppm=subsidised.lpr_ppm)
        yield _quote_row(row, subsidy_fen, subsidised.payment)
        since_on, balance_fen = row.due_on, row.balance_fen


def _subsidy_fen(period: Segment, terms: Terms, *, regime: Regime, lpr_ppm: int) -> int:
    return subsidy(
        without_unsubsidised_years((period,), regime=regime, start_on=terms.start_on),
        annual_rate_ppm=terms.annual_rate_ppm,
        lpr_ppm=lpr_ppm,
        regime=regime,
        day_count=terms.day_count,
        rounding=terms.rounding,
    ).subsidy_fen


def _quote_row(row: Row, subsidy_fen: int, subsidy_payment: SubsidyPayment) -> QuoteRow:
    is_waived = subsidy_payment == SubsidyPayment.WAIVED
    return QuoteRow(
        row.number,
        row.due_on,
        row.principal_fen,
        row.interest_fen,
        subsidy_fen,
        borrower_fen=row.interest_fen - subsidy_fen,
        due_from_her_fen=row.payment_fen - (subsidy_fen if is_waived else 0),
    )
