from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User, WorkingDay

PUBLISHED_AT = datetime(2026, 11, 4, tzinfo=UTC)


@pytest.fixture
def clerk(db: None) -> User:
    return User.objects.create_user("clerk")


def enter(by: User, **changed: object) -> WorkingDay:
    said = {
        "day": date(2027, 2, 6),
        "is_working": False,
        "name": "春节",
        "source": "国办发明电〔2026〕7号",
        "published_at": PUBLISHED_AT,
        "entered_at": PUBLISHED_AT + timedelta(days=1),
    }
    return WorkingDay.objects.create(entered_by=by, **(said | changed))


def test_a_later_notice_of_a_day_adds_a_row(clerk):
    enter(clerk)
    enter(clerk, is_working=True, published_at=PUBLISHED_AT + timedelta(hours=1))
    assert WorkingDay.objects.filter(day=date(2027, 2, 6)).count() == 2


@pytest.mark.parametrize(
    ("constraint", "changed"),
    [
        ("a_notice_says_one_thing_of_a_working_day", {"is_working": True}),
        (
            "a_working_day_is_published_before_it_is_entered",
            {"day": date(2027, 2, 7), "entered_at": PUBLISHED_AT - timedelta(seconds=1)},
        ),
        ("a_working_day_names_its_festival_and_source", {"day": date(2027, 2, 7), "name": ""}),
        ("a_working_day_names_its_festival_and_source", {"day": date(2027, 2, 7), "source": ""}),
    ],
)
def test_the_database_refuses_a_row_that_breaks_a_rule(clerk, constraint, changed):
    enter(clerk)
    # SQLite names the columns of a broken unique constraint, not the constraint.
    named = f"{constraint}|accounts_workingday.day, accounts_workingday.published_at"
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        enter(clerk, **changed)
