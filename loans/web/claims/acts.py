"""What each office may do with a claim now, which form asks for it, and which call carries it out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import may
from loans.claims import judging, making, refunds
from loans.models import SubsidyClaim
from loans.models.claim import WITH_THE_BANK, AdvancedBy, ClaimState
from loans.web.forms.claims import BankFileForm, OpinionForm, PaymentForm, PlainForm, RefundForm, WordsForm
from loans.web.forms.fund import DecisionForm
from records.models.decision import Outcome


@dataclass(frozen=True)
class Act:
    """One thing to do: its heading, the words on its button, its form, and what is said when it is done."""

    name: str
    title: Promise | str
    button: Promise | str
    form: type[forms.Form]
    done: Promise | str
    do: Callable[[SubsidyClaim, Mapping[str, Any], User, datetime], object]
    is_second: bool = False


def _say(claim: SubsidyClaim, given: Mapping[str, Any], by: User, at: datetime) -> object:
    return making.say_bank_figures(claim, given["file"], by=by, at=at)


def _again(claim: SubsidyClaim, _given: Mapping[str, Any], by: User, at: datetime) -> object:
    return making.compute_again(claim, by=by, at=at)


def _submit(claim: SubsidyClaim, _given: Mapping[str, Any], by: User, at: datetime) -> object:
    return making.submit_claim(claim, by=by, at=at, version=claim.version)


def _opine(claim: SubsidyClaim, given: Mapping[str, Any], by: User, at: datetime) -> object:
    agrees = given["agrees"] == "yes"
    return judging.give_opinion(claim, agrees=agrees, words=given["words"], by=by, at=at, version=claim.version)


def _propose(claim: SubsidyClaim, _given: Mapping[str, Any], by: User, at: datetime) -> object:
    return judging.propose_review(claim, by=by, at=at)


def _decide(claim: SubsidyClaim, given: Mapping[str, Any], by: User, at: datetime) -> object:
    return judging.decide_review(claim, outcome=Outcome(given["outcome"]), reason=given["reason"], by=by, at=at)


def _send_back(claim: SubsidyClaim, given: Mapping[str, Any], by: User, at: datetime) -> object:
    return judging.send_back(claim, reason=given["words"], by=by, at=at, version=claim.version)


def _pay(claim: SubsidyClaim, given: Mapping[str, Any], by: User, at: datetime) -> object:
    return judging.pay(
        claim,
        paid_on=given["paid_on"],
        voucher_no=given["voucher_no"],
        advanced_by=AdvancedBy(given["advanced_by"]),
        by=by,
        at=at,
        version=claim.version,
    )


def _refund(claim: SubsidyClaim, given: Mapping[str, Any], by: User, at: datetime) -> object:
    return refunds.record_refunds(
        claim, refunded_on=given["refunded_on"], bank_serial=given["bank_serial"], by=by, at=at
    )


_ACTS = (
    Act("submit", _("提交申报"), _("提交申报"), PlainForm, _("报上去了，等担保公司出意见。"), _submit),
    Act("say", _("传农信自己的清单"), _("读清单"), BankFileForm, _("读完了，和系统不一样的排在最前面。"), _say),
    Act("again", _("有还款来晚了"), _("重新算一遍"), PlainForm, _("重新算好了。"), _again, is_second=True),
    Act("opine", _("贴息意见"), _("出具意见"), OpinionForm, _("意见出了，等财政局审核。"), _opine),
    Act("propose", _("复核本季"), _("通过，交另一位同事"), PlainForm, _("等另一位同事同意。"), _propose),
    Act("decide", _("同意拨付吗"), _("提交复核意见"), DecisionForm, _("复核意见记下了。"), _decide),
    Act("send_back", _("退回农信"), _("退回"), WordsForm, _("退回了，农信看得到说明。"), _send_back, is_second=True),
    Act("pay", _("登记拨付"), _("登记拨付"), PaymentForm, _("登记好了。"), _pay),
    Act("refund", _("退到她们卡上"), _("登记已退"), RefundForm, _("登记好了，她们看得到。"), _refund),
)
ACTS = {one.name: one for one in _ACTS}


def open_to(claim: SubsidyClaim, user: User) -> Iterator[Act]:
    """What this person can do with the claim as it stands. Who may not is refused by the act itself as well."""
    pool = claim.pool
    if may(user, "submit_claim", pool.bank):
        yield from _of_bank(claim, user)
    if claim.state == ClaimState.SUBMITTED and may(user, "opine_on_claim", pool.guarantor):
        yield ACTS["opine"]
    if claim.state == ClaimState.OPINED and may(user, "check_claim", pool.finance):
        yield from _of_review(claim, user)
    if claim.state == ClaimState.REVIEWED and may(user, "pay_claim", pool.finance):
        yield ACTS["pay"]


def _of_bank(claim: SubsidyClaim, user: User) -> Iterator[Act]:
    if claim.state in WITH_THE_BANK:
        if claim.made_by_id != user.pk:
            yield ACTS["submit"]
        yield ACTS["say"]
        yield ACTS["again"]
    if may(user, "refund_subsidy", claim.pool.bank) and refunds.are_left(claim):
        yield ACTS["refund"]


def _of_review(claim: SubsidyClaim, user: User) -> Iterator[Act]:
    decision = claim.decision
    if decision is None or not decision.is_open:
        yield ACTS["propose"]
        yield ACTS["send_back"]
    elif decision.proposed_by_id != user.pk:
        yield ACTS["decide"]


def waits_for_another(claim: SubsidyClaim, user: User) -> bool:
    """She did her half, and a colleague has to do the other."""
    if claim.state in WITH_THE_BANK:
        return claim.made_by_id == user.pk
    decision = claim.decision
    return decision is not None and decision.is_open and decision.proposed_by_id == user.pk
