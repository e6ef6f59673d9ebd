"""manage.py schedule: the repayment schedule of any terms, without a database."""

import csv
import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.working_days import Calendar
from loans.management import arguments
from loans.money import format_yuan, plain_yuan
from loans.schedule import (
    BadTerms,
    DayCount,
    Frequency,
    Method,
    RestDayRule,
    RestDays,
    Rounding,
    Row,
    Terms,
    build,
    periods_of_months,
    totals,
    years,
)
from loans.wording import WORDS

COLUMNS = ("number", "due_on", "principal", "interest", "payment", "balance")
YEAR_COLUMNS = ("year", *COLUMNS[2:])


class Command(BaseCommand):
    help = _("算还款计划：每期哪天还、还多少本金和利息、还剩多少")
    requires_system_checks: list[str] = []  # arithmetic only: an empty database is no obstacle

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("--principal", type=arguments.amount, required=True, metavar="YUAN")
        add("--rate", type=arguments.rate, required=True, metavar="PERCENT", help=_("年利率"))
        add("--start", type=arguments.day, required=True, metavar="DATE", help=_("放款日"))
        length = parser.add_mutually_exclusive_group(required=True)
        length.add_argument("--periods", type=int, help=_("期数：几个月或几个季度"))
        length.add_argument("--months", type=int, help=_("期限，按月数"))
        add("--method", choices=arguments.values(Method), required=True)
        add("--frequency", choices=arguments.values(Frequency), default=Frequency.MONTHLY.value)
        add("--day-count", choices=arguments.values(DayCount), default=DayCount.THIRTY_360.value)
        add("--rounding", choices=arguments.values(Rounding), default=Rounding.HALF_UP.value)
        add("--settlement-day", type=int, metavar="DAY", help=_("结息日：利息算到这天，第二天收"))
        add(
            "--rest-day",
            choices=arguments.values(RestDayRule),
            default=RestDayRule.STAY.value,
            help=_("还款日遇到休息日"),
        )
        add("--grace", type=int, default=0, metavar="N", help=_("前几期只付利息"))
        add("--instalment-unit", type=arguments.amount, default=1, metavar="YUAN", help=_("每期取整到几元"))
        add("--instalment", type=arguments.amount, metavar="YUAN", help=_("说定的每期还款额"))
        self._add_changes(parser)
        add("--format", choices=list(WRITERS), default="table")

    def _add_changes(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rate-change",
            type=arguments.rate_change,
            action="append",
            default=[],
            metavar="DATE=PERCENT",
            help=_("从这天起用新利率，可以写几次"),
        )
        parser.add_argument(
            "--prepay",
            type=arguments.prepayment,
            action="append",
            default=[],
            metavar="DATE=YUAN,shorten|reduce",
            help=_("提前还本金，之后缩短期限或减少每期还款，可以写几次"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = build(_terms(options))
        except BadTerms as bad:
            raise CommandError(str(WORDS[bad.code])) from None
        WRITERS[options["format"]](self, rows)

    def write_table(self, rows: tuple[Row, ...]) -> None:
        lines = [COLUMNS, *(_cells(row, format_yuan) for row in rows)]
        total = totals(rows)
        lines += [("", str(year), *map(format_yuan, amounts)) for year, *amounts in years(rows)]
        lines.append(("", "", *(format_yuan(fen) for fen in total), ""))
        widths = [max(len(line[column]) for line in lines) for column in range(len(COLUMNS))]
        for line in lines:
            cells = (cell.rjust(width) for cell, width in zip(line, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())

    def write_json(self, rows: tuple[Row, ...]) -> None:
        total = totals(rows)
        answer = {
            "rows": [
                {**dict(zip(COLUMNS, _cells(row, plain_yuan), strict=True)), "number": row.number} for row in rows
            ],
            "years": [
                {"year": year, **dict(zip(YEAR_COLUMNS[1:], map(plain_yuan, amounts), strict=True))}
                for year, *amounts in years(rows)
            ],
            "total_interest": plain_yuan(total.interest_fen),
            "total_principal": plain_yuan(total.principal_fen),
            "total_payment": plain_yuan(total.payment_fen),
        }
        self.stdout.write(json.dumps(answer, indent=2))

    def write_csv(self, rows: tuple[Row, ...]) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_cells(row, plain_yuan) for row in rows)


WRITERS: dict[str, Callable[[Command, tuple[Row, ...]], None]] = {
    "table": Command.write_table,
    "json": Command.write_json,
    "csv": Command.write_csv,
}


def _terms(options: dict[str, Any]) -> Terms:
    frequency = Frequency(options["frequency"])
    periods = options["periods"]
    return Terms(
        principal_fen=options["principal"],
        annual_rate_ppm=options["rate"],
        start_on=options["start"],
        periods=periods_of_months(options["months"], frequency) if periods is None else periods,
        method=Method(options["method"]),
        frequency=frequency,
        day_count=DayCount(options["day_count"]),
        rounding=Rounding(options["rounding"]),
        instalment_unit_fen=options["instalment_unit"],
        instalment_fen=options["instalment"],
        grace=options["grace"],
        settlement_day=options["settlement_day"],
        rest_days=_rest_days(RestDayRule(options["rest_day"])),
        rate_changes=tuple(options["rate_change"]),
        prepayments=tuple(options["prepay"]),
    )


def _rest_days(rule: RestDayRule) -> RestDays | None:
    """By the official years alone: what an office entered later stands in its database."""
    return None if rule == RestDayRule.STAY else RestDays(rule, Calendar())


def _cells(row: Row, written: Callable[[int], str]) -> tuple[str, ...]:
    money = (row.principal_fen, row.interest_fen, row.payment_fen, row.balance_fen)
    return (str(row.number), row.due_on.isoformat(), *(written(fen) for fen in money))
