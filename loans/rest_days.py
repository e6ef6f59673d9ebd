"""What a policy makes of due dates on days of rest, by the calendar in force."""

from accounts.calendars import calendar_in_force
from loans.models import Policy
from loans.schedule import RestDayRule, RestDays


def rest_days_of(policy: Policy) -> RestDays | None:
    """The rule with its calendar; None where dates stay, and no calendar need be read."""
    rule = RestDayRule(policy.rest_day_rule)
    return None if rule == RestDayRule.STAY else RestDays(rule, calendar_in_force())
