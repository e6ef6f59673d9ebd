"""The running state of a replay: what is owed, what was received, and what it was counted towards."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from loans.accrual import Accrual
from loans.loan_events import Event, EventKind
from loans.penalty import AllocationOrder, LateCharges, ServicingTerms
from loans.position import Allocation, Applied, Position
from loans.schedule import Row


@dataclass(slots=True)
class _Money:
    """One repayment, and how much of it isn't counted towards anything yet."""

    ref: str
    left_fen: int
    is_held: bool = False

    def take(self, owed_fen: int) -> int:
        taken_fen = min(self.left_fen, owed_fen)
        self.left_fen -= taken_fen
        return taken_fen


class RunningAccount:
    """Passed from one day to the next, with the events of each day booked on it."""

    def __init__(
        self, schedule_rows: Sequence[Row], accrual: Accrual, late: LateCharges, terms: ServicingTerms
    ) -> None:
        self._due_dates = [row.due_on for row in schedule_rows]
        self._principal_due_fen = list(accumulate(row.principal_fen for row in schedule_rows))
        self._accrual, self._late, self._terms = accrual, late, terms
        self._paid_out_fen = self._principal_paid_fen = self._interest_paid_fen = 0
        self._penalty_paid_fen = self._compound_paid_fen = self._planned_interest_fen = 0
        self._received: list[_Money] = []
        self._applied: list[Applied] = []

    def pass_to(self, day: date) -> None:
        """Let interest run up to the beginning of `day`, and count what was held for it."""
        since_on, balance_fen = self._accrual.since_on, self._balance_fen
        overdue_fen = self._principal_due_by_fen(since_on)
        if self._due_dates and since_on <= self._due_dates[-1]:
            # What runs after maturity is late already, and isn't compounded.
            self._planned_interest_fen = self._accrual.due_fen
        self._late.run(
            since_on,
            day,
            overdue_principal_fen=overdue_fen,
            overdue_interest_fen=max(self._planned_interest_fen - self._interest_paid_fen, 0),
        )
        self._accrual.run_to(day, balance_fen=balance_fen, subsidised_fen=balance_fen - overdue_fen)
        if day in self._due_dates:
            self._count_held(day)

    def book(self, event: Event) -> None:
        if event.kind == EventKind.PAYOUT:
            self._paid_out_fen += event.amount_fen
            return
        day, due_on = event.value_on, None if event.is_early else self._due_soon(event.value_on)
        due_fen = self._late_and_interest_fen + self._principal_due_by_fen(day)
        to_come_fen = self._to_come_fen(day, due_on) if due_on else 0
        whole_fen, waiting_fen = event.amount_fen + self._held_fen, 0
        # The last instalment may come a few days before its interest ends; the sum of a pay-off pays off at once.
        is_payoff = whole_fen == self._owed_fen + self._accrual.not_yet_due_fen
        if whole_fen >= self._owed_fen and (is_payoff or not due_on or whole_fen > due_fen + to_come_fen):
            self._accrual.make_due()
            self._count_held(day)
        elif due_on:
            waiting_fen = min(max(event.amount_fen - due_fen, 0), max(to_come_fen - self._held_fen, 0))
        money = _Money(event.ref, event.amount_fen - waiting_fen)
        self._count(money, day)
        self._received.append(money)
        if waiting_fen:
            money.left_fen, money.is_held = waiting_fen, True

    def position(self, on: date) -> Position:
        overdue_since = self._overdue_since(on)
        return Position(
            principal_outstanding_fen=self._balance_fen,
            principal_paid_fen=self._principal_paid_fen,
            interest_due_fen=self._accrual.due_fen,
            interest_paid_fen=self._interest_paid_fen,
            interest_accrued_fen=self._accrual.not_yet_due_fen,
            subsidy_fen=self._accrual.subsidy_fen,
            overdue_principal_fen=self._principal_late_fen(bisect_left(self._due_dates, on)),
            overdue_interest_fen=self._interest_late(on)[0],
            overdue_since=overdue_since,
            days_overdue=(on - overdue_since).days if overdue_since else 0,
            allocations=tuple(self._allocation(money) for money in self._received),
            segments=self._accrual.segments,
            is_settled=bool(self._paid_out_fen) and not self._owed_fen,
            penalty_due_fen=self._late.penalty_fen,
            penalty_paid_fen=self._penalty_paid_fen,
            compound_due_fen=self._late.compound_fen,
            compound_paid_fen=self._compound_paid_fen,
            held_fen=self._held_fen,
            applied=tuple(self._applied),
        )

    @property
    def _balance_fen(self) -> int:
        return self._paid_out_fen - self._principal_paid_fen

    @property
    def _interest_unpaid_fen(self) -> int:
        return self._accrual.due_fen - self._interest_paid_fen

    @property
    def _penalty_unpaid_fen(self) -> int:
        return self._late.penalty_fen - self._penalty_paid_fen

    @property
    def _compound_unpaid_fen(self) -> int:
        return self._late.compound_fen - self._compound_paid_fen

    @property
    def _late_and_interest_fen(self) -> int:
        return self._penalty_unpaid_fen + self._compound_unpaid_fen + self._interest_unpaid_fen

    @property
    def _owed_fen(self) -> int:
        """All of it but the interest that isn't due yet."""
        return self._balance_fen + self._late_and_interest_fen

    @property
    def _held_fen(self) -> int:
        return sum(money.left_fen for money in self._received if money.is_held)

    def _count(self, money: _Money, day: date) -> None:
        """Take from it what is owed, in the order of the terms."""
        was_held, money.is_held = money.is_held, False
        principal_fen = money.take(self._principal_due_by_fen(day)) if self._is_principal_first(day) else 0
        interest_fen = 0
        if self._terms.allocation_order == AllocationOrder.INTEREST_PENALTY_PRINCIPAL:
            interest_fen = money.take(self._interest_unpaid_fen)
        penalty_fen = money.take(self._penalty_unpaid_fen)
        compound_fen = money.take(self._compound_unpaid_fen)
        interest_fen += money.take(self._interest_unpaid_fen - interest_fen)
        principal_fen += money.take(self._balance_fen - principal_fen)
        self._penalty_paid_fen += penalty_fen
        self._compound_paid_fen += compound_fen
        self._interest_paid_fen += interest_fen
        self._principal_paid_fen += principal_fen
        counted = Applied(day, money.ref, penalty_fen, compound_fen, interest_fen, principal_fen, was_held)
        if was_held or counted.total_fen:
            self._applied.append(counted)

    def _count_held(self, day: date) -> None:
        for money in self._received:
            if money.is_held:
                self._count(money, day)

    def _allocation(self, money: _Money) -> Allocation:
        parts = [one for one in self._applied if one.ref == money.ref]
        return Allocation(
            money.ref,
            interest_fen=sum(one.interest_fen for one in parts),
            principal_fen=sum(one.principal_fen for one in parts),
            excess_fen=0 if money.is_held else money.left_fen,
            penalty_fen=sum(one.penalty_fen for one in parts),
            compound_fen=sum(one.compound_fen for one in parts),
            held_fen=money.left_fen if money.is_held else 0,
        )

    def _due_soon(self, day: date) -> date | None:
        """The next due date, where money of that day waits for it."""
        index = bisect_right(self._due_dates, day)
        last = day + timedelta(days=self._terms.held_before_due_days)
        return self._due_dates[index] if index < len(self._due_dates) and self._due_dates[index] <= last else None

    def _to_come_fen(self, day: date, due_on: date) -> int:
        """What falls due on that day beside what is due already, if nothing is repaid until then."""
        overdue_fen = self._principal_due_by_fen(day)
        interest_fen = self._accrual.to_come_fen(
            due_on, balance_fen=self._balance_fen, subsidised_fen=self._balance_fen - overdue_fen
        )
        return interest_fen + self._principal_due_by_fen(due_on) - overdue_fen

    def _principal_due_by_fen(self, day: date) -> int:
        """What is unpaid of the principal that is due on that day or before."""
        return self._principal_late_fen(bisect_right(self._due_dates, day))

    def _principal_late_fen(self, rows: int) -> int:
        """What is unpaid of the principal of the first so many instalments."""
        due_fen = self._principal_due_fen[rows - 1] if rows else 0
        return min(max(due_fen - self._principal_paid_fen, 0), self._balance_fen)

    def _is_principal_first(self, day: date) -> bool:
        after_days = self._terms.principal_first_after_days
        since = None if after_days is None else self._overdue_since(day)
        return since is not None and after_days is not None and (day - since).days > after_days

    def _overdue_since(self, on: date) -> date | None:
        interest_since = self._interest_late(on)[1]
        since = [interest_since] if interest_since else []
        if self._principal_late_fen(bisect_left(self._due_dates, on)):
            since.append(self._due_dates[bisect_right(self._principal_due_fen, self._principal_paid_fen)])
        return min(since, default=None)

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
