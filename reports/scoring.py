"""The arithmetic of the yearly scores: shares, their weighted mean, and ranks in which equals stand side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

WHOLE: Final = Decimal(100)
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True)
class Share:
    """So many of so many; of nothing there is no share."""

    part: int
    whole: int

    @property
    def points(self) -> Decimal | None:
        """0 to 100. What is above the whole, such as a target that was exceeded, counts as the whole."""
        if self.whole == 0:
            return None
        return min(WHOLE, max(Decimal(0), WHOLE * self.part / self.whole))


def score(shares: Mapping[str, Share], weights: Mapping[str, int]) -> Decimal | None:
    """The weighted mean to a tenth; what can't be measured is left out, and the rest carries its weight.

    None where nothing can be measured.
    """
    measured = {name: points for name, share in shares.items() if (points := share.points) is not None}
    weight = sum(weights[name] for name in measured)
    if not weight:
        return None
    total = sum((weights[name] * points for name, points in measured.items()), Decimal(0))
    return (total / weight).quantize(_TENTH, rounding=ROUND_HALF_UP)


def ranks(scores: Sequence[Decimal | None]) -> list[int | None]:
    """1, 2, 2, 4: as many as are better, and one. Whoever has no score has no rank."""
    ranked = [one for one in scores if one is not None]
    return [None if one is None else 1 + sum(other > one for other in ranked) for one in scores]
