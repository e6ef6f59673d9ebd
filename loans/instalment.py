"""The level payment that repays a balance over periods of unequal cost."""

from collections.abc import Iterable

from loans.rounding import Rounding, rounded


def level_instalment(
    balance_fen: int,
    factors: Iterable[tuple[int, int]],
    *,
    unit_fen: int = 1,
    rounding: Rounding = Rounding.HALF_UP,
) -> int:
    """P × Π(1 + f) ÷ Fₙ with F₁ = 1, F_k = 1 + F_(k−1) × (1 + f_k), as a multiple of `unit_fen`.

    `factors` are the interest of one period on one fen, as exact ratios (numerator, denominator). Equal
    factors give the annuity formula, factors of zero an equal share. Everything is multiplied by the product
    of the denominators, which then cancels, so no digit is lost.
    """
    growth, annuity, denominators = 1, 0, 1
    for numerator, denominator in factors:
        growth *= denominator + numerator
        denominators *= denominator
        annuity = annuity * (denominator + numerator) + denominators
    return unit_fen * rounded(balance_fen * growth, annuity * unit_fen, rounding)
