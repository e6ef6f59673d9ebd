"""拨付单: the paper by which the treasury pays a quarter's subsidy to the bank."""

from collections import defaultdict
from datetime import datetime

from accounts.models import User
from accounts.templatetags.page import zh_date_year
from loans.claims.carrying import carried_claims, carried_fen, payable_fen
from loans.claims.figures import shares_of
from loans.claims.wording import claim_quarter, quarter_words
from loans.models import ClaimLine, SubsidyClaim
from loans.models.policy import SubsidyPayment
from loans.money import capital_date, capitals, format_yuan
from records import papers
from records.models import Decision, IssuedPaper
from records.papers import Draft

FUNDERS = {"central": "中央财政", "province": "省财政", "city": "市财政", "county": "县财政"}


def issue(claim: SubsidyClaim, *, decision: Decision, by: User, at: datetime) -> IssuedPaper:
    """Number and words of the order, fixed in the transaction of the review."""
    lines = list(claim.lines.select_related("loan__policy"))
    total_fen = payable_fen(claim)
    agreed_fen = sum(line.agreed_fen or 0 for line in lines)
    quarter = claim_quarter(claim)
    refunded_fen = sum(line.agreed_fen or 0 for line in lines if line.payment == SubsidyPayment.REFUND)
    adjusted_fen = sum(line.agreed_fen or 0 for line in lines if line.adjusts_id is not None)
    own = [line for line in lines if line.adjusts_id is None]
    words = {
        "quarter": _close(quarter_words(quarter)),
        "from_to": _close(f"{zh_date_year(quarter.from_on)}至{zh_date_year(quarter.interest_on)}"),
        "claim": claim,
        "bank": claim.pool.bank,
        "programme": claim.pool.programme.name,
        "total": format_yuan(total_fen),
        "capitals": capitals(total_fen),
        "asked": format_yuan(sum(line.bank_fen for line in lines)),
        "computed": format_yuan(sum(line.ours_fen for line in lines)),
        "loans": len(own),
        "opening": format_yuan(sum(line.opening_fen for line in own)),
        "closing": format_yuan(sum(line.closing_fen for line in own)),
        "adjustments": format_yuan(adjusted_fen) if adjusted_fen else "",
        "refunded": format_yuan(refunded_fen),
        "waived": format_yuan(agreed_fen - refunded_fen),
        **_set_off(claim, agreed_fen),
        "proposed_by": decision.proposed_by,
        "decided_by": by,
        "day": capital_date(at.date()),
    }
    draft = Draft(
        kind="subsidy_order",
        title="贴息资金拨付单",
        template="papers/subsidy_order.html",
        words=words,
        issuer=claim.pool.finance,
        about=claim.number,
        series="石财贴",
        confirms=(("申报编号", claim.number), ("金额", f"{format_yuan(total_fen)} 元")),
    )
    return papers.issue(draft, by=by, at=at)


def _close(words: str) -> str:
    """Without spaces, which a justified line would draw apart."""
    return "".join(words.split())


def _set_off(claim: SubsidyClaim, agreed_fen: int) -> dict[str, object]:
    """What earlier claims left to be taken back, what this one leaves, and who bears what is paid after that."""
    carried, before_fen = carried_claims(claim), carried_fen(claim)
    left_fen = agreed_fen + before_fen
    shares = _shares([claim.pk, *carried]) if left_fen > 0 else {}
    return {
        "carried": format_yuan(before_fen) if carried else "",
        "carried_on": format_yuan(left_fen) if left_fen < 0 else "",
        "shares": [(FUNDERS.get(name, name), format_yuan(fen)) for name, fen in shares.items()],
    }


def _shares(claims: list[int]) -> dict[str, int]:
    """Who bears how much of them together: each loan's agreed figure split by its own policy's shares."""
    sums: dict[str, int] = defaultdict(int)
    for line in ClaimLine.objects.filter(claim__in=claims).select_related("loan__policy"):
        for name, fen in shares_of(line.agreed_fen or 0, line.loan.policy.funding_shares).items():
            sums[name] += fen
    return dict(sums)
