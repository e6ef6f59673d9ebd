"""Days and hours of the half-year: every act at an hour when its office is open, in the order in which it happened."""

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from accounts.working_days import Calendar
from records.unit_of_work import unit_of_work

SHANGHAI = ZoneInfo("Asia/Shanghai")

# A story says when it goes on; what stands between two yields is one act.
Story = Iterator[datetime]


class Diary:
    """Plays stories side by side, each act as one unit of work, up to the last moment."""

    def __init__(self, *, until: datetime) -> None:
        self.until = until
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._count = 0

    def add(self, story: Story) -> None:
        self._go_on(story)

    def play(self) -> None:
        while self._waiting:
            _at, _order, story = heapq.heappop(self._waiting)
            self._go_on(story)

    def _go_on(self, story: Story) -> None:
        at = unit_of_work(_next_moment(story), by=None, at=self.until)
        if at is not None and at <= self.until:
            self._count += 1
            heapq.heappush(self._waiting, (at, self._count, story))


def _next_moment(story: Story) -> Callable[[], datetime | None]:
    return lambda: next(story, None)


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def working_day(calendar: Calendar, start: date, n: int) -> date:
    """The n-th working day after a day; 0 is the day itself, or the next working day where it is a rest day."""
    if n == 0:
        return start if calendar.is_working(start) else calendar.next_working_day(start)
    return calendar.nth_working_day_after(start, n)
