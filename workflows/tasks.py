"""What the worker does by the clock (django-q2); the only place below the pages that asks what time it is.

Each task is short, and safe to run twice or late: nothing is counted up, everything is read from what happened.
"""

from django.utils import timezone

from applicants import call_backs, survey_ledger
from loans import charging
from records import outbox
from workflows import doorsteps, escalations, limitation_reminders, matter_alarms, reminders
from workflows.passing_time import let_time_pass, office_clocks


def watch_clocks() -> int:
    """Raise the alarms that are due; say how many rang."""
    now = timezone.now()
    rang = 0
    for clock in office_clocks():
        rang += escalations.look_at_clocks(by=clock, at=now)
        matter_alarms.look_at_matters(by=clock, at=now)
    call_backs.remind_heads(at=now)
    doorsteps.tell_of_undelivered(at=now)
    return rang


def forget_numbers() -> int:
    """Phone numbers that were left for one call, and what was told at a door a year ago; say how many are forgotten."""
    now = timezone.now()
    return call_backs.forget_numbers(at=now) + survey_ledger.forget(at=now)


def pass_time() -> int:
    """Lapse, end and call up what is due; say how many cases moved."""
    now = timezone.now()
    return sum(let_time_pass(by=clock, at=now) for clock in office_clocks())


def remind_of_instalments() -> int:
    """Owe the messages before instalments; say how many women were looked at."""
    return reminders.remind(at=timezone.now())


def remind_of_limitation() -> int:
    """Owe the lines before a claim lapses; say how many claims are near it."""
    return limitation_reminders.remind(at=timezone.now())


def charge_interest() -> int:
    """Book what fell due on the loans of each bank that has its own system here; say how many were looked at."""
    now = timezone.now()
    return sum(charging.charge_all(by=bank, at=now) for bank in charging.bank_systems())


def deliver_notices() -> int:
    """Send the messages that are owed; say how many went out."""
    return outbox.send_due(now=timezone.now)
