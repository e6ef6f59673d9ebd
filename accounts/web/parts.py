"""The rows that shared components draw. A view fills them with words; a component only lays them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

Tone = Literal["", "ok", "soon", "late", "late-o", "hold", "info"]


@dataclass(frozen=True)
class Link:
    """Where one can go, as a line in a list of links. `icon` is a name of the sprite."""

    url: str
    label: str
    icon: str = ""


@dataclass(frozen=True)
class NavItem:
    """One entry of the staff navigation."""

    url: str
    label: str
    is_current: bool = False


@dataclass(frozen=True)
class Step:
    """One of the fixed steps of the progress tracker; `when` is a short text such as 「10 月 12 日前」."""

    label: str
    state: Literal["done", "now", "hold", "wait"]
    when: str = ""
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One thing that was done, in a timeline: newest first."""

    at: datetime
    text: str
    by: str = ""


@dataclass(frozen=True)
class TaskRow:
    """One step of the application in its task list. Without `url` it cannot be filled in yet."""

    label: str
    status: str
    url: str = ""
    note: str = ""
    is_done: bool = False


@dataclass(frozen=True)
class SummaryRow:
    """One answer on a summary card; `url` is where it is changed, or filled in while `value` is empty."""

    label: str
    value: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class CostRow:
    """One line of the cost box: a plain one, what the treasury refunds, or the sum she pays herself."""

    label: str
    amount: str
    note: str = ""
    kind: Literal["plain", "refund", "sum"] = "plain"


@dataclass(frozen=True)
class Segment:
    """One part of a limit: its share of the whole in millionths, and its `amount` in words (「250 万元」)."""

    label: str
    amount: str
    share_ppm: int
    kind: Literal["paid", "promised", "asked", "free"]


@dataclass(frozen=True)
class Stat:
    """One figure with its unit. `detail` says what it is compared with; `url` opens the list behind it."""

    label: str
    value: str
    unit: str = ""
    detail: str = ""
    url: str = ""
    tone: Literal["", "key", "over"] = ""


@dataclass(frozen=True)
class FindingRow:
    """One rule of the policy beside what was found, all of it in words."""

    rule: str
    found: str
    required: str
    outcome: Literal["met", "not_met", "ask"]
    clause: str
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """A label and its value, for identity bars and key-value lists."""

    label: str
    value: str


@dataclass(frozen=True)
class Identity:
    """Whose case this is, at the head of its page. `id_number` is masked until `reveal_url` is posted to."""

    name: str
    number: str
    detail: str = ""
    facts: Sequence[Fact] = ()
    id_number: str = ""
    reveal_url: str = ""


class Countdown(Protocol):
    """A number of working days that runs down: the promise of seven or a stage's budget, as it stands today.

    `used` counts the complete counted days, `left` is days − used: 1 on the last day, 0 or less after it.
    `days_over` is 0 while it isn't breached.
    """

    @property
    def days(self) -> int: ...

    @property
    def used(self) -> int: ...

    @property
    def left(self) -> int: ...

    @property
    def days_over(self) -> int: ...

    @property
    def due_on(self) -> date | None: ...

    @property
    def is_paused(self) -> bool: ...

    @property
    def is_stopped(self) -> bool: ...

    @property
    def is_breached(self) -> bool: ...
