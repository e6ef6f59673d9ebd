"""Charts are drawn from whole numbers, to one scale, without style or script."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from reports.charts import DECLARED, LENT, Group, Measure, bar_list, funnel, share, stacked_bar

VALUES = st.lists(st.integers(0, 10**7), min_size=1, max_size=8)
PRESENTATION = {
    "fill",
    "font-size",
    "font-weight",
    "height",
    "role",
    "aria-label",
    "rx",
    "text-anchor",
    "width",
    "x",
    "y",
    "class",
}


def hundredths(text: str) -> int:
    whole, decimals = text.removesuffix("%").split(".")
    return int(whole) * 100 + int(decimals)


def measures(values: list[int]) -> list[Measure]:
    return [Measure(value, f"{value} 件", LENT) for value in values]


def towns() -> list[Group]:
    return [
        Group("石榴镇", "112 万元", [Measure(41, "申报 41", DECLARED), Measure(22, "放款 22", LENT)]),
        Group("樱桃镇", "79 万元", [Measure(33, "申报 33", DECLARED), Measure(16, "放款 16", LENT)]),
    ]


def test_bars_are_to_one_scale():
    chart = bar_list(towns())
    assert [[bar.width for bar in row.bars] for row in chart.rows] == [["100.00%", "53.65%"], ["80.48%", "39.02%"]]
    assert chart.words == "石榴镇 申报 41 放款 22 112 万元；樱桃镇 申报 33 放款 16 79 万元"


def test_the_steps_of_a_funnel_stand_in_the_middle():
    chart = funnel(measures([100, 56, 50]), labels=["申报", "通过", "放款"])
    assert [(row.bars[0].x, row.bars[0].width) for row in chart.rows] == [
        ("0.00%", "100.00%"),
        ("22.00%", "56.00%"),
        ("25.00%", "50.00%"),
    ]


def test_the_parts_of_a_bar_follow_one_another():
    chart = stacked_bar(measures([48, 3, 13]), labels=["按时", "超期", "另列"])
    assert [(row.bars[0].x, row.bars[0].width) for row in chart.rows] == [
        ("0.00%", "75.00%"),
        ("75.00%", "4.68%"),
        ("79.68%", "20.31%"),
    ]


@given(VALUES)
def test_no_part_sticks_out(values):
    for row in stacked_bar(measures(values), labels=[""] * len(values)).rows:
        assert hundredths(row.bars[0].x) + hundredths(row.bars[0].width) <= 10_000


@given(VALUES)
def test_no_bar_is_longer_than_the_longest(values):
    chart = bar_list([Group("", "", measures(values))])
    widths = [hundredths(bar.width) for row in chart.rows for bar in row.bars]
    assert max(widths) in (0, 10_000)
    assert len(widths) == len(values)


@pytest.mark.parametrize("values", [[], [0], [0, 0]])
def test_nothing_can_be_drawn_too(values):
    labels = [""] * len(values)
    for chart in (
        bar_list([Group("", "", measures(values))] if values else []),
        funnel(measures(values), labels=labels),
        stacked_bar(measures(values), labels=labels),
    ):
        assert chart.height >= 0
        assert all(bar.width == "0.00%" for row in chart.rows for bar in row.bars)


def test_a_share_is_never_rounded_up():
    assert (share(1, 3), share(2, 3), share(1, 1), share(5, 0)) == ("33.33%", "66.66%", "100.00%", "0.00%")


@pytest.mark.parametrize(
    ("name", "chart"),
    [
        ("bars", bar_list(towns())),
        ("funnel", funnel(measures([41, 33]), labels=["石榴镇", "樱桃镇"])),
        ("stacked", stacked_bar(measures([41, 33]), labels=["石榴镇", "樱桃镇"])),
    ],
)
def test_a_drawing_has_presentation_attributes_only_and_says_its_numbers(name, chart):
    drawn = render_to_string(f"reports/charts/{name}.svg", {"chart": chart})
    root = ET.fromstring(drawn)
    assert {attribute for element in root.iter() for attribute in element.attrib} <= PRESENTATION
    assert root[0].attrib["aria-label"] == chart.words
    assert int(root[0].attrib["height"]) == chart.height
    assert "石榴镇" in drawn
    assert render_to_string(f"reports/charts/{name}.svg", {"chart": chart}) == drawn
    lowest = max(int(y) for y in re.findall(r'\by="(\d+)"', drawn))
    assert lowest < chart.height
