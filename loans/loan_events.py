"""What the bank reports of one loan, and which of it counts on a day."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class EventKind(StrEnum):
    """What the bank reports."""

    PAYOUT = "payout"
    REPAYMENT = "repayment"
    REVERSAL = "reversal"


class Event(NamedTuple):
    """One movement at the bank. `ref` is its own name; `reverses` names the event that a reversal takes back.

    `sequence` orders the events of one day as the bank's books have them, not as they reached us. `is_early` says
    that she means to repay principal before it is due: such a payment is never held for the next due date.
    """

    kind: EventKind
    value_on: date
    sequence: int
    amount_fen: int
    ref: str
    reverses: str = ""
    is_early: bool = False


class BadEvents(ValueError):
    """Events that can't all be true. `code` says why, `ref` of which; the words are in loans/wording.py."""

    def __init__(self, code: str, ref: str) -> None:
        super().__init__(code)
        self.code = code
        self.ref = ref


def standing(events: Iterable[Event], *, start_on: date, on: date) -> list[Event]:
    """The payouts and repayments that count on that day, in the order of their value dates. Raises BadEvents."""
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
    counted = [event for event in known if event.ref not in taken_back]
    for event in counted:
        if event.amount_fen <= 0:
            raise BadEvents("event_amount_not_positive", event.ref)
        if event.value_on < start_on:
            raise BadEvents("event_before_start", event.ref)
    # By name a payout comes before a repayment, as it must on the day of both.
    return sorted(counted, key=lambda event: (event.value_on, event.kind, event.sequence, event.ref))
