"""manage.py subsidy: who bears the interest of some days, without a database."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from loans.interest import DayCount, Segment
from loans.management import arguments
from loans.money import plain_yuan
from loans.subsidy import Regime, subsidy, without_unsubsidised_years
from loans.wording import WORDS


class Command(BaseCommand):
    help = _("算贴息：这些天的利息是多少，政府补多少，本人付多少")
    requires_system_checks: list[str] = []  # arithmetic only: an empty database is no obstacle

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--principal", type=arguments.amount, required=True, metavar="YUAN")
        parser.add_argument("--rate", type=arguments.rate, required=True, metavar="PERCENT")
        parser.add_argument("--lpr", type=arguments.rate, required=True, metavar="PERCENT")
        parser.add_argument("--regime", choices=arguments.values(Regime), required=True)
        parser.add_argument(
            "--start", type=arguments.day, metavar="DATE", help=_("放款日，贴息有年限时从它起算；不写就是 --from 那天")
        )
        parser.add_argument("--from", type=arguments.day, required=True, metavar="DATE", dest="from_on")
        parser.add_argument("--to", type=arguments.day, required=True, metavar="DATE", dest="to_on")
        parser.add_argument("--day-count", choices=arguments.values(DayCount), default=DayCount.ACTUAL_360.value)

    def handle(self, *args: Any, **options: Any) -> None:
        principal_fen = options["principal"]
        if options["to_on"] <= options["from_on"]:
            raise CommandError(str(WORDS["dates_out_of_order"]))
        start_on = options["start"] or options["from_on"]
        if start_on > options["from_on"]:
            raise CommandError(str(WORDS["start_after_from"]))
        regime = Regime(options["regime"])
        whole = Segment(options["from_on"], options["to_on"], principal_fen, subsidised_fen=principal_fen)
        split = subsidy(
            without_unsubsidised_years([whole], regime=regime, start_on=start_on),
            annual_rate_ppm=options["rate"],
            lpr_ppm=options["lpr"],
            regime=regime,
            day_count=DayCount(options["day_count"]),
        )
        answer = {
            "days": split.days,
            "interest": plain_yuan(split.interest_fen),
            "subsidy": plain_yuan(split.subsidy_fen),
            "borrower": plain_yuan(split.borrower_fen),
        }
        self.stdout.write(json.dumps(answer, indent=2))
