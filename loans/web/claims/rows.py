"""A claim as its readers see it: the sums, and each loan as 本金 × 天数 × 利率."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.templatetags.page import zh_date, zh_date_year
from accounts.web.parts import Fact, Stat
from applicants.identity import mask_name
from loans.claims.wording import WHY, claim_quarter, excluded_words, quarter_words
from loans.models import ClaimLine, ClaimSegment, SubsidyClaim
from loans.money import format_yuan, percent
from loans.subsidy import SubsidyPayment

NONE = "—"


@dataclass(frozen=True)
class LineRow:
    """One loan's line, in words."""

    url: str
    number: str
    name: str
    counted: Sequence[str]
    excluded: str
    days: int
    interest: str
    ours: str
    bank: str
    difference: str
    agreed: str
    state: str
    tone: str
    adjusts: str


def lines_of(claim: SubsidyClaim) -> list[ClaimLine]:
    """All of them, those that differ first, then the adjustments, with what their rows say."""
    lines = claim.lines.select_related("loan__applicant", "loan__policy", "adjusts__claim").prefetch_related("segments")
    return sorted(lines, key=lambda one: (not one.difference_fen, one.adjusts_id is None, one.loan_id))


def row_of(line: ClaimLine, *, claim: SubsidyClaim) -> LineRow:
    segments = list(line.segments.all())
    state, tone = _state(line)
    return LineRow(
        url=reverse("claim_line", args=[claim.pk, line.pk]),
        number=line.loan.number,
        name=mask_name(line.loan.applicant.full_name),
        counted=[counted_words(line, one) for one in segments if one.subsidised_fen],
        excluded=excluded_words(segments),
        days=line.days,
        interest=format_yuan(line.interest_fen),
        ours=format_yuan(line.ours_fen),
        bank=format_yuan(line.bank_fen),
        difference=signed(line.difference_fen),
        agreed=NONE if line.agreed_fen is None else format_yuan(line.agreed_fen),
        state=state,
        tone=tone,
        adjusts=quarter_words(claim_quarter(line.adjusts.claim)) if line.adjusts else "",
    )


def _state(line: ClaimLine) -> tuple[str, str]:
    if line.query and not line.answer and line.agreed_fen is None:
        return _("等农信答复"), "hold"
    if line.query and line.answer and line.agreed_fen is None:
        return _("农信答复了"), "soon"
    if line.difference_fen and line.agreed_fen is None:
        return _("要定"), "soon"
    if line.agreed_fen is None:
        return "", ""
    return _("定了"), "ok"


def counted_words(line: ClaimLine, segment: ClaimSegment) -> str:
    """50,000.00 × 92 天 × 4.50%."""
    return _("%(balance)s × %(days)s 天 × %(rate)s%%") % {
        "balance": format_yuan(segment.subsidised_fen),
        "days": segment.days,
        "rate": percent(line.loan.annual_rate_ppm),
    }


def signed(fen: int) -> str:
    """+35.60, -0.01; a dash where there is no difference."""
    return f"{'+' if fen > 0 else ''}{format_yuan(fen)}" if fen else NONE


def stats_of(lines: Sequence[ClaimLine]) -> Iterator[Stat]:
    own = [one for one in lines if one.adjusts_id is None]
    ours, bank = sum(one.ours_fen for one in lines), sum(one.bank_fen for one in lines)
    yuan = _("元")
    balances = {
        "opening": format_yuan(sum(one.opening_fen for one in own)),
        "closing": format_yuan(sum(one.closing_fen for one in own)),
    }
    yield Stat(_("笔数"), str(len(own)), _("笔"), detail=_("季初余额 %(opening)s，季末余额 %(closing)s") % balances)
    adjusted = [one for one in lines if one.adjusts_id is not None]
    detail = _("其中调整以前的 %(yuan)s") % {"yuan": format_yuan(sum(one.ours_fen for one in adjusted))}
    yield Stat(_("系统算的"), format_yuan(ours), yuan, detail=detail if adjusted else "")
    yield Stat(_("农信申请"), format_yuan(bank), yuan)
    yield Stat(_("差额"), signed(bank - ours), yuan, tone="key" if bank != ours else "")


@dataclass(frozen=True)
class SegmentRow:
    """Some days of one loan, in words."""

    days_words: str
    days: int
    balance: str
    subsidised: str
    interest: str
    subsidy: str
    why: str


def segment_rows(line: ClaimLine) -> Iterator[SegmentRow]:
    for one in line.segments.all():
        yield SegmentRow(
            days_words=from_to(one.from_on, one.to_on),
            days=one.days,
            balance=format_yuan(one.balance_fen),
            subsidised=format_yuan(one.subsidised_fen),
            interest=format_yuan(one.interest_fen),
            subsidy=format_yuan(one.subsidy_fen),
            why=str(WHY[one.why]) % {"days": one.days} if one.why else "",
        )


def from_to(from_on: date, to_on: date) -> str:
    """3 月 21 日至 6 月 20 日: the last day counts."""
    return _("%(first)s至%(last)s") % {"first": zh_date(from_on), "last": zh_date(to_on - date.resolution)}


def facts_of_line(line: ClaimLine) -> list[Fact]:
    loan = line.loan
    goes = _("先付后退，退到她的卡上") if line.payment == SubsidyPayment.REFUND else _("直接免，补给农信")
    return [
        Fact(_("借款人"), mask_name(loan.applicant.full_name)),
        Fact(_("借据号"), loan.bank_loan_no or NONE),
        Fact(_("放款金额"), _("%(yuan)s 元") % {"yuan": format_yuan(loan.amount_fen)}),
        Fact(_("借款期限"), f"{zh_date_year(loan.disbursed_on)} – {zh_date_year(loan.matures_on)}"),
        Fact(_("年利率"), f"{percent(loan.annual_rate_ppm)}%"),
        Fact(_("政策"), loan.policy.version),
        Fact(_("贴息方式"), goes),
    ]
