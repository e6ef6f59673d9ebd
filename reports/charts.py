"""Charts as SVG drawn by the server: no script, no style; a colour is a presentation attribute.

Widths are shares of whatever room there is and letters keep their size, so that a chart can be read on a phone and on
paper alike. Every chart says its numbers in words as well, to whoever can't see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# The light palette by what it stands for; static/css/style.css turns these colours into those of the page.
LENT, DECLARED, SETTLED, OTHER, MUTED = "#9D1F45", "#B7791F", "#2F7D4F", "#1B5E8C", "#6B5D50"

# In pixels: a line of words, and a bar under it with the room to the next.
LINE: Final = 24
BAR: Final = 20
GAP: Final = 14


@dataclass(frozen=True)
class Measure:
    """One value with its words; `fill` is one of the colours above."""

    value: int
    words: str
    fill: str


@dataclass(frozen=True)
class Group:
    """What belongs together under one name, such as a town; `note` stands at the end of its line."""

    label: str
    note: str
    measures: Sequence[Measure]


@dataclass(frozen=True)
class Bar:
    """One rectangle: where it begins and how wide it is in per cent of the room, its top in pixels; and its words."""

    x: str
    width: str
    y: int
    fill: str
    words: str


@dataclass(frozen=True)
class Row:
    """A line of words at `y`, and the bars under it."""

    label: str
    note: str
    y: int
    bars: list[Bar]


@dataclass(frozen=True)
class Chart:
    """What a template of reports/charts/ draws; `words` are its numbers in a sentence."""

    words: str
    height: int
    rows: list[Row]


def bar_list(groups: Sequence[Group]) -> Chart:
    """For each group its name, and a bar for each of its measures, all to one scale."""
    largest = max((measure.value for group in groups for measure in group.measures), default=0)
    rows: list[Row] = []
    y = 0
    for group in groups:
        top = y + LINE
        bars = [
            Bar("0%", share(one.value, largest), top + number * BAR, one.fill, one.words)
            for number, one in enumerate(group.measures)
        ]
        rows.append(Row(group.label, group.note, y, bars))
        y = top + len(bars) * BAR + GAP
    return Chart(_in_words(groups), max(0, y - GAP), rows)


def funnel(steps: Sequence[Measure], *, labels: Sequence[str]) -> Chart:
    """One bar for each step, in the middle, as wide as it is a part of the widest, which is mostly the first."""
    widest = max((step.value for step in steps), default=0)
    rows: list[Row] = []
    for number, (label, step) in enumerate(zip(labels, steps, strict=True)):
        y = number * (LINE + BAR + GAP)
        margin = share(widest - step.value, 2 * widest)
        rows.append(Row(label, step.words, y, [Bar(margin, share(step.value, widest), y + LINE, step.fill, "")]))
    groups = [Group(label, "", [step]) for label, step in zip(labels, steps, strict=True)]
    return Chart(_in_words(groups), len(rows) * (LINE + BAR + GAP) - GAP if rows else 0, rows)


def stacked_bar(parts: Sequence[Measure], *, labels: Sequence[str]) -> Chart:
    """One bar of which the parts are the whole, and under it a line for each part."""
    whole = sum(part.value for part in parts)
    rows: list[Row] = []
    before = 0
    for number, (label, part) in enumerate(zip(labels, parts, strict=True)):
        bar = Bar(share(before, whole), share(part.value, whole), 0, part.fill, "")
        rows.append(Row(label, part.words, LINE + GAP + number * (LINE + 4), [bar]))
        before += part.value
    groups = [Group(label, "", [part]) for label, part in zip(labels, parts, strict=True)]
    return Chart(_in_words(groups), LINE + GAP + len(rows) * (LINE + 4), rows)


def share(value: int, whole: int) -> str:
    """Per cent to a hundredth, rounded down: 1 of 3 is 33.33%; of nothing everything is 0.00%."""
    hundredths = value * 10_000 // whole if whole else 0
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def _in_words(groups: Sequence[Group]) -> str:
    told = ([group.label, *(one.words for one in group.measures), group.note] for group in groups)
    return "；".join(" ".join(filter(None, words)) for words in told)
