import pytest

from loans.age_wording import AGES, CLASSES
from loans.ageing import AgeBand, ClassDays, RiskClass, age_band, risk_class

DEMO = ClassDays(1, 91, 271, 361)


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, "current"),
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "over_90"),
    ],
)
def test_a_band_ends_with_its_last_day(days, band):
    assert age_band(days) == band


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (0, RiskClass.NORMAL),
        (1, RiskClass.SPECIAL_MENTION),
        (90, RiskClass.SPECIAL_MENTION),
        (91, RiskClass.SUBSTANDARD),
        (271, RiskClass.DOUBTFUL),
        (360, RiskClass.DOUBTFUL),
        (361, RiskClass.LOSS),
        (4_000, RiskClass.LOSS),
    ],
)
def test_a_class_begins_with_the_days_of_the_policy(days, found):
    assert risk_class(days, from_days=DEMO) == found


def test_another_policy_has_other_days():
    assert risk_class(31, from_days=ClassDays(1, 31, 61, 91)) == RiskClass.SUBSTANDARD


def test_every_band_and_class_has_a_name():
    assert set(AGES) == set(AgeBand)
    assert set(CLASSES) == set(RiskClass)
