"""The charts of the report, and the same numbers as tables."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from loans.money import format_yuan
from loans.spoken_money import money
from reports.charts import DECLARED, LENT, MUTED, OTHER, SETTLED, Chart, Group, Measure, bar_list, funnel, stacked_bar
from reports.counted import Counts, Figure, TownCounts
from reports.reached import Reached
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


def steps_of(counts: Counts, reached: Reached, *, lists: Lists) -> tuple[Chart, list[Counted]]:
    """摸底 → 培训, and apart from these 申报 → 通过 → 放款 → 还清: what became by today of those that were handed in.

    Whoever applies needn't have been surveyed or at a course: the share of the step before begins with 通过.
    """
    before_applying = [
        (Counted(_("摸底"), reached.surveyed, "", lists.reached_url("surveyed")), OTHER),
        (Counted(_("培训"), reached.trained, "", lists.reached_url("trained")), OTHER),
    ]
    asked = [(line, Measure(line.count, _persons(line.count), fill)) for line, fill in before_applying]
    steps = [
        (_("申报"), Figure.DECLARED, DECLARED),
        (_("通过"), Figure.APPROVED, MUTED),
        (_("放款"), Figure.COMPLETED, LENT),
        (_("还清"), Figure.SETTLED, SETTLED),
    ]
    lines: list[Counted] = []
    before = counts.cases[Figure.DECLARED]
    for label, figure, _fill in steps:
        count = counts.cases[figure]
        share = "" if figure == Figure.DECLARED else _percent(count, before)
        lines.append(Counted(label, count, share, lists.url(figure)))
        before = count
    measures = [
        Measure(line.count, f"{_cases(line.count)} · {line.share}" if line.share else _cases(line.count), fill)
        for line, (_label, _figure, fill) in zip(lines, steps, strict=True)
    ]
    lines = [line for line, _measure in asked] + lines
    return funnel([measure for _line, measure in asked] + measures, labels=[line.label for line in lines]), lines


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


def _persons(count: int) -> str:
    return _("%(count)s 人次") % {"count": count}


def _cases(count: int) -> str:
    return _("%(count)s 件") % {"count": count}


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 // whole}%" if whole else ""
