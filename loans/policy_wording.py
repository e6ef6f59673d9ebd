"""What a policy says to a woman: how much help, which way it goes, what is asked of her, what stops the clock."""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loans import eligibility, rule_wording
from loans.due_dates import Frequency
from loans.findings import Facts
from loans.models import Policy
from loans.models.policy import PromiseStart
from loans.money import PPM_WHOLE, percent
from loans.policy_terms import terms_of
from loans.subsidy import Regime, SubsidyPayment
from loans.terms import Method

Words = Mapping[str, Promise | str]

# The treasury's part of the interest, in a few words beside the greatest amount, and in one sentence.
HELP: Final[Words] = {
    Regime.FULL: gettext_lazy("政府补"),
    Regime.LPR_FLOOR: gettext_lazy("政府补大半"),
    Regime.HALF: gettext_lazy("政府补一半"),
    Regime.TIERED: gettext_lazy("政府分档补"),
    Regime.TIERED_OTHERS: gettext_lazy("政府分档补"),
    Regime.TWO_YEARS: gettext_lazy("政府补两年"),
}
SUBSIDY: Final[Words] = {
    Regime.FULL: gettext_lazy("期限内的利息，政府全部补贴"),
    Regime.LPR_FLOOR: gettext_lazy("利息里 LPR 减 1.5 个百分点以内的由您付，其余政府补贴"),
    Regime.HALF: gettext_lazy("期限内的利息，政府补贴一半"),
    Regime.TIERED: gettext_lazy("期限内的利息，政府按金额分档补贴"),
    Regime.TIERED_OTHERS: gettext_lazy("期限内的利息，政府按金额分档补贴"),
    Regime.TWO_YEARS: gettext_lazy("前两年的利息，政府全部补贴，第三年不补贴"),
}
METHODS: Final[Words] = {
    Method.INTEREST_ONLY: gettext_lazy("平时只付利息，到期一次还本金"),
    Method.EQUAL_INSTALMENT: gettext_lazy("每次还的钱一样多"),
    Method.EQUAL_PRINCIPAL: gettext_lazy("开头多，后面越还越少"),
}


# The longest pause that an officer may ask for, in working days; the others end when what is waited for is done.
ASKED_FOR_LONGEST_DAYS: Final = 10


class Condition(NamedTuple):
    """One thing that the policy asks: what it is about, the figures where it has any, and the clause that says so."""

    title: str
    required: str
    clause: str


class Pause(NamedTuple):
    """One reason for which the promised days stand still, and for how long at most."""

    reason: str
    longest: str


def conditions(policy: Policy, *, on: date) -> list[Condition]:
    """Everything that the rules will ask of her under this policy, in their order."""
    findings = eligibility.assess(Facts(), terms_of(policy), on=on)
    return [
        Condition(
            rule_wording.title(finding.rule),
            # A yes or no is asked by the title already.
            rule_wording.required_words(finding) if finding.required.facts else "",
            finding.clause,
        )
        for finding in findings
    ]


def pauses(policy: Policy) -> dict[str, Pause]:
    """What isn't counted in the promised days, by the code under which a case is paused."""
    days = _("最多 %(days)s 个工作日")
    stops = {
        "papers": Pause(_("等您补材料"), days % {"days": policy.supplement_days}),
        "terms": Pause(_("农信改了条件，等您看行不行"), _("您点同意就接着办")),
        "signing": Pause(_("等您来签字"), days % {"days": policy.signing_days}),
        "frozen": Pause(_("有人说不是本人办的，先停下核实"), _("核实完接着办")),
        "outside_check": Pause(_("要外面的单位专门核查"), days % {"days": ASKED_FOR_LONGEST_DAYS}),
        "force_majeure": Pause(_("发大水、地震这样的事"), days % {"days": ASKED_FOR_LONGEST_DAYS}),
    }
    if policy.publicity_days:
        stops["publicity"] = Pause(_("推荐名单公示"), _("%(days)s 个工作日") % {"days": policy.publicity_days})
    return stops


def starts_when(policy: Policy) -> str:
    """From when the promised days count."""
    if policy.promise_start == PromiseStart.CITY_RECOMMEND:
        return _("从市妇联推荐的第二天算起")
    return _("从受理的第二天算起")


def rate(policy: Policy) -> str:
    """4.50%（LPR 3.00%，加 1.50 个百分点）."""
    points = _("加 %(points)s 个百分点") if policy.margin_ppm >= 0 else _("减 %(points)s 个百分点")
    words = {
        "rate": percent(policy.annual_rate_ppm),
        "lpr": percent(policy.lpr_ppm),
        "margin": points % {"points": percent(abs(policy.margin_ppm))},
    }
    return _("%(rate)s%%（LPR %(lpr)s%%，%(margin)s）") % words


def which_way(policy: Policy) -> str:
    """How the treasury's part of the interest reaches her."""
    if policy.subsidy_payment == SubsidyPayment.WAIVED:
        return _("政府补的部分，农信直接不收您的。")
    if policy.frequency == Frequency.MONTHLY:
        return _("利息先由您付，每月一次。政府审核后，退到您的卡里。")
    return _("利息先由您付，每季一次。政府审核后，退到您的卡里。")


def what_late_money_costs(policy: Policy) -> str:
    """What runs on money that is repaid late, at the rate that the policy's penalty margin makes of today's."""
    if not policy.penalty_margin_ppm:
        words = _("没按时还的本金，还是按合同利率算。")
    else:
        late_ppm = policy.annual_rate_ppm * (PPM_WHOLE + policy.penalty_margin_ppm) // PPM_WHOLE
        words = _("没按时还的本金，到期后每天按年利率 %(rate)s%% 算。") % {"rate": percent(late_ppm)}
    return words + _("没按时付的利息，也要算利息。") if policy.charges_compound_interest else words


def what_early_money_does(policy: Policy) -> str:
    """That she may repay early at no cost, and what to say where a payment would wait for its due date."""
    words = _("随时可以提前还，不另收钱。利息只算到还钱那天。")
    if not policy.held_before_due_days:
        return words
    waits = _("到期前 %(days)s 天内还本金，要跟农信说是提前还。") % {"days": policy.held_before_due_days}
    return words + waits


def source(policy: Policy) -> str:
    """石妇字〔2026〕1 号，石榴市 2026-1."""
    return _("%(document)s，%(version)s") % {"document": policy.document_no, "version": policy.version}


def term_words(months: int) -> str:
    """1 年, 18 个月."""
    years, rest = divmod(months, 12)
    return _("%(months)s 个月") % {"months": months} if rest else _("%(years)s 年") % {"years": years}
