"""Where a loan stands on a day: its repayment events told again in the order of their value dates.

Nothing is stored that could drift. The order in which events were recorded doesn't matter, and a reversed event
leaves no trace.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from loans.accrual import Accrual
from loans.interest import DayCount, Segment
from loans.rounding import Rounding
from loans.schedule import Row
from loans.subsidy import SubsidyTerms


class EventKind(StrEnum):
    """What the bank reports."""

    PAYOUT = "payout"
    REPAYMENT = "repayment"
    REVERSAL = "reversal"


class Event(NamedTuple):
    """One movement at the bank. `ref` is its own name; `reverses` names the event that a reversal takes back.

    `sequence` orders the events of one day as the bank's books have them, not as they reached us.
    """

    kind: EventKind
    value_on: date
    sequence: int
    amount_fen: int
    ref: str
    reverses: str = ""


class Allocation(NamedTuple):
    """What one repayment was counted towards. `excess_fen` is more than she owed and goes back to her."""

    ref: str
    interest_fen: int
    principal_fen: int
    excess_fen: int


class BadEvents(ValueError):
    """Events that can't all be true. `code` says why, `ref` of which; the words are in loans/wording.py."""

    def __init__(self, code: str, ref: str) -> None:
        super().__init__(code)
        self.code = code
        self.ref = ref


@dataclass(frozen=True, slots=True)
class Position:
    """A loan at the end of a day. An amount due on that day is due, and not yet overdue.

    Interest due and paid are hers: where the subsidy is waived, the treasury's part is not in them.
    """

    principal_outstanding_fen: int
    principal_paid_fen: int
    interest_due_fen: int
    """Fallen due so far, paid or not."""
    interest_paid_fen: int
    interest_accrued_fen: int
    """Run up since the last due date and not due before the next."""
    subsidy_fen: int
    """The treasury's part of the interest that has fallen due, by the subsidy terms given."""
    overdue_principal_fen: int
    overdue_interest_fen: int
    overdue_since: date | None
    """The due date of the oldest instalment that isn't paid in full."""
    days_overdue: int
    allocations: tuple[Allocation, ...]
    segments: tuple[Segment, ...]
    """Days with one balance, from the payout to this day; their subsidised part is in term and not overdue."""
    is_settled: bool

    @property
    def interest_unpaid_fen(self) -> int:
        """Due and not paid."""
        return self.interest_due_fen - self.interest_paid_fen

    @property
    def payoff_fen(self) -> int:
        """What settles the loan on this day."""
        return self.principal_outstanding_fen + self.interest_unpaid_fen + self.interest_accrued_fen


def replay(
    *,
    schedule_rows: Sequence[Row],
    annual_rate_ppm: int,
    day_count: DayCount,
    start_on: date,
    events: Iterable[Event],
    on: date,
    subsidy_terms: SubsidyTerms | None = None,
    rounding: Rounding = Rounding.HALF_UP,
) -> Position:
    """Where the loan stands at the end of `on`, by the events known with a value date up to it.

    Interest runs on the actual balance and falls due on the schedule's due dates, after the last of them every
    day. A repayment pays interest due first, then principal: the oldest instalment due first, then principal
    not yet due. One that could repay all principal makes the interest run up to that day due (利随本清).
    Raises BadEvents.
    """
    account = _Account(
        schedule_rows,
        Accrual(
            start_on=start_on,
            due_dates=_interest_dates(schedule_rows),
            annual_rate_ppm=annual_rate_ppm,
            day_count=day_count,
            subsidy_terms=subsidy_terms,
            rounding=rounding,
        ),
    )
    standing = _standing(events, start_on=start_on, on=on)
    days = {event.value_on for event in standing} | {row.due_on for row in schedule_rows} | {on}
    for day in sorted(day for day in days if start_on <= day <= on):
        account.pass_to(day)
        for event in standing:
            if event.value_on == day:
                account.book(event)
    return account.position(on)


