"""How a figure that falls between two whole units is rounded. Whole-number arithmetic only, never a float."""

from enum import StrEnum


class Rounding(StrEnum):
    """A rounding rule, by the name that a policy and a loan store it under."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


def rounded(numerator: int, denominator: int, rounding: Rounding = Rounding.HALF_UP) -> int:
    """The ratio as a whole number. `denominator` is positive; a negative ratio mirrors the positive one."""
    return half_even(numerator, denominator) if rounding == Rounding.HALF_EVEN else half_up(numerator, denominator)


def half_up(numerator: int, denominator: int) -> int:
    """四舍五入: an exact half goes away from zero."""
    if numerator < 0:
        return -half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def half_even(numerator: int, denominator: int) -> int:
    """Banker's rounding: an exact half goes to the even neighbour."""
    whole, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and whole % 2):
        return whole + 1
    return whole
