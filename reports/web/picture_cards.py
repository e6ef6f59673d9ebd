"""The figures of the report: each with the list behind it, and how it is counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.web.parts import Fact, Stat
from loans.models import GuaranteePool
from loans.spoken_money import figure_and_unit, money
from reports.counted import Counts, Figure
from reports.durations import Durations
from reports.periods import Period
from reports.web.picture_period import PARAMETER

NONE = "—"


@dataclass(frozen=True)
class Lists:
    """Where the cases behind a figure are listed; nowhere for whoever sees no cases."""

    period: Period
    is_open: bool

    def url(self, figure: Figure, *, town: str = "") -> str:
        if not self.is_open:
            return ""
        return f"{reverse('report_list', args=[figure.value])}?{self._query(town)}"

    def reached_url(self, kind: str) -> str:
        """Whom the federation reached before anybody applied: surveyed, or trained."""
        return f"{reverse('reached_list', args=[kind])}?{self._query()}" if self.is_open else ""

    def _query(self, town: str = "") -> str:
        return urlencode({PARAMETER: self.period.key} | ({"town": town} if town else {}))


def stats_of(
    counts: Counts, times: Durations, pools: list[GuaranteePool], *, promise_days: int | None, lists: Lists
) -> Iterator[Stat]:
    """`promise_days` is None where not everybody is promised the same."""
    cases, case_unit = counts.cases, _("件")
    paid, unit = figure_and_unit(counts.paid_fen)
    yield Stat(
        _("申报"), str(cases[Figure.DECLARED]), case_unit, _("这段时间交上来的"), lists.url(Figure.DECLARED), "key"
    )
    yield Stat(
        _("发放"),
        str(cases[Figure.PAID]),
        case_unit,
        _("%(women)s 位姐妹") % {"women": counts.women},
        lists.url(Figure.PAID),
        "key",
    )
    yield Stat(_("金额"), paid, unit, _average(counts), lists.url(Figure.PAID), "key")
    yield _limit(pools)
    yield _on_time(counts, promise_days=promise_days, lists=lists)
    yield _duration(times)
    overdue = cases[Figure.OVERDUE]
    yield Stat(
        _("现在超期"),
        str(overdue),
        case_unit,
        _("过了承诺的日子还没办完"),
        lists.url(Figure.OVERDUE),
        "over" if overdue else "",
    )
    yield Stat(_("另列"), str(cases[Figure.APART]), case_unit, _("到期，但没批、撤回或过期"), lists.url(Figure.APART))


def on_time_share(counts: Counts) -> str:
    """96%, 66.6%, never rounded up to what wasn't reached; "—" where nothing was due."""
    if not counts.due:
        return NONE
    percent = Decimal(counts.cases[Figure.ON_TIME] * 100) / counts.due
    return f"{percent.quantize(Decimal('0.1'), rounding=ROUND_DOWN)}".removesuffix(".0") + "%"


def explanations(*, promise_days: int | None) -> list[Fact]:
    """How each figure is counted, in the order of the cards."""
    return [
        Fact(_("申报"), _("这段时间里交上来的申请。退回去补、还没再交的不算。")),
        Fact(_("摸底"), _("这段时间走访登记完的，一户一人次。满一年的记录按规定删除，不再数。")),
        Fact(_("培训"), _("这段时间上过培训班的人次。来过两回算两人次，没记名字的也算。")),
        Fact(_("通过"), _("这段时间申报的里面，到今天银行批了的。")),
        Fact(_("还清"), _("这段时间申报的里面，到今天本金利息都还完的。代偿的不算。")),
        Fact(_("发放"), _("这段时间里到账的贷款，按银行的到账日期，不管是什么时候申请的。")),
        Fact(_("金额"), _("上面这些贷款的本金加起来。各镇的数加起来等于它。")),
        Fact(_("还能用"), _("保证金 × 倍数 − 在保 − 预留。超限期间是 0。")),
        Fact(
            _on_time_label(promise_days),
            _("到期日在这段时间里、已经过了的，有多少在到期日或以前到账。没到账又没办完的，算超期。"),
        ),
        Fact(_("平均用时"), _("从受理到到账用的工作日，不算停下来等她的日子。")),
        Fact(_("现在超期"), _("今天还没办完、承诺的日子已经过了的。")),
        Fact(_("另列"), _("没批、撤回和过期的不算按时，也不算超期。所以不能靠不批来按时。")),
    ]


def _average(counts: Counts) -> str:
    paid = counts.cases[Figure.PAID]
    if not paid:
        return _("还没有放款")
    # To the yuan: nobody was paid the fraction.
    return _("平均 %(amount)s") % {"amount": money(counts.paid_fen // paid // 100 * 100)}


def _limit(pools: list[GuaranteePool]) -> Stat:
    # Down to a hundred yuan, which is what a headline has room for; the pool's own page has the fen.
    available_fen = sum(pool.available_fen for pool in pools) // 10_000 * 10_000
    available, unit = figure_and_unit(available_fen)
    capacity = money(sum(pool.capacity_fen for pool in pools))
    url = reverse("pool", args=[pools[0].pk]) if len(pools) == 1 else reverse("pools") if pools else ""
    return Stat(_("还能用"), available, unit, _("额度 %(capacity)s") % {"capacity": capacity}, url, "key")


def _on_time_label(promise_days: int | None) -> str:
    return _("%(days)s 日按时率") % {"days": promise_days} if promise_days else _("按时率")


def _on_time(counts: Counts, *, promise_days: int | None, lists: Lists) -> Stat:
    on_time = counts.cases[Figure.ON_TIME]
    detail = _("这段时间还没有到期的")
    if counts.due:
        detail = _("%(due)s 件到期，%(on_time)s 件按时") % {"due": counts.due, "on_time": on_time}
    url = lists.url(Figure.ON_TIME) if on_time else ""
    return Stat(_on_time_label(promise_days), on_time_share(counts), "", detail, url)


def _duration(times: Durations) -> Stat:
    if times.working_days is None:
        return Stat(_("平均用时"), NONE, "", _("还没有放款"))
    detail = _("从交申请到钱到账 %(days)s 天") % {"days": times.days_since_submission}
    return Stat(_("平均用时"), str(times.working_days), _("个工作日"), detail)
