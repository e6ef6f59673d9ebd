from datetime import date, datetime, timedelta

import pytest

from accounts.calendars import calendar_in_force
from accounts.models import WorkingDay
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.people import SHANGHAI
from tests.makers.programme import a_programme
from workflows import deadlines
from workflows.models import Application
from workflows.stages import interruptions
from workflows.states import State


def moment(month, day, hour=9):
    return datetime(2026, month, day, hour, 0, tzinfo=SHANGHAI)


def read(case, on):
    return deadlines.read(Application.objects.get(pk=case.pk), today=on, calendar=calendar_in_force())


def walk(offices, *moments):
    """Accepted, visited, recommended, guaranteed … one step at each moment; handed in at the first."""
    case = cases.a_submitted_case(offices, at=moments[0])
    for state, at in zip(cases.STEP_TO, moments, strict=False):
        case = cases.STEP_TO[state](case, offices, at)
    return case


def test_before_acceptance_only_the_intake_clock_runs(offices, programme):
    clocks = read(cases.a_submitted_case(offices), MONDAY.date())
    assert clocks.promise is None
    assert (clocks.stage.name, clocks.stage.reading.due_on) == ("intake", date(2026, 9, 23))


@pytest.mark.parametrize(
    ("state", "stage", "days"),
    [
        (State.SURVEY, "survey", 2),
        (State.ELIGIBILITY, "eligibility", 1),
        (State.GUARANTEE, "guarantee", 2),
        (State.DISBURSEMENT, "bank", 2),
        (State.PAYOUT, "bank", 2),
    ],
)
def test_each_stage_has_its_budget(offices, programme, state, stage, days):
    clocks = read(cases.a_case_in(state, offices), MONDAY.date())
    assert (clocks.stage.name, clocks.stage.reading.days, clocks.promise.days) == (stage, days, 7)


def test_the_start_may_be_the_recommendation(offices):
    a_programme(offices, changes={"promise_start": "city_recommend"})
    case = walk(offices, moment(9, 21), moment(9, 22))
    assert read(case, date(2026, 9, 22)).promise is None
    case = cases.recommend(case, offices, moment(9, 28))
    assert read(case, date(2026, 9, 28)).promise.due_on == date(2026, 10, 13)


def test_the_stored_columns_are_what_the_clock_says(offices, programme):
    case = walk(offices, moment(9, 28), moment(9, 29), moment(9, 30))
    clocks = read(case, date(2026, 9, 30))
    assert (case.promise_started_on, case.due_on) == (date(2026, 9, 28), clocks.promise.due_on)
    assert case.stage_due_on == clocks.stage.reading.due_on == date(2026, 10, 9)


def test_rework_runs_on_and_is_charged_to_the_office_it_went_back_to(offices, programme):
    case = walk(offices, moment(9, 28), moment(9, 29), moment(9, 30))  # with the guarantor from 30 September
    back = interruptions.return_for_rework(
        case, reason="补走访", by=offices.guarantor_officer, at=moment(10, 8), version=None
    )
    charged = deadlines.charged_days(
        Application.objects.get(pk=back.pk), today=date(2026, 10, 12), calendar=calendar_in_force()
    )
    # 29 September the town, 30 the city, 8 October the guarantor, 9 and 10 the city again.
    assert charged == {"石榴镇妇联": 1, "市妇联": 3, "担保公司": 1}
    assert sum(charged.values()) == read(back, date(2026, 10, 12)).promise.used


def test_a_closed_case_keeps_the_calendar_of_its_end(offices, programme):
    paid = walk(offices, *[moment(9, 28)] * 7)
    assert paid.state == State.DISBURSED
    WorkingDay.objects.create(
        day=date(2026, 10, 10),
        is_working=False,
        name="国庆节",
        source="补充通知",
        published_at=moment(9, 29),
        entered_by=offices.city_reviewer,
        entered_at=moment(9, 29),
    )
    assert deadlines.calendar_for(paid).is_working(date(2026, 10, 10))
    assert not calendar_in_force().is_working(date(2026, 10, 10))


def test_a_stage_that_was_interrupted_goes_on_where_it_was(offices, programme):
    case = cases.a_case_in(State.SUPPLEMENT, offices, at=moment(9, 28))
    clocks = read(case, date(2026, 9, 28))
    assert (clocks.stage.name, clocks.stage.reading.due_on) == ("eligibility", None)
    supplied = cases.supply(case, at=moment(10, 8))
    assert read(supplied, date(2026, 10, 8)).stage.reading.due_on == date(2026, 10, 9)


def test_a_second_visit_to_a_stage_starts_its_budget_anew(offices, programme):
    case = walk(offices, moment(9, 28), moment(9, 29), moment(9, 30))
    first = read(case, date(2026, 9, 30)).stage
    back = interruptions.return_for_rework(
        case, reason="补走访", by=offices.guarantor_officer, at=moment(10, 8), version=None
    )
    second = read(cases.recommend(back, offices, moment(10, 9)), date(2026, 10, 9)).stage
    assert second.version > first.version
    assert second.reading.due_on == date(2026, 10, 12)


def test_nothing_is_charged_before_the_promise(offices, programme):
    case = cases.a_submitted_case(offices)
    assert deadlines.charged_days(case, today=MONDAY.date(), calendar=calendar_in_force()) == {}


def test_the_new_date_of_a_broken_promise_is_always_still_to_come(offices, programme):
    case = Application.objects.get(pk=cases.a_case_in(State.GUARANTEE, offices, at=moment(9, 28)).pk)
    calendar = calendar_in_force()
    for days_late in range(1, 40):
        today = date(2026, 10, 13) + timedelta(days=days_late)
        clocks = deadlines.read(case, today=today, calendar=calendar)
        new = deadlines.new_date(case, clocks, today=today, calendar=calendar)
        assert today <= new <= today + timedelta(days=10)
        assert calendar.is_working(new)
