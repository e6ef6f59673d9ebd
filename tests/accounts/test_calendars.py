from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.calendars import calendar_as_of, calendar_in_force, calendar_with
from accounts.models import User, WorkingDay
from accounts.working_days import Calendar

NOVEMBER = datetime(2026, 11, 4, tzinfo=UTC)
DAY = date(2027, 2, 8)  # a Monday, which the estimate rests for the Spring Festival


@pytest.fixture
def clerk(db: None) -> User:
    return User.objects.create_user("clerk")


def row(
    by: User, *, is_working: bool, published_at: datetime = NOVEMBER, entered_at: datetime | None = None
) -> WorkingDay:
    return WorkingDay(
        day=DAY,
        is_working=is_working,
        name="春节",
        source="国办发明电〔2026〕7号",
        published_at=published_at,
        entered_by=by,
        entered_at=entered_at or published_at,
    )


@pytest.mark.django_db
def test_without_rows_the_official_years_are_in_force():
    assert calendar_in_force() == Calendar()
    assert calendar_as_of(NOVEMBER) == Calendar()


def test_a_row_overrides_the_estimate(clerk):
    assert not calendar_in_force().is_working(DAY)
    row(clerk, is_working=True).save()
    assert calendar_in_force().is_working(DAY)
    assert not calendar_in_force().is_provisional(DAY)


def test_the_newest_published_row_wins_in_whatever_order_rows_were_entered(clerk):
    december = NOVEMBER + timedelta(days=30)
    row(clerk, is_working=True, published_at=december).save()
    row(clerk, is_working=False, published_at=NOVEMBER, entered_at=december + timedelta(days=1)).save()
    assert calendar_in_force().is_working(DAY)


def test_a_closed_case_keeps_what_was_known_at_its_end(clerk):
    entered_at = NOVEMBER + timedelta(days=10)
    row(clerk, is_working=True, published_at=NOVEMBER, entered_at=entered_at).save()
    assert not calendar_as_of(entered_at - timedelta(seconds=1)).is_working(DAY)
    assert calendar_as_of(entered_at).is_working(DAY)


def test_a_preview_knows_rows_that_are_not_saved(clerk):
    row(clerk, is_working=True).save()
    later = row(clerk, is_working=False, published_at=NOVEMBER + timedelta(days=1))
    earlier = row(clerk, is_working=False, published_at=NOVEMBER - timedelta(days=1))
    assert not calendar_with([later]).is_working(DAY)
    assert calendar_with([earlier]).is_working(DAY)
    assert WorkingDay.objects.count() == 1
