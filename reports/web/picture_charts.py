"""The charts of the report, and the same numbers as tables."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from loans.money import format_yuan
from loans.spoken_money import money
from reports.charts import DECLARED, LENT, MUTED, OTHER, SETTLED, Chart, Group, Measure, bar_list, funnel, stacked_bar
from reports.counted import Counts, Figure, TownCounts
from reports.web.picture_cards import Lists


@dataclass(frozen=True)
class Counted:
    """One line of a table under a chart."""

    label: str
    count: int
    share: str
    url: str


@dataclass(frozen=True)
class TownLine:
    """One town in the table of towns."""

    name: str
    declared: int
    declared_url: str
    paid: int
    paid_url: str
    amount: str


@dataclass(frozen=True)
class Towns:
    """The chart and table of towns; the last line sums them."""

    chart: Chart
    lines: list[TownLine]
    total: TownLine


def steps_of(counts: Counts, *, lists: Lists) -> tuple[Chart, list[Counted]]:
    """申报 → 通过 → 放款: what became by today of those that were handed in."""
    steps = [
        (_("申报"), Figure.DECLARED, DECLARED),
        (_("通过"), Figure.APPROVED, MUTED),
        (_("放款"), Figure.COMPLETED, LENT),
    ]
    lines: list[Counted] = []
    before = counts.cases[Figure.DECLARED]
    for label, figure, _fill in steps:
        count = counts.cases[figure]
        lines.append(Counted(label, count, _percent(count, before), lists.url(figure)))
        before = count
    measures = [
        Measure(line.count, _cases(line.count) if not number else f"{_cases(line.count)} · {line.share}", fill)
        for number, (line, (_label, _figure, fill)) in enumerate(zip(lines, steps, strict=True))
    ]
    return funnel(measures, labels=[line.label for line in lines]), lines


def punctuality_of(counts: Counts, *, lists: Lists) -> tuple[Chart, list[Counted]]:
    """按时, 超期, and apart from both what ended without money."""
    parts = [
        (_("按时"), Figure.ON_TIME, SETTLED),
        (_("超期"), Figure.LATE, LENT),
        (_("另列：没批、撤回、过期"), Figure.APART, OTHER),
    ]
    lines = [
        Counted(
            label,
            counts.cases[figure],
            "" if figure == Figure.APART else _percent(counts.cases[figure], counts.due),
            lists.url(figure),
        )
        for label, figure, _fill in parts
    ]
    measures = [
        Measure(line.count, _cases(line.count), fill)
        for line, (_label, _figure, fill) in zip(lines, parts, strict=True)
    ]
    return stacked_bar(measures, labels=[line.label for line in lines]), lines


def towns_of(towns: list[TownCounts], *, lists: Lists) -> Towns:
    groups = [
        Group(
            one.town.name,
            money(one.paid_fen),
            [
                Measure(one.declared, _("申报 %(count)s") % {"count": one.declared}, DECLARED),
                Measure(one.paid, _("放款 %(count)s") % {"count": one.paid}, LENT),
            ],
        )
        for one in towns
    ]
    lines = [
        TownLine(
            name=one.town.name,
            declared=one.declared,
            declared_url=lists.url(Figure.DECLARED, town=one.town.code),
            paid=one.paid,
            paid_url=lists.url(Figure.PAID, town=one.town.code),
            amount=format_yuan(one.paid_fen),
        )
        for one in towns
    ]
    total = TownLine(
        name=_("合计"),
        declared=sum(one.declared for one in towns),
        declared_url=lists.url(Figure.DECLARED),
        paid=sum(one.paid for one in towns),
        paid_url=lists.url(Figure.PAID),
        amount=format_yuan(sum(one.paid_fen for one in towns)),
    )
    return Towns(bar_list(groups), lines, total)


def _cases(count: int) -> str:
    return _("%(count)s 件") % {"count": count}


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 // whole}%" if whole else ""
