from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from applicants.age import AGE_BANDS, birthday, full_years


def test_a_leap_day_child_grows_older_on_the_first_of_march():
    born = date(2008, 2, 29)
    assert (full_years(born, date(2026, 2, 28)), full_years(born, date(2026, 3, 1))) == (17, 18)
    assert birthday(born, 18) == date(2026, 3, 1)
    assert birthday(born, 20) == date(2028, 2, 29)


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 110))
def test_she_completes_the_years_on_her_birthday_and_not_a_day_before(birth_on, years):
    day = birthday(birth_on, years)
    assert full_years(birth_on, day) == years
    assert full_years(birth_on, day - timedelta(days=1)) == years - 1


def test_the_bands_leave_no_age_out():
    covered = {age for low, high in AGE_BANDS.values() for age in range(low, high + 1)}
    assert covered >= set(range(120))
