"""A pool's quarters: they end on the settlement day of its policies, and each begins where the last claim ended."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from loans.claims.quarter import SETTLEMENT_DAY, Quarter, quarter_of
from loans.models import GuaranteePool, Policy
from records.models.decision import Outcome


class Rhythm(NamedTuple):
    """Settlement days by the day from which each is valid, in order; and the days on which claims ended."""

    settlement_days: Sequence[tuple[date, int]]
    ends: Sequence[date]

    def quarter_of(self, day: date) -> Quarter:
        """The quarter in which the day lies. After a change of settlement day one is shorter: no day is in two."""
        valid = [number for valid_from, number in self.settlement_days if valid_from <= day]
        first = self.settlement_days[0][1] if self.settlement_days else SETTLEMENT_DAY
        quarter = quarter_of(day, settlement_day=valid[-1] if valid else first)
        claimed = [end_on for end_on in self.ends if quarter.from_on < end_on <= day]
        return quarter._replace(from_on=max(claimed)) if claimed else quarter

    def through(self, first: date, last: date) -> Iterator[Quarter]:
        """The quarters from the one in which `first` lies, as far as they are over on `last`."""
        quarter = self.quarter_of(first)
        while quarter.to_on <= last:
            yield quarter
            following = self.quarter_of(quarter.to_on)
            quarter = following._replace(from_on=quarter.to_on)


def rhythm_of(pool: GuaranteePool) -> Rhythm:
    """In two queries. A policy without a settlement day follows the banks' usual one."""
    agreed = Policy.objects.filter(programme=pool.programme_id, decision__outcome=Outcome.APPROVED)
    days = agreed.order_by("valid_from", "pk").values_list("valid_from", "settlement_day")
    ends = pool.claims.order_by("to_on").values_list("to_on", flat=True)
    return Rhythm([(valid_from, day or SETTLEMENT_DAY) for valid_from, day in days], list(ends))
