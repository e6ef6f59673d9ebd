from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.csv_rows import UnreadableRows
from accounts.models import User, WorkingDay
from accounts.working_day_import import changes, enter_rows, read_rows

HEADER = "date,is_working,name,source,published_at\n"
GOOD = "2027-02-08,true,春节,国办发明电〔2026〕7号,2026-11-04\n"
AT = datetime(2026, 11, 5, 9, tzinfo=UTC)
SHANGHAI = timezone(timedelta(hours=8))

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("clerk")


def rows_of(lines: str) -> list[WorkingDay]:
    return read_rows((HEADER + lines).encode(), at=AT)


def problems_of(content: bytes) -> str:
    with pytest.raises(UnreadableRows) as refused:
        read_rows(content, at=AT)
    return "\n".join(refused.value.problems)


def test_a_line_becomes_a_row():
    [row] = rows_of(GOOD)
    assert (row.day, row.is_working, row.name) == (date(2027, 2, 8), True, "春节")
    assert row.source == "国办发明电〔2026〕7号"
    assert row.published_at == datetime(2026, 11, 4, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("written", "is_working"),
    [("TRUE", True), ("1", True), ("是", True), ("上班", True), ("false", False), ("0", False), ("放假", False)],
)
def test_yes_and_no_are_read_as_people_write_them(written, is_working):
    [row] = rows_of(f"2027-02-08,{written},春节,通知,2026-11-04\n")
    assert row.is_working == is_working


@pytest.mark.parametrize(
    "published", ["2026-11-04T15:00", "2026-11-04 15:00", "2026/11/4 15:00", "2026-11-04T07:00+00:00"]
)
def test_a_moment_without_a_zone_is_one_of_shanghai(published):
    [row] = rows_of(f"2027/2/8,true,春节,通知,{published}\n")
    assert row.published_at == datetime(2026, 11, 4, 15, tzinfo=SHANGHAI)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_of_any_spreadsheet_are_read(encoding):
    [row] = read_rows((HEADER + GOOD).replace("\n", "\r\n").encode(encoding), at=AT)
    assert row.name == "春节"


def test_empty_lines_and_further_columns_do_no_harm():
    content = "name,date,remark,is_working,source,published_at\n,,,,,\n\n春节,2027-02-08,,true,通知,2026-11-04\n"
    [row] = read_rows(content.encode(), at=AT)
    assert row.day == date(2027, 2, 8)


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("2027-02-30,true,春节,通知,2026-11-04", "日期写成"),
        ("8 Feb,true,春节,通知,2026-11-04", "日期写成"),
        ("2027-02-08,maybe,春节,通知,2026-11-04", "上班写 true"),
        ("2027-02-08,true,,通知,2026-11-04", "name 要写"),
        ("2027-02-08,true,春节,,2026-11-04", "source 要写"),
        ("2027-02-08,true," + "春" * 41 + ",通知,2026-11-04", "最多 40 个字"),
        ("2027-02-08,true,春\x00节,通知,2026-11-04", "name 要写"),
        ("2027-02-08,true,春节,通知,2026-11-04T25:00", "公布时间写成"),
        ("2027-02-08,true,春节,通知,", "公布时间写成"),
        ("2027-02-08,true,春节,通知,0001-01-01", "公布时间写成"),
        ("2027-02-08,true,春节,通知,2026-11-06", "公布时间还没到"),
        ("2027-02-08,true,春节,通知", "公布时间写成"),
        ("2027-02-08,true,春节,通知,2026-11-04,x", "多了一格"),
    ],
)
def test_a_bad_line_is_named_with_what_to_write(line, advice):
    said = problems_of((HEADER + GOOD.replace("02-08", "02-09") + line + "\n").encode())
    assert said.startswith("第 3 行：")
    assert advice in said


def test_every_bad_line_is_named_at_once():
    said = problems_of((HEADER + "x,true,春节,通知,2026-11-04\n" + GOOD + "y,true,春节,通知,2026-11-04\n").encode())
    assert [line[:6] for line in said.splitlines()] == ["第 2 行：", "第 4 行："]


def test_a_day_that_stands_twice_in_a_file_is_named():
    said = problems_of((HEADER + GOOD + GOOD).encode())
    assert said.startswith("第 3 行：2027-02-08")


def test_missing_columns_are_named():
    said = problems_of(b"date,name\n2027-02-08,x\n")
    assert said.startswith("第 1 行：")
    assert "is_working、source、published_at" in said


@pytest.mark.parametrize("content", [b"", HEADER.encode(), HEADER.encode() + b",,,,\n"])
def test_a_file_without_days_says_so(content):
    assert problems_of(content)


def test_an_open_quote_is_named():
    assert "第" in problems_of((HEADER + '"2027-02-08,true,春节,通知,2026-11-04\n').encode())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(content=st.binary(max_size=200) | st.text(max_size=80).map(lambda text: (HEADER + text).encode()))
def test_no_file_breaks_the_reader(content):
    with suppress(UnreadableRows):
        assert read_rows(content, at=AT)


def test_changes_tell_how_each_day_stood_in_the_order_of_the_calendar():
    found = changes(
        rows_of(
            "2027-02-09,false,春节,通知,2026-11-04\n"
            "2027-02-08,true,春节,通知,2026-11-04\n"
            "2026-12-26,true,元旦,通知,2026-11-04\n"
        )
    )
    weekend, moved, settled = found
    assert (weekend.row.day, weekend.is_moved, weekend.was_provisional) == (date(2026, 12, 26), True, False)
    assert (moved.row.day, moved.is_moved, moved.was_provisional) == (date(2027, 2, 8), True, True)
    assert (settled.row.day, settled.is_moved, settled.was_provisional) == (date(2027, 2, 9), False, True)


def test_rows_are_entered_once(clerk):
    rows = rows_of(GOOD)
    enter_rows(rows, by=clerk, at=AT)
    [entered] = WorkingDay.objects.all()
    assert (entered.entered_by, entered.entered_at) == (clerk, AT)
    assert rows_of(GOOD) == []


def test_the_same_notice_cannot_say_another_thing_later(clerk):
    enter_rows(rows_of(GOOD), by=clerk, at=AT)
    said = problems_of((HEADER + GOOD.replace("true", "false")).encode())
    assert said.startswith("第 2 行：2027-02-08")
    assert "更晚的公布时间" in said


def test_a_later_notice_can(clerk):
    enter_rows(rows_of(GOOD), by=clerk, at=AT)
    [row] = rows_of(GOOD.replace("true", "false").replace("2026-11-04", "2026-11-05"))
    [change] = changes([row])
    assert (change.was_working, change.is_working, change.was_provisional) == (True, False, False)


def test_all_rows_are_entered_or_none(clerk):
    rows = rows_of(GOOD)
    enter_rows(rows_of(GOOD), by=clerk, at=AT)  # somebody else was faster
    others = rows_of(GOOD.replace("02-08", "02-09"))
    with pytest.raises(IntegrityError):
        enter_rows(others + rows, by=clerk, at=AT)
    assert WorkingDay.objects.count() == 1
