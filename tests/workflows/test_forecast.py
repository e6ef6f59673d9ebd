"""How soon the last cases had their money, said of enough of them only."""

from datetime import date, timedelta

from accounts.working_days import Calendar
from tests.makers.cases import MONDAY, a_case_in
from workflows import forecast
from workflows.states import State

FRIDAY = date(2026, 9, 11)


def spans(*days):
    """Accepted on Monday 14 September, paid so many days later in the same week."""
    monday = date(2026, 9, 14)
    return [(monday, monday + timedelta(days=more)) for more in days]


def test_nine_of_ten_decide_the_days_and_all_within_them_are_counted():
    fast_and_slow = spans(*[2] * 10, *[3] * 8, 4, 4)
    assert forecast.of_spans(fast_and_slow, calendar=Calendar(())) == (20, 18, 3)


def test_rest_days_dont_count_and_neither_does_the_day_of_acceptance():
    weekend = [(FRIDAY, date(2026, 9, 14))] * 20
    assert forecast.of_spans(weekend, calendar=Calendar(())) == (20, 20, 1)


def test_of_a_handful_nothing_is_said(offices, programme, monkeypatch):
    for _more in range(2):
        a_case_in(State.DISBURSED, offices)
    assert forecast.in_words(programme) == ""
    monkeypatch.setattr(forecast, "ENOUGH", 2)
    assert forecast.in_words(programme) == "最近 2 件，2 件受理后 0 个工作日内到账，等她们补材料、签字的日子也算在内。"


def test_only_the_last_are_looked_at(offices, programme, monkeypatch):
    monkeypatch.setattr(forecast, "ENOUGH", 1)
    monkeypatch.setattr(forecast, "LAST", 1)
    a_case_in(State.DISBURSED, offices, at=MONDAY)
    a_case_in(State.DISBURSED, offices, at=MONDAY + timedelta(days=1))
    found = forecast.forecast(programme)
    assert found is not None
    assert found.cases == 1
