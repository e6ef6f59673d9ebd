"""Events of one loan, and where it stands after them."""

from loans.replay import Event, EventKind, replay
from loans.schedule import build
from loans.subsidy import Regime, SubsidyPayment, SubsidyTerms

HALF_WAIVED = SubsidyTerms(Regime.HALF, lpr_ppm=30_000, payment=SubsidyPayment.WAIVED)
HALF_REFUNDED = SubsidyTerms(Regime.HALF, lpr_ppm=30_000, payment=SubsidyPayment.REFUND)


def payout(terms):
    return Event(EventKind.PAYOUT, terms.start_on, 1, terms.principal_fen, "payout")


def repayment(value_on, amount_fen, ref="r", sequence=1):
    return Event(EventKind.REPAYMENT, value_on, sequence, amount_fen, ref)


def reversal(value_on, reverses, ref="reversal"):
    return Event(EventKind.REVERSAL, value_on, 1, 0, ref, reverses=reverses)


def position(terms, events, on, **given_):
    return replay(
        schedule_rows=build(terms),
        annual_rate_ppm=terms.annual_rate_ppm,
        day_count=terms.day_count,
        start_on=terms.start_on,
        events=[payout(terms), *events],
        on=on,
        rounding=terms.rounding,
        **given_,
    )
