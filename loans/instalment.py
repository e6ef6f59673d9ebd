"""The level payment that repays a balance over periods of unequal cost."""

from collections.abc import Sequence

from loans.rounding import Rounding, rounded


def level_instalment(
    balance_fen: int,
    costs: Sequence[int],
    denominator: int,
    *,
    first: tuple[int, int] | None = None,
    unit_fen: int = 1,
    rounding: Rounding = Rounding.HALF_UP,
) -> int:
    """P × Π(1 + f) ÷ Fₙ with F₁ = 1, F_k = 1 + F_(k−1) × (1 + f_k), as a multiple of `unit_fen`.

    The factors f are the interest of one period on one fen: `costs` over one denominator, after that of a
    running period (`first`, a ratio of its own) if there is one. Equal factors give the annuity formula,
    factors of zero an equal share. Everything is multiplied by the product of the denominators, which then
    cancels, so no digit is lost; told from the last period to the first, that takes two products a period.
    """
    growth, annuity = _growth_and_annuity(costs, denominator)
    if first is not None:
        numerator, its_denominator = first
        annuity = its_denominator * (annuity + growth)
        growth *= its_denominator + numerator
    return unit_fen * rounded(balance_fen * growth, annuity * unit_fen, rounding)


def _growth_and_annuity(costs: Sequence[int], denominator: int) -> tuple[int, int]:
    count = len(costs)
    if count and costs[0] and costs.count(costs[0]) == count:
        growth = (denominator + costs[0]) ** count
        return growth, denominator * (growth - denominator**count) // costs[0]
    growth, annuity = 1, 0
    for cost in reversed(costs):
        annuity = denominator * (annuity + growth)
        growth *= denominator + cost
    return growth, annuity
