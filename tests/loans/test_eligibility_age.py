from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applicants.age import BirthMonth, full_years
from loans import eligibility
from loans.findings import Facts, Outcome
from tests.loans.eligibility_cases import DEMO_TERMS, EVERY_SWITCH_ON, ON

MET, NOT_MET, ASK = Outcome.MET, Outcome.NOT_MET, Outcome.ASK


@pytest.mark.parametrize(
    ("birth_on", "outcome", "years"),
    [
        (date(2008, 9, 21), MET, 18),
        (date(2008, 9, 22), NOT_MET, 17),
        (date(1966, 9, 21), MET, 60),
        (date(1965, 9, 22), MET, 60),
        (date(1965, 9, 21), NOT_MET, 61),
    ],
)
def test_the_birthday_itself_counts_at_both_ends(birth_on, outcome, years):
    finding = eligibility.age(Facts(birth_on=birth_on), DEMO_TERMS, ON)
    assert (finding.outcome, finding.found.facts["low"], finding.found.facts["high"]) == (outcome, years, years)


@pytest.mark.parametrize(
    ("month", "on", "outcome"),
    [
        (BirthMonth(1985, 3), ON, MET),
        (BirthMonth(2008, 8), ON, MET),
        (BirthMonth(2008, 9), ON, ASK),
        (BirthMonth(2008, 9), date(2026, 9, 1), ASK),
        (BirthMonth(2008, 9), date(2026, 9, 30), MET),
        (BirthMonth(2008, 10), ON, NOT_MET),
        (BirthMonth(1965, 9), ON, ASK),
        (BirthMonth(1965, 9), date(2026, 9, 30), NOT_MET),
        (BirthMonth(1965, 8), ON, NOT_MET),
        (BirthMonth(1965, 10), ON, MET),
        (BirthMonth(2008, 2), date(2026, 2, 28), ASK),
    ],
)
def test_a_birth_month_is_asked_about_only_where_it_decides(month, on, outcome):
    assert eligibility.age(Facts(birth_month=month), DEMO_TERMS, on).outcome == outcome


@pytest.mark.parametrize(
    ("band", "outcome"), [((0, 17), NOT_MET), ((18, 30), MET), ((46, 60), MET), ((61, 150), NOT_MET), ((55, 65), ASK)]
)
def test_an_age_band_is_judged_as_a_whole(band, outcome):
    assert eligibility.age(Facts(age_band=band), DEMO_TERMS, ON).outcome == outcome


def test_who_is_too_young_hears_when_to_come_again():
    by_day = eligibility.age(Facts(birth_on=date(2008, 10, 15)), DEMO_TERMS, ON)
    assert by_day.found.facts["old_enough_on"] == "2026-10-15"
    by_month = eligibility.age(Facts(birth_month=BirthMonth(2008, 10)), DEMO_TERMS, ON)
    assert by_month.found.facts["old_enough_in"] == "2026-10"
    leap_day = eligibility.age(Facts(birth_on=date(2012, 2, 29)), DEMO_TERMS, ON)
    assert leap_day.found.facts["old_enough_on"] == "2030-03-01"
    by_band = eligibility.age(Facts(age_band=(0, 17)), DEMO_TERMS, ON)
    assert by_band.found.facts == {"low": 0, "high": 17}


def test_the_best_known_birth_date_decides():
    facts = Facts(birth_on=date(2010, 1, 1), birth_month=BirthMonth(1985, 3), age_band=(31, 45))
    assert eligibility.age(facts, DEMO_TERMS, ON).outcome == NOT_MET


@given(st.dates(date(1940, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_a_birth_month_never_contradicts_the_birthday(birth_on, on):
    by_day = eligibility.age(Facts(birth_on=birth_on), DEMO_TERMS, on)
    by_month = eligibility.age(Facts(birth_month=BirthMonth(birth_on.year, birth_on.month)), DEMO_TERMS, on)
    assert by_month.outcome in {ASK, by_day.outcome}
    assert (by_day.outcome == MET) is (18 <= full_years(birth_on, on) <= 60)


@given(st.dates(date(2009, 1, 1), date(2026, 1, 1)))
def test_on_the_day_she_was_told_she_is_old_enough(birth_on):
    on = date(2026, 9, 21)
    finding = eligibility.age(Facts(birth_on=birth_on), DEMO_TERMS, on)
    told = date.fromisoformat(str(finding.found.facts["old_enough_on"]))
    assert eligibility.age(Facts(birth_on=birth_on), DEMO_TERMS, told).outcome == MET


@pytest.mark.parametrize(
    ("birth_on", "term_months", "outcome", "years"),
    [
        (date(1968, 9, 20), 24, MET, 60),
        (date(1966, 9, 22), 12, MET, 60),
        (date(1965, 10, 1), 12, NOT_MET, 61),
        (date(1966, 9, 21), 36, NOT_MET, 63),
    ],
)
def test_age_and_term_together_are_judged_at_maturity(birth_on, term_months, outcome, years):
    facts = Facts(birth_on=birth_on, term_months=term_months)
    finding = eligibility.age_at_maturity(facts, EVERY_SWITCH_ON, ON)
    assert finding is not None
    assert (finding.outcome, finding.found.facts) == (outcome, {"years": years})
