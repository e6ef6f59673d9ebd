"""manage.py deadline --start 2026-09-17 --days 7 [--pause 2026-09-22..2026-10-09]… [--format text|json]"""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.calendars import calendar_in_force
from accounts.models import WorkingDay
from accounts.working_days import Calendar
from records.clock import Deadline, Pause, deadline


class Command(BaseCommand):
    # It answers on a database without tables, which the checks would refuse.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("从起算日算几个工作日，最晚哪天办完")
        parser.add_argument("--start", type=_day, required=True, help=_("起算日，当天不算"))
        parser.add_argument("--days", type=_days, required=True, help=_("工作日天数"))
        parser.add_argument(
            "--pause",
            type=_pause,
            action="append",
            default=[],
            help=_("暂停的首日..末日；没有末日是还没结束"),
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(
        self,
        *args: object,
        start: date,
        days: int,
        pause: list[Pause],
        format: str,  # noqa: A002 — the option's name
        **options: object,
    ) -> None:
        calendar = _calendar()
        promised = deadline(start, days=days, pauses=pause, calendar=calendar)
        self.stdout.write(_as_json(promised) if format == "json" else _as_text(promised, calendar))


def _calendar() -> Calendar:
    """With the notices entered, where there is a table of them; the official years need none."""
    if WorkingDay._meta.db_table in connection.introspection.table_names():
        return calendar_in_force()
    return Calendar()


def _as_json(promised: Deadline) -> str:
    return json.dumps(
        {
            "due_on": promised.due_on and promised.due_on.isoformat(),
            "provisional": promised.provisional,
            "counted": [day.isoformat() for day in promised.counted],
        }
    )


def _as_text(promised: Deadline, calendar: Calendar) -> str:
    if promised.due_on:
        lines = [_("最晚 %(date)s 办完") % {"date": _named(promised.due_on)}]
    else:
        lines = [_("到期日待定，暂停结束后才算得出")]
    if promised.provisional:
        lines.append(_("有的日子还没有放假通知，是推定的，通知出来后会再算"))
    for number, day in enumerate(promised.counted, start=1):
        made_up = _("（%(name)s调休上班）") % {"name": calendar.name_of(day)} if calendar.name_of(day) else ""
        lines.append(_("第 %(number)d 天 %(date)s") % {"number": number, "date": _named(day)} + made_up)
    return "\n".join(lines)


def _named(day: date) -> str:
    return date_format(day, "Y-m-d D")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise ArgumentTypeError(_("日期写成 2026-09-17，不是 %(text)s") % {"text": text}) from problem


def _days(text: str) -> int:
    if not (text.isdecimal() and len(text) < 5 and int(text) >= 1):
        raise ArgumentTypeError(_("天数写 1 到 9999，不是 %(text)s") % {"text": text})
    return int(text)


def _pause(text: str) -> Pause:
    first, separator, last = text.partition("..")
    if not separator:
        raise ArgumentTypeError(_("暂停写成 2026-09-22..2026-10-09，不是 %(text)s") % {"text": text})
    started_on, ended_on = _day(first), _day(last) if last else None
    if ended_on is not None and ended_on < started_on:
        raise ArgumentTypeError(_("暂停的末日早于首日：%(text)s") % {"text": text})
    return Pause(started_on, ended_on, reason="")
