"""When the worker does what; `set_up` is safe to call on every start."""

from typing import Final

from django_q.models import Schedule

# Every minute for messages; alarms are due at midnight and at nine, five minutes later at the latest.
EVERY_MINUTES: Final[dict[str, int]] = {
    "workflows.tasks.deliver_notices": 1,
    "workflows.tasks.watch_clocks": 5,
    "workflows.tasks.pass_time": 5,
    "workflows.tasks.remind_of_instalments": 30,
    "workflows.tasks.charge_interest": 1440,
    "workflows.tasks.remind_of_limitation": 1440,
    "workflows.tasks.forget_numbers": 1440,
}


def set_up() -> None:
    """Put every task on the worker's timetable, and take off what is no longer one."""
    for function, minutes in EVERY_MINUTES.items():
        Schedule.objects.update_or_create(
            name=function, defaults={"func": function, "schedule_type": Schedule.MINUTES, "minutes": minutes}
        )
    Schedule.objects.filter(name__startswith="workflows.tasks.").exclude(name__in=EVERY_MINUTES).delete()
