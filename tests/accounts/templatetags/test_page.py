from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from accounts.templatetags.page import (
    clauses,
    icon,
    zh_date,
    zh_date_weekday,
    zh_date_year,
    zh_moment,
    zh_weekday,
)

DAY = date(2026, 10, 13)
LATE_EVENING_IN_UTC = datetime(2026, 10, 12, 16, 5, tzinfo=UTC)


def plain(text):
    assert " " not in text, "a number and its unit stay on one line"
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("write", "chinese", "english"),
    [
        (zh_date, "10 月 13 日", "13 October"),
        (zh_date_year, "2026 年 10 月 13 日", "13 October 2026"),
        (zh_date_weekday, "10 月 13 日（周二）", "Tue 13 October"),
        (zh_weekday, "星期二", "Tuesday"),
    ],
)
def test_a_day_is_written_as_people_say_it(write, chinese, english):
    with translation.override("zh-hans"):
        assert plain(write(DAY)) == chinese
        assert plain(write(LATE_EVENING_IN_UTC)) == chinese, "in Shanghai it is the 13th already"
        assert write(None) == ""
    with translation.override("en"):
        assert plain(write(DAY)) == english


def test_a_moment_is_written_in_the_time_of_the_office():
    with translation.override("zh-hans"):
        assert plain(zh_moment(LATE_EVENING_IN_UTC)) == "10 月 13 日 00:05"
        assert zh_moment(None) == ""
    with translation.override("en"):
        assert plain(zh_moment(LATE_EVENING_IN_UTC)) == "13 October, 00:05"


def test_a_heading_breaks_after_its_punctuation_only():
    assert clauses("还差 2 样材料，补上后接着办") == (
        '<span class="cl">还差 2 样材料，</span><span class="cl">补上后接着办</span>'
    )


def test_a_heading_of_one_clause_is_left_alone():
    assert clauses("可以申请") == "可以申请"


def test_what_she_wrote_is_escaped_before_it_is_wrapped():
    assert "<script>" not in clauses("<script>，</script>")
    assert clauses("<b>") == "&lt;b&gt;"


def test_a_mark_is_silent_for_a_screen_reader():
    assert icon("clock") == (
        '<svg class="ic" aria-hidden="true" focusable="false"><use href="/static/icons.svg#clock"/></svg>'
    )
