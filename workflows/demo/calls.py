"""Who left a number to be called, and how the calls went. Made-up numbers."""

from datetime import date, timedelta
from typing import Final

from applicants import call_backs
from applicants.models.call_back import Outcome
from workflows.demo.diary import at_hour
from workflows.demo.office import Office

# Days before the end, the hour, how it ended, and what was noted; no outcome is a call that still waits.
CALLS: Final[tuple[tuple[int, int, Outcome | None, str], ...]] = (
    (9, 10, Outcome.EXPLAINED, "问养奶羊能不能贷，讲了条件，她先去自查"),
    (8, 15, Outcome.BEGINS, "不会用手机，请石榴村妇联上门帮她填"),
    (6, 9, Outcome.UNREACHED, "上午下午各打一次，都关机"),
    (2, 11, Outcome.EXPLAINED, "问利息谁出，念了一遍算账页"),
    (1, 16, None, ""),
    (0, 9, None, ""),
    (0, 15, None, ""),
)


def make_calls(office: Office, *, ends_on: date) -> None:
    city = office.people["city"]
    for number, (days_ago, hour, outcome, note) in enumerate(CALLS):
        at = at_hour(ends_on - timedelta(days=days_ago), hour, 12)
        call = call_backs.ask(f"1371{number:07d}", address=f"10.0.0.{number}", at=at)
        if outcome is not None:
            call_backs.take(call, by=city, at=at + timedelta(hours=1))
            call_backs.close(call, outcome=outcome, note=note, by=city, at=at + timedelta(hours=2))
