"""manage.py subsidy: who bears the interest of some days, without a database."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from loans.interest import DayCount, Segment
from loans.management import arguments
from loans.money import plain_yuan
from loans.subsidy import Regime, subsidy
from loans.wording import WORDS


class Command(BaseCommand):
    help = _("算贴息：这些天的利息是多少，政府补多少，本人付多少")
    requires_system_checks: list[str] = []  # arithmetic only: an empty database is no obstacle

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--principal", type=arguments.amount, required=True, metavar="YUAN")
        parser.add_argument("--rate", type=arguments.rate, required=True, metavar="PERCENT")
        parser.add_argument("--lpr", type=arguments.rate, required=True, metavar="PERCENT")
        parser.add_argument("--regime", choices=["A", "B", "C"], required=True)
        parser.add_argument("--from", type=arguments.day, required=True, metavar="DATE", dest="from_on")
        parser.add_argument("--to", type=arguments.day, required=True, metavar="DATE", dest="to_on")
        parser.add_argument("--day-count", choices=arguments.values(DayCount), default=DayCount.ACTUAL_360.value)

    def handle(self, *args: Any, **options: Any) -> None:
        principal_fen = options["principal"]
        if options["to_on"] <= options["from_on"]:
            raise CommandError(str(WORDS["dates_out_of_order"]))
        split = subsidy(
            [Segment(options["from_on"], options["to_on"], principal_fen, subsidised_fen=principal_fen)],
            annual_rate_ppm=options["rate"],
            lpr_ppm=options["lpr"],
            regime=Regime(options["regime"]),
            day_count=DayCount(options["day_count"]),
        )
        answer = {
            "days": split.days,
            "interest": plain_yuan(split.interest_fen),
            "subsidy": plain_yuan(split.subsidy_fen),
            "borrower": plain_yuan(split.borrower_fen),
        }
        self.stdout.write(json.dumps(answer, indent=2))