class _Account:
    """The running state of a replay."""

    def __init__(self, schedule_rows: Sequence[Row], accrual: Accrual) -> None:
        self._due_dates = [row.due_on for row in schedule_rows]
        self._principal_due_fen = list(accumulate(row.principal_fen for row in schedule_rows))
        self._accrual = accrual
        self._paid_out_fen = self._principal_paid_fen = self._interest_paid_fen = 0
        self._allocations: list[Allocation] = []

    def pass_to(self, day: date) -> None:
        """Let interest run up to the beginning of `day`."""
        overdue_fen = self._principal_late_fen(bisect_right(self._due_dates, self._accrual.since_on))
        balance_fen = self._balance_fen
        self._accrual.run_to(day, balance_fen=balance_fen, subsidised_fen=balance_fen - overdue_fen)

    def book(self, event: Event) -> None:
        if event.kind == EventKind.PAYOUT:
            self._paid_out_fen += event.amount_fen
            return
        if event.amount_fen >= self._balance_fen + self._interest_unpaid_fen:
            self._accrual.make_due()
        interest_fen = min(event.amount_fen, self._interest_unpaid_fen)
        principal_fen = min(event.amount_fen - interest_fen, self._balance_fen)
        self._interest_paid_fen += interest_fen
        self._principal_paid_fen += principal_fen
        excess_fen = event.amount_fen - interest_fen - principal_fen
        self._allocations.append(Allocation(event.ref, interest_fen, principal_fen, excess_fen))

    def position(self, on: date) -> Position:
        overdue_rows = bisect_left(self._due_dates, on)
        overdue_principal_fen = self._principal_late_fen(overdue_rows)
        overdue_interest_fen, interest_late_since = self._interest_late(on)
        since = [interest_late_since] if interest_late_since else []
        if overdue_principal_fen:
            since.append(self._due_dates[bisect_right(self._principal_due_fen, self._principal_paid_fen)])
        overdue_since = min(since, default=None)
        balance_fen = self._balance_fen
        return Position(
            principal_outstanding_fen=balance_fen,
            principal_paid_fen=self._principal_paid_fen,
            interest_due_fen=self._accrual.due_fen,
            interest_paid_fen=self._interest_paid_fen,
            interest_accrued_fen=self._accrual.not_yet_due_fen,
            subsidy_fen=self._accrual.subsidy_fen,
            overdue_principal_fen=overdue_principal_fen,
            overdue_interest_fen=overdue_interest_fen,
            overdue_since=overdue_since,
            days_overdue=(on - overdue_since).days if overdue_since else 0,
            allocations=tuple(self._allocations),
            segments=self._accrual.segments,
            is_settled=bool(self._paid_out_fen) and not balance_fen and not self._interest_unpaid_fen,
        )

    @property
    def _balance_fen(self) -> int:
        return self._paid_out_fen - self._principal_paid_fen

    @property
    def _interest_unpaid_fen(self) -> int:
        return self._accrual.due_fen - self._interest_paid_fen

    def _principal_late_fen(self, rows: int) -> int:
        """What is unpaid of the principal of the first so many instalments."""
        due_fen = self._principal_due_fen[rows - 1] if rows else 0
        return min(max(due_fen - self._principal_paid_fen, 0), self._balance_fen)

    def _interest_late(self, on: date) -> tuple[int, date | None]:
        """Interest that fell due before `on` and is unpaid, and since when."""
        due_fen, since = 0, None
        for charge in self._accrual.charges:
            if charge.due_on >= on:
                break
            due_fen += charge.amount_fen
            if since is None and due_fen > self._interest_paid_fen:
                since = charge.due_on
        return max(due_fen - self._interest_paid_fen, 0), since


def _interest_dates(schedule_rows: Sequence[Row]) -> tuple[date, ...]:
    """A row without interest is a prepayment between two due dates: no interest falls due on its day."""
    return tuple(row.due_on for row in schedule_rows if row.interest_fen or row is schedule_rows[-1])


def _standing(events: Iterable[Event], *, start_on: date, on: date) -> list[Event]:
    """The payouts and repayments that count on that day, in the order of their value dates."""
    by_ref: dict[str, Event] = {}
    for event in events:
        if event.ref in by_ref:
            raise BadEvents("event_ref_repeats", event.ref)
        by_ref[event.ref] = event
    known = [event for event in by_ref.values() if event.value_on <= on]
    reversals = [event for event in known if event.kind == EventKind.REVERSAL]
    for reversal in reversals:
        target = by_ref.get(reversal.reverses)
        if target is None or target.kind == EventKind.REVERSAL:
            raise BadEvents("reversal_of_nothing", reversal.ref)
    taken_back = {reversal.ref for reversal in reversals} | {reversal.reverses for reversal in reversals}
    standing = [event for event in known if event.ref not in taken_back]
    for event in standing:
        if event.amount_fen <= 0:
            raise BadEvents("event_amount_not_positive", event.ref)
        if event.value_on < start_on:
            raise BadEvents("event_before_start", event.ref)
    # By name a payout comes before a repayment, as it must on the day of both.
    return sorted(standing, key=lambda event: (event.value_on, event.kind, event.sequence, event.ref))
