from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.working_days import Calendar, WorkingDayNotice
from records.clock import Pause, Reading, Stay, charged_days, deadline, read
from tests.records.slow_clock import History, random_history, random_tables, walk

OFFICIAL = Calendar()
MONDAY = date(2026, 9, 28)  # day 1 is 29 September, day 7 is 13 October
DUE = date(2026, 10, 13)


def on(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def paused(first: str, last: str | None, reason: str = "papers") -> Pause:
    return Pause(on(first), on(last) if last else None, reason)


def reading(
    today: str,
    *,
    pauses: Collection[Pause] = (),
    stopped_on: str | None = None,
    valued_on: str | None = None,
) -> Reading:
    return read(
        started_on=MONDAY,
        days=7,
        pauses=pauses,
        calendar=OFFICIAL,
        today=on(today),
        stopped_on=on(stopped_on) if stopped_on else None,
        valued_on=on(valued_on) if valued_on else None,
    )


# Deadlines that others worked out


@pytest.mark.parametrize(
    ("accepted", "counted"),
    [
        ("09-17", ["09-18", "09-20", "09-21", "09-22", "09-23", "09-24", "09-28"]),
        ("09-30", ["10-08", "10-09", "10-10", "10-12", "10-13", "10-14", "10-15"]),
        ("02-13", ["02-14", "02-24", "02-25", "02-26", "02-27", "02-28", "03-02"]),
        ("04-30", ["05-06", "05-07", "05-08", "05-09", "05-11", "05-12", "05-13"]),
        ("09-28", ["09-29", "09-30", "10-08", "10-09", "10-10", "10-12", "10-13"]),
    ],
)
def test_seven_days_skip_festivals_and_count_worked_weekends(accepted, counted):
    promised = deadline(on(accepted), days=7, pauses=(), calendar=OFFICIAL)
    assert promised.counted == tuple(on(day) for day in counted)
    assert promised.due_on == on(counted[-1])
    assert not promised.provisional


def test_a_request_for_papers_stops_the_clock_from_its_day_to_the_day_they_come():
    promised = deadline(on("09-17"), days=7, pauses=[paused("09-22", "10-09")], calendar=OFFICIAL)
    expected = ["09-18", "09-20", "09-21", "10-10", "10-12", "10-13", "10-14"]
    assert promised.counted == tuple(on(day) for day in expected)


def test_a_pause_over_a_worked_saturday_moves_the_last_day_by_three():
    promised = deadline(MONDAY, days=7, pauses=[paused("10-09", "10-12")], calendar=OFFICIAL)
    assert promised.due_on == on("10-16")


def test_acceptance_on_a_day_of_rest_is_day_nought():
    assert deadline(on("10-03"), days=1, pauses=(), calendar=OFFICIAL).due_on == on("10-08")


def test_a_pause_within_one_day_takes_that_day_out():
    assert deadline(MONDAY, days=1, pauses=[paused("09-29", "09-29")], calendar=OFFICIAL).due_on == on("09-30")


def test_a_pause_over_a_holiday_costs_nothing():
    pauses = [paused("10-01", "10-07")]
    assert deadline(MONDAY, days=7, pauses=pauses, calendar=OFFICIAL).due_on == DUE


def test_a_pause_on_the_day_of_acceptance_takes_out_that_day_only():
    assert deadline(MONDAY, days=7, pauses=[paused("09-28", "09-28")], calendar=OFFICIAL).due_on == DUE


def test_nobody_knows_the_last_day_while_a_pause_is_open():
    promised = deadline(MONDAY, days=7, pauses=[paused("10-08", None)], calendar=OFFICIAL)
    assert promised.due_on is None
    assert promised.counted == (on("09-29"), on("09-30"))


def test_a_pause_opened_after_the_last_day_does_not_hide_the_breach():
    shown = reading("10-15", pauses=[paused("10-15", None)])
    assert shown.due_on == DUE
    assert shown.is_breached
    assert shown.is_paused
    assert shown.days_over == 1  # the 14th; the 15th is taken out


# What the clock shows from day to day


@pytest.mark.parametrize(
    ("today", "used", "left", "is_breached", "days_over"),
    [
        ("09-28", 0, 7, False, 0),
        ("09-29", 0, 7, False, 0),
        ("09-30", 1, 6, False, 0),
        ("10-01", 2, 5, False, 0),
        ("10-08", 2, 5, False, 0),
        ("10-10", 4, 3, False, 0),
        ("10-12", 5, 2, False, 0),
        ("10-13", 6, 1, False, 0),
        ("10-14", 7, 0, True, 1),
        ("10-15", 8, -1, True, 2),
        ("10-17", 10, -3, True, 3),
        ("10-19", 10, -3, True, 4),
    ],
)
def test_one_day_is_left_on_the_last_day_and_none_after_it(today, used, left, is_breached, days_over):
    shown = reading(today)
    assert (shown.used, shown.left, shown.is_breached, shown.days_over) == (
        used,
        left,
        is_breached,
        days_over,
    )


def test_a_clock_that_ran_out_before_a_weekend_is_late_on_the_saturday():
    friday, saturday = on("10-16"), on("10-17")
    shown = read(started_on=on("10-15"), days=1, pauses=(), calendar=OFFICIAL, today=saturday)
    assert shown.due_on == friday
    assert (shown.left, shown.is_breached, shown.days_over) == (0, True, 1)


def test_the_clock_stops_while_we_wait_for_her():
    pauses = [paused("10-09", None, "papers")]
    for today in ("10-09", "10-12", "11-30"):
        shown = reading(today, pauses=pauses)
        assert (shown.used, shown.left, shown.is_paused) == (3, 4, True)
        assert shown.pause_reason == "papers"
        assert not shown.is_breached


def test_on_the_day_the_papers_come_nobody_waits_any_more_and_the_day_is_not_counted():
    pauses = [paused("10-09", "10-12")]
    on_the_day, on_the_next = reading("10-12", pauses=pauses), reading("10-14", pauses=pauses)
    assert not on_the_day.is_paused
    assert on_the_day.pause_reason == ""
    assert (on_the_day.used, on_the_day.due_on) == (3, on("10-16"))
    assert on_the_next.used == 4


def test_a_clock_read_back_to_a_day_within_a_pause_is_paused():
    assert reading("10-10", pauses=[paused("10-09", "10-12")]).is_paused


def test_the_reason_shown_is_that_of_the_pause_begun_last():
    pauses = [paused("10-10", None, "valuation"), paused("10-08", None, "papers")]
    assert reading("10-12", pauses=pauses).pause_reason == "valuation"


# Stopped clocks


@pytest.mark.parametrize(
    ("paid", "used", "is_breached"),
    [
        ("09-28", 0, False),
        ("09-29", 1, False),
        ("10-10", 5, False),
        ("10-11", 5, False),
        ("10-13", 7, False),
        ("10-14", 8, True),
    ],
)
def test_a_case_paid_on_its_day_five_used_five_days(paid, used, is_breached):
    shown = reading("12-31", stopped_on=paid)
    assert (shown.used, shown.left, shown.is_breached) == (used, 7 - used, is_breached)
    assert shown.is_stopped
    assert shown.days_over == int(is_breached)


def test_money_valued_in_time_is_in_time_however_late_it_is_recorded():
    assert reading("10-20", stopped_on="10-20").is_breached
    shown = reading("10-20", stopped_on="10-20", valued_on="10-13")
    assert not shown.is_breached
    assert (shown.used, shown.left, shown.days_over) == (7, 0, 0)


def test_money_valued_late_is_late_however_early_it_is_recorded():
    assert reading("10-13", stopped_on="10-13", valued_on="10-14").is_breached


def test_a_case_withdrawn_in_a_pause_is_stopped_and_waits_no_more():
    shown = reading("11-30", pauses=[paused("10-09", None)], stopped_on="10-12")
    assert (shown.is_stopped, shown.is_paused, shown.is_breached) == (True, False, False)
    assert (shown.used, shown.due_on) == (3, None)


def test_a_value_date_without_a_payment_is_a_mistake_of_the_program():
    with pytest.raises(AssertionError):
        reading("10-20", valued_on="10-13")


def test_a_pause_that_ends_before_it_begins_is_a_mistake_of_the_program():
    with pytest.raises(AssertionError):
        paused("10-09", "10-08")


# Who is charged


def charged(stays: list[Stay], today: str, **times: date) -> dict[str, int]:
    return charged_days(stays, started_on=MONDAY, pauses=(), calendar=OFFICIAL, today=on(today), **times)


def test_a_day_belongs_to_the_office_that_held_the_case_when_it_began():
    stays = [
        Stay("town", "survey", MONDAY, on("09-30")),
        Stay("city", "eligibility", on("09-30"), on("10-08")),
        Stay("guarantor", "guarantee", on("10-08"), on("10-08")),
        Stay("bank", "disbursement", on("10-08"), on("10-10")),
    ]
    assert charged(stays, "12-31", stopped_on=on("10-10")) == {"town": 2, "city": 1, "bank": 2}


def test_rework_is_charged_to_the_office_it_returns_to():
    stays = [
        Stay("town", "survey", MONDAY, on("09-29")),
        Stay("city", "eligibility", on("09-29"), on("09-30")),
        Stay("town", "survey", on("09-30"), None),
    ]
    assert charged(stays, "10-12") == {"town": 4, "city": 1}


def test_the_day_that_runs_is_charged_to_nobody_yet():
    stays = [Stay("town", "survey", MONDAY, on("09-29")), Stay("city", "eligibility", on("09-29"), None)]
    assert charged(stays, "09-29") == {}
    assert charged(stays, "09-30") == {"town": 1}


def test_a_late_entry_charges_no_day_after_the_value_date():
    stays = [
        Stay("town", "survey", MONDAY, on("09-30")),
        Stay("bank", "disbursement", on("09-30"), on("10-20")),
    ]
    assert charged(stays, "10-20", stopped_on=on("10-20"), valued_on=on("10-09")) == {"town": 2, "bank": 2}


def test_stays_out_of_order_are_a_mistake_of_the_program():
    stays = [Stay("city", "eligibility", on("09-30"), None), Stay("town", "survey", MONDAY, on("09-30"))]
    with pytest.raises(AssertionError):
        charged(stays, "10-12")


# Years whose notice is still to come


def test_a_deadline_in_a_year_without_a_notice_is_provisional():
    promised = deadline(on("12-28"), days=7, pauses=(), calendar=OFFICIAL)
    assert promised.due_on == date(2027, 1, 7)
    assert promised.provisional


def test_a_deadline_before_the_year_turns_is_not():
    assert not deadline(on("12-22"), days=7, pauses=(), calendar=OFFICIAL).provisional


def test_a_pause_over_the_estimated_days_leaves_nothing_to_doubt():
    pauses = [Pause(date(2019, 12, 28), date(2019, 12, 31), "papers")]
    promised = deadline(date(2019, 12, 27), days=1, pauses=pauses, calendar=OFFICIAL)
    assert (promised.due_on, promised.provisional) == (date(2020, 1, 2), False)
    assert deadline(date(2019, 12, 27), days=3, pauses=(), calendar=OFFICIAL).provisional


def test_days_counted_before_an_open_pause_are_provisional_where_they_are_estimated():
    pauses = [Pause(date(2027, 1, 6), None, "papers")]
    promised = deadline(on("12-30"), days=7, pauses=pauses, calendar=OFFICIAL)
    assert promised.counted == (on("12-31"), date(2027, 1, 4), date(2027, 1, 5))
    assert promised.provisional


def test_a_notice_moves_the_deadline_and_settles_it():
    rested = (date(2027, 1, 1), date(2027, 1, 4), date(2027, 10, 1))
    notice = tuple(WorkingDayNotice(day, is_working=False, name="元旦") for day in rested)
    promised = deadline(on("12-28"), days=7, pauses=(), calendar=Calendar(notice))
    assert (promised.due_on, promised.provisional) == (date(2027, 1, 8), False)


def test_a_clock_without_a_last_day_before_the_year_9999_ends_has_none():
    promised = deadline(date(9999, 12, 30), days=7, pauses=(), calendar=OFFICIAL)
    assert promised.due_on is None


# Properties

some_day = st.dates(min_value=date(2019, 6, 1), max_value=date(2101, 6, 1))
spans = st.tuples(st.integers(min_value=-5, max_value=40), st.integers(min_value=0, max_value=20))


@st.composite
def pauses_around(draw: st.DrawFn, started_on: date) -> list[Pause]:
    closed = [
        Pause(first := started_on + timedelta(days=offset), first + timedelta(days=length), "papers")
        for offset, length in draw(st.lists(spans, max_size=4))
    ]
    opened = draw(st.lists(st.integers(min_value=-5, max_value=40), max_size=1))
    return closed + [Pause(started_on + timedelta(days=offset), None, "papers") for offset in opened]


@given(started_on=some_day, days=st.integers(1, 15), age=st.integers(-3, 80), drawn=st.data())
def test_no_clock_of_any_year_raises_and_its_figures_agree(started_on, days, age, drawn):
    pauses = drawn.draw(pauses_around(started_on))
    today = started_on + timedelta(days=age)
    shown = read(started_on=started_on, days=days, pauses=pauses, calendar=OFFICIAL, today=today)
    assert shown.used >= 0
    assert shown.left == days - shown.used
    assert shown.is_breached == (shown.left <= 0)
    assert shown.is_breached == (shown.days_over > 0)
    assert not any(pause.takes_out(day) for pause in pauses for day in shown.counted)
    assert (shown.due_on is None) == (len(shown.counted) < days)


@given(started_on=some_day, drawn=st.data())
def test_the_order_and_overlap_of_pauses_do_not_matter(started_on, drawn):
    pauses = drawn.draw(pauses_around(started_on))
    # Every closed pause once more, cut into its single days.
    cut = [
        Pause(day, day, "papers")
        for pause in pauses
        if pause.ended_on
        for day in (pause.started_on + timedelta(days=n) for n in range((pause.ended_on - pause.started_on).days + 1))
    ]
    shuffled = drawn.draw(st.permutations(pauses + cut))
    assert deadline(started_on, days=7, pauses=pauses, calendar=OFFICIAL) == deadline(
        started_on, days=7, pauses=shuffled, calendar=OFFICIAL
    )


@given(started_on=some_day, drawn=st.data(), ages=st.tuples(st.integers(0, 80), st.integers(0, 80)))
def test_used_days_never_shrink_as_time_goes_by(started_on, drawn, ages):
    pauses = drawn.draw(pauses_around(started_on))
    earlier, later = (
        read(
            started_on=started_on,
            days=7,
            pauses=pauses,
            calendar=OFFICIAL,
            today=started_on + timedelta(days=age),
        )
        for age in sorted(ages)
    )
    assert earlier.used <= later.used


@given(
    started_on=st.dates(min_value=date(2026, 11, 1), max_value=date(2027, 2, 1)),
    drawn=st.data(),
    turned=st.lists(st.dates(min_value=date(2027, 1, 1), max_value=date(2027, 12, 31)), max_size=60),
)
def test_a_notice_moves_provisional_deadlines_only(started_on, drawn, turned):
    pauses = drawn.draw(pauses_around(started_on))
    notice = tuple(WorkingDayNotice(day, not OFFICIAL.is_working(day), "春节") for day in turned)
    before = deadline(started_on, days=7, pauses=pauses, calendar=OFFICIAL)
    after = deadline(started_on, days=7, pauses=pauses, calendar=Calendar(notice))
    assert before.provisional or before == after


# Against the slow clock

Clock = Callable[..., Any]


def assert_clocks_agree(history: History, *, read: Clock = read, charged_days: Clock = charged_days) -> None:
    notices = tuple(WorkingDayNotice(day, works, "通知") for day, works in history.table.items())
    times: dict[str, Any] = {
        "started_on": history.started_on,
        "pauses": history.pauses,
        "calendar": Calendar(notices),
        "today": history.today,
        "stopped_on": history.stopped_on,
        "valued_on": history.valued_on,
    }
    shown, tally = read(days=history.days, **times), walk(history)
    assert shown.counted == tuple(tally.counted), history
    assert shown.due_on == tally.due_on, history
    assert shown.used == tally.used, history
    assert shown.is_breached == tally.is_breached, history
    assert not shown.provisional, history
    charged_to = charged_days(history.stays, **times)
    assert charged_to == tally.charged, history
    assert sum(charged_to.values()) == shown.used, history


def assert_all_agree(random: Random, count: int, **clocks: Clock) -> None:
    tables = random_tables(random, 30)
    for _ in range(count):
        assert_clocks_agree(random_history(random, tables), **clocks)


@pytest.mark.parametrize("seed", range(4))
def test_thousands_of_random_histories_agree_with_the_slow_clock(seed):
    assert_all_agree(Random(seed), 1_000)


@pytest.mark.drill
@pytest.mark.parametrize("seed", range(100, 110))
def test_a_hundred_thousand_random_histories_agree_with_the_slow_clock(seed):
    assert_all_agree(Random(seed), 10_000)


def counts_its_first_day(**times: Any) -> Reading:
    return read(**times | {"started_on": times["started_on"] - timedelta(days=1)})


def knows_only_weekends(**times: Any) -> Reading:
    years = range(times["started_on"].year, times["started_on"].year + 2)
    days = [date(year, 1, 1) + timedelta(days=n) for year in years for n in range(365)]
    return read(**times | {"calendar": Calendar(tuple(WorkingDayNotice(day, day.weekday() < 5, "") for day in days))})


def counts_the_day_on_which_a_pause_ends(**times: Any) -> Reading:
    cut = [
        replace(one, ended_on=one.ended_on - timedelta(days=1))
        for one in times["pauses"]
        if one.ended_on and one.ended_on > one.started_on
    ]
    return read(**times | {"pauses": cut + [one for one in times["pauses"] if one.ended_on is None]})


def adds_up_pauses_that_overlap(**times: Any) -> Reading:
    shown = read(**times)
    days = [day for one in times["pauses"] if one.ended_on for day in _days_of(one)]
    doubled = len(days) - len(set(days))
    return shown if shown.due_on is None else replace(shown, due_on=shown.due_on + timedelta(days=doubled))


def forgets_the_value_date(**times: Any) -> Reading:
    return read(**times | {"valued_on": None})


def is_late_on_its_last_day(**times: Any) -> Reading:
    shown = read(**times)
    is_last = times["today"] == shown.due_on and not shown.is_stopped
    return replace(shown, is_breached=shown.is_breached or is_last)


def charges_whoever_has_it_in_the_evening(stays: list[Stay], **times: Any) -> dict[str, int]:
    earlier = [replace(stay, entered_on=stay.entered_on - timedelta(days=1)) for stay in stays]
    return charged_days(earlier, **times)


def _days_of(pause: Pause) -> list[date]:
    assert pause.ended_on is not None
    return [pause.started_on + timedelta(days=n) for n in range((pause.ended_on - pause.started_on).days + 1)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"read": counts_its_first_day},
        {"read": knows_only_weekends},
        {"read": counts_the_day_on_which_a_pause_ends},
        {"read": adds_up_pauses_that_overlap},
        {"read": forgets_the_value_date},
        {"read": is_late_on_its_last_day},
        {"charged_days": charges_whoever_has_it_in_the_evening},
    ],
)
def test_a_clock_with_a_usual_mistake_is_caught(wrong):
    with pytest.raises(AssertionError):
        assert_all_agree(Random(7), 300, **wrong)


def test_every_start_of_seven_years_agrees_with_the_slow_clock():
    """From the end of 2026 on days of 2027 are counted, whose notice is still to come: provisional, and no error."""
    for n in range((date(2027, 1, 1) - date(2020, 1, 1)).days):
        started_on = date(2020, 1, 1) + timedelta(days=n)
        promised = deadline(started_on, days=7, pauses=(), calendar=OFFICIAL)
        stays = [Stay("town", "survey", started_on, None)]
        tally = walk(History(started_on, 7, [], stays, started_on, None, None))
        assert tally.due_on is not None
        assert promised.due_on == tally.due_on
        assert promised.provisional == (tally.due_on.year == 2027), started_on
