"""manage.py demo: 石榴市 and its half-year, told by calling the stages."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from accounts.calendars import calendar_in_force
from accounts.models import Region
from workflows.demo import calls, doors, half_year, merit, mutual_help, office, policy, registers
from workflows.demo.diary import at_hour
from workflows.demo.plan import HALF_YEAR


class Command(BaseCommand):
    help = "Fill an empty database with the demo office; where it is there already, change nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="the last day of its half-year (default: today)")

    def handle(self, *_args: Any, on: date | None, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("the demo office is made up and stays out of production")
        if Region.objects.filter(code=office.CITY_CODE).exists():
            self.stdout.write("The demo office is there already; nothing was changed.")
        elif Region.objects.exists():
            raise CommandError("this database has an office of its own; the demo needs an empty one")
        else:
            # What the office writes to its women is Chinese, whatever language the operator speaks.
            with override("zh-hans"):
                make(on or timezone.localdate())
        self.stdout.write(log_ins())


def make(ends_on: date) -> None:
    """Make the office and live its half-year up to the evening of that day."""
    opened_on = ends_on - HALF_YEAR - timedelta(days=7)
    opened_at = at_hour(opened_on, 9)
    regions = office.make_regions(opened_on)
    offices = office.make_organisations(regions)
    people = office.make_people(offices, at=opened_at)
    _policy, pool = policy.make_programme(offices, people, opened_at=opened_at, valid_from=opened_on)
    villages = {name: region for name, region in regions.items() if region.level == "village"}
    merit.make_merit(regions.values(), by=people["leader"], at=opened_at, year=ends_on.year)
    registers.make_registers(list(villages.values()), ends_on=ends_on)
    mutual_help.make_mutual_help(offices["石榴市"], people, list(villages.values()), ends_on=ends_on)
    demo_office = office.Office(villages=villages, people=people, pool=pool)
    half_year.live_it(demo_office, calendar=calendar_in_force(), ends_on=ends_on)
    calls.make_calls(demo_office, ends_on=ends_on)
    doors.make_doors(demo_office, ends_on=ends_on)
    doors.make_ledger(demo_office, ends_on=ends_on)
    doors.make_reminders(demo_office, ends_on=ends_on)


def log_ins() -> str:
    """Who may sign in, and how; for the demo only."""
    with override("zh-hans"):
        lines = [f"  {login:<12} {role.label} {name}" for login, name, _place, role, _head in office.PEOPLE]
    return "\n".join(
        [
            f"Staff sign in at /staff/login with password {office.PASSWORD}:",
            *lines,
            "Women sign in at /login with any mobile number; the code arrives on the page /outbox.",
        ]
    )
