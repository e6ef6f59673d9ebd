from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.web.countdown import Tag, full_tag_of, seeds_of, stage_tag_of, tag_of

TODAY = date(2026, 10, 10)


@dataclass(frozen=True)
class Reading:
    days: int = 7
    used: int = 4
    left: int = 3
    days_over: int = 0
    due_on: date | None = date(2026, 10, 13)
    is_paused: bool = False
    is_stopped: bool = False
    is_breached: bool = False


RUNNING = Reading()
LAST_DAY = Reading(used=6, left=1, due_on=TODAY)
PAUSED = Reading(used=3, left=4, due_on=None, is_paused=True)
LATE = Reading(used=8, left=-1, days_over=2, due_on=date(2026, 9, 30), is_breached=True)
PAID = Reading(used=5, left=2, is_stopped=True)


@pytest.mark.parametrize(
    ("reading", "tag"),
    [
        (replace(RUNNING, used=2, left=5), Tag("还剩 5 天", "ok", "clock")),
        (RUNNING, Tag("还剩 3 天", "soon", "clock")),
        (replace(RUNNING, used=5, left=2), Tag("还剩 2 天", "soon", "clock")),
        (LAST_DAY, Tag("今天到期", "soon", "clock", is_bold=True)),
        (LATE, Tag("已超 2 天", "late", "alert")),
        (PAUSED, Tag("已暂停：等补材料", "hold", "pause")),
        (replace(LATE, is_paused=True), Tag("已超 2 天 · 已暂停", "late-o", "alert")),
        (PAID, Tag("按时 用 5 天", "", "tick")),
        (replace(LATE, used=9, is_stopped=True), Tag("超期 用 9 天", "", "cross")),
        (None, Tag("未起算")),
    ],
)
def test_the_tag_in_a_list_says_the_words_of_the_table(reading, tag):
    pause_words = "等补材料" if reading and reading.is_paused else ""
    assert tag_of(reading, today=TODAY, pause_words=pause_words) == tag


def test_a_pause_without_a_reason_is_still_said():
    assert tag_of(PAUSED, today=TODAY).text == "已暂停"


def test_on_the_day_of_rest_before_the_last_day_one_day_is_left():
    sunday = replace(LAST_DAY, due_on=date(2026, 10, 12))
    assert tag_of(sunday, today=date(2026, 10, 11)) == Tag("还剩 1 天", "soon", "clock")


def test_at_the_head_of_a_case_the_unit_is_said():
    assert full_tag_of(RUNNING, today=TODAY).text == "还剩 3 个工作日"
    assert full_tag_of(LATE, today=TODAY).text == "已超 2 个工作日"
    assert full_tag_of(PAID, today=TODAY) == tag_of(PAID, today=TODAY)
    assert full_tag_of(PAUSED, today=TODAY, pause_words="等签约").text == "已暂停：等签约"


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (Reading(days=2, used=1, left=1), "环节还剩 1 天"),
        (replace(LAST_DAY, days=2), "环节今天到期"),
        (replace(LATE, days_over=3), "环节超 3 天"),
    ],
)
def test_the_tag_of_a_stage_names_the_stage(reading, text):
    tag = stage_tag_of(reading, today=TODAY)
    assert tag is not None
    assert tag.text == text


@pytest.mark.parametrize("reading", [PAUSED, PAID])
def test_a_stage_that_does_not_run_has_no_tag(reading):
    assert stage_tag_of(reading, today=TODAY) is None


@pytest.mark.parametrize(
    ("reading", "seeds"),
    [
        (RUNNING, ["used"] * 4 + ["today"] + ["open"] * 2),
        (PAUSED, ["used"] * 3 + ["paused"] + ["open"] * 3),
        (LATE, ["used"] * 7),
        (PAID, ["used"] * 5 + ["open"] * 2),
        (Reading(used=0, left=7), ["today"] + ["open"] * 6),
    ],
)
def test_each_seed_is_a_day_of_the_promise(reading, seeds):
    assert seeds_of(reading) == seeds


@given(days=st.integers(1, 30), used=st.integers(0, 60), is_paused=st.booleans(), is_stopped=st.booleans())
def test_there_are_always_as_many_seeds_as_days_and_at_most_one_is_where_we_are(days, used, is_paused, is_stopped):
    is_breached = used >= days
    seeds = seeds_of(
        Reading(
            days=days,
            used=used,
            left=days - used,
            is_paused=is_paused,
            is_stopped=is_stopped,
            is_breached=is_breached,
        )
    )
    assert len(seeds) == days
    assert sum(seed in ("today", "paused") for seed in seeds) == (0 if is_stopped or is_breached else 1)
