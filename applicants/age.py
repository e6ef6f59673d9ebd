"""How old she is: full years, birthdays, and the coarser answers of those who give no date.

Pure: no framework, no clock.
"""

from calendar import monthrange
from datetime import date
from typing import Final, NamedTuple

# In full years, both ends included: for whoever would rather not tell her month of birth.
AGE_BANDS: Final = {
    "under_18": (0, 17),
    "18_to_30": (18, 30),
    "31_to_45": (31, 45),
    "46_to_60": (46, 60),
    "over_60": (61, 150),
}


class BirthMonth(NamedTuple):
    """Year and month of birth, which is all that the pre-check asks."""

    year: int
    month: int


def full_years(birth_on: date, on: date) -> int:
    """Full years of age; the birthday itself counts."""
    return on.year - birth_on.year - ((on.month, on.day) < (birth_on.month, birth_on.day))


def birthday(birth_on: date, years: int) -> date:
    """The day on which she completes so many years; 1 March where a leap day is missing."""
    try:
        return birth_on.replace(year=birth_on.year + years)
    except ValueError:
        return date(birth_on.year + years, 3, 1)


def full_months(birth_on: date, on: date) -> int:
    """Full months of age."""
    return (on.year - birth_on.year) * 12 + on.month - birth_on.month - (on.day < birth_on.day)


def possible_years(month: BirthMonth, on: date) -> tuple[int, int]:
    """The least and the greatest age in full years of somebody born in that month."""
    last_day = monthrange(month.year, month.month)[1]
    first, last = date(month.year, month.month, 1), date(month.year, month.month, last_day)
    return full_years(last, on), full_years(first, on)
