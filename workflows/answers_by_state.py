"""What to tell her in each state, while nothing is late."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.calendars import calendar_in_force
from loans.models.loan import Method
from loans.models.policy import Policy, SubsidyPayment
from workflows import expiry, form_steps, matter_clock, signing_appointments, visit_appointments, waiting_line
from workflows.assigning import current_assignment
from workflows.deadlines import CaseClock, office_of
from workflows.helping_notices import helper_in_words
from workflows.missing_items import open_request
from workflows.models import Application
from workflows.models.matter import MatterState
from workflows.offers import changed_terms
from workflows.sight import holder_of
from workflows.states import State
from workflows.wording import day, item_name, moment, money


def sentence(application: Application, clock: CaseClock, *, today: date) -> str:
    return _SENTENCES[State(application.state)](application, clock, today)


def _draft(application: Application, clock: CaseClock, today: date) -> str:
    request = open_request(application)
    if request is not None:
        return _("还差 %(count)s 样：%(names)s。补好再交一次，%(day)s前都行。") % {
            "count": len(request.items),
            "names": _names(request.items),
            "day": day(request.due_on),
        }
    lacking = form_steps.first_lacking(application)
    if lacking is None:
        return _("还没交。都填好了，看一遍就能交。")
    return _("还没交。您填到第 %(step)s 步，接着填就行。") % {"step": form_steps.number_of(lacking)}


def _awaiting_consent(application: Application, clock: CaseClock, today: date) -> str:
    helper = helper_in_words(application.filled_by)
    return _("%(helper)s替您填好了，等您点头。没点之前不会交上去。") % {"helper": helper}


def _submitted(application: Application, clock: CaseClock, today: date) -> str:
    names = {"office": _office(application), "day": _stage_day(clock)}
    if clock.stage and clock.stage.reading.is_breached:
        return _("收到了。%(office)s看材料晚了几天，已经在催，您不用做什么。") % names
    return _("收到了。%(office)s %(day)s前看材料，您不用做什么。") % names


def _waitlisted(application: Application, clock: CaseClock, today: date) -> str:
    place = waiting_line.place_of(application)
    return _("今年的额度用完了，您排第 %(place)s 位，有额度马上告诉您。") % {"place": place}


def _survey(application: Application, clock: CaseClock, today: date) -> str:
    town, booked = _office(application), visit_appointments.standing(application)
    if booked is not None and timezone.localdate(booked.starts_at) >= today:
        agreed = _("约好 %(moment)s到您家看看。%(who)s来，不用准备什么，不收钱。")
        return agreed % {
            "moment": moment(booked.starts_at),
            "who": visit_appointments.named(booked.visitors.all()),
        }
    if clock.promise is None or clock.promise.due_on is None:
        return _("材料齐了，受理了。%(town)s会先打电话，再到家里看看。") % {"town": town}
    names = {"town": town, "day": day(clock.promise.due_on), "days": clock.promise.days}
    if clock.promise.started_on == today:
        return (
            _("材料齐了，受理了。从明天起 %(days)s 个工作日内办完，最晚 %(day)s。%(town)s会先打电话，再到家里看看。")
            % names
        )
    return _("受理了，最晚 %(day)s办完。%(town)s会先打电话，再到家里看看。") % names


def _supplement(application: Application, clock: CaseClock, today: date) -> str:
    request = open_request(application)
    assert request is not None, "a supplement was asked for"
    last_day = expiry.last_day_of(application, calendar=calendar_in_force())
    return _("还差 %(count)s 样材料：%(names)s。%(day)s前补上，补上后接着办，时间先停下来。") % {
        "count": len(request.items),
        "names": _names(request.items),
        "day": day(last_day),
    }


def _eligibility(application: Application, clock: CaseClock, today: date) -> str:
    names = {"office": _office(application), "day": _stage_day(clock), "last": _promise_day(clock)}
    if clock.stage and clock.stage.reading.is_breached:
        return _("%(office)s还在看，最晚 %(last)s办完。") % names
    return _("%(office)s在看，%(day)s前告诉您行不行。") % names


def _publicity(application: Application, clock: CaseClock, today: date) -> str:
    return _("妇联推荐了，名单在公示，时间先停下来。公示完接着办，您不用做什么。")


def _guarantee(application: Application, clock: CaseClock, today: date) -> str:
    names = {"office": _office(application), "day": _promise_day(clock)}
    return _("妇联推荐了，%(office)s在审，最晚 %(day)s办完。") % names


def _disbursement(application: Application, clock: CaseClock, today: date) -> str:
    names = {"guarantor": application.guarantor.short_name, "bank": _office(application), "day": _promise_day(clock)}
    if application.guarantee_given is None:
        return _("妇联推荐了，%(bank)s在审批，最晚 %(day)s。") % names
    return _("%(guarantor)s同意了，%(bank)s在审批，最晚 %(day)s。") % names


def _terms_offered(application: Application, clock: CaseClock, today: date) -> str:
    assert application.loan is not None
    assert application.amount_fen is not None
    names = {"bank": _office(application), "amount": money(application.loan.amount_fen)}
    less_fen = application.amount_fen - application.loan.amount_fen
    others = [change for change in changed_terms(application) if change.name != _("金额")]
    if less_fen:
        offer = _("%(bank)s能贷 %(amount)s，比您要的少 %(less)s。") % (names | {"less": money(less_fen)})
    else:
        offer = _("%(bank)s能贷 %(amount)s，条件有变。") % names
    changes = "".join(
        _("%(name)s从“%(asked)s”改成“%(offered)s”。")
        % {"name": change.name, "asked": change.asked, "offered": change.offered}
        for change in others
    )
    return offer + changes + _("您看行不行，行就点同意。")


def _signing(application: Application, clock: CaseClock, today: date) -> str:
    assert application.loan is not None
    names = {
        "amount": money(application.loan.amount_fen),
        "bank": _office(application),
        "day": day(expiry.last_day_of(application, calendar=calendar_in_force())),
    }
    log = list(application.log.all())
    if log and log[-1].move == "payout_failed":
        failed = _("钱没打成：%(reason)s。带身份证和银行卡到%(bank)s，%(day)s前去都行。")
        return failed % (names | {"reason": log[-1].reason})
    booked = signing_appointments.standing(application)
    if booked is not None and timezone.localdate(booked.starts_at) >= today:
        agreed = _("批了 %(amount)s！约好 %(moment)s到%(bank)s签字，别忘带身份证。")
        return agreed % (names | {"moment": moment(booked.starts_at)})
    return _("批了 %(amount)s！带身份证到%(bank)s签字，%(day)s前去都行。") % names


def _payout(application: Application, clock: CaseClock, today: date) -> str:
    return _("签好了，%(bank)s正在打款，到账会发短信。") % {"bank": _office(application)}


def _disbursed(application: Application, clock: CaseClock, today: date) -> str:
    loan = application.loan
    assert loan is not None
    names = {"amount": money(loan.amount_fen), "tail": application.applicant.account_no[-4:]}
    arrived = _("%(amount)s已到您尾号 %(tail)s 的卡。") % names
    return arrived + how_to_repay(loan.policy, loan.method)


def how_to_repay(policy: Policy, method: str) -> str:
    """怎么还, in one sentence."""
    if policy.subsidy_payment == SubsidyPayment.WAIVED:
        return _("利息政府直接付，您按还款计划还本金就行。")
    every = _("每月") if policy.frequency == "monthly" else _("每季")
    names = {"every": every, "settlement_day": policy.settlement_day}
    if policy.settlement_day is None:
        return _("按还款计划，卡里先要有钱，政府审核后把补贴退给您。")
    if method == Method.INTEREST_ONLY:
        return _("%(every)s %(settlement_day)s 日前卡里要有利息钱，政府审核后退给您。") % names
    return _("%(every)s %(settlement_day)s 日前卡里要有还款的钱，补贴的利息政府审核后退给您。") % names


def _declined(application: Application, clock: CaseClock, today: date) -> str:
    appeal = matter_clock.appeal_of(application)
    if appeal is not None and appeal.state == MatterState.OPEN:
        names = {"office": office_of(application.city).short_name, "day": day(matter_clock.due_on(appeal))}
        return _("您申请了复核，%(office)s %(day)s前答复您。没办过这件的人来看，您不用做什么。") % names
    if appeal is not None:
        phone = office_of(application.city).phone
        return _("复核过了，还是没批。为什么写在里面，有疑问打 %(phone)s。") % {"phone": phone}
    return _("这次没批。原因和能怎么办写在里面，有疑问打 %(phone)s。") % {"phone": office_of(application.town).phone}


def _withdrawn(application: Application, clock: CaseClock, today: date) -> str:
    return _("按您说的停了，材料不会再用。")


def _expired(application: Application, clock: CaseClock, today: date) -> str:
    return _("等得太久，这次先停了，材料不会再用。想办随时可以重新申请。")


def _frozen(application: Application, clock: CaseClock, today: date) -> str:
    return _("先停下了，谁也不能往下办。%(office)s会打电话和您核实。") % {"office": _office(application)}


_SENTENCES: Final[Mapping[State, Callable[[Application, CaseClock, date], str]]] = {
    State.DRAFT: _draft,
    State.AWAITING_CONSENT: _awaiting_consent,
    State.SUBMITTED: _submitted,
    State.WAITLISTED: _waitlisted,
    State.SURVEY: _survey,
    State.SUPPLEMENT: _supplement,
    State.ELIGIBILITY: _eligibility,
    State.PUBLICITY: _publicity,
    State.GUARANTEE: _guarantee,
    State.DISBURSEMENT: _disbursement,
    State.TERMS_OFFERED: _terms_offered,
    State.SIGNING: _signing,
    State.PAYOUT: _payout,
    State.DISBURSED: _disbursed,
    State.DECLINED: _declined,
    State.WITHDRAWN: _withdrawn,
    State.EXPIRED: _expired,
    State.FROZEN: _frozen,
}


def _office(application: Application) -> str:
    assignment = current_assignment(application)
    office = assignment.organisation if assignment else office_of(holder_of(application, application.state))
    return office.short_name


def _stage_day(clock: CaseClock) -> str:
    return day(clock.stage.reading.due_on) if clock.stage and clock.stage.reading.due_on else ""


def _promise_day(clock: CaseClock) -> str:
    return day(clock.promise.due_on) if clock.promise and clock.promise.due_on else ""


def _names(items: list[dict[str, str]]) -> str:
    return _("、").join(item_name(item["kind"]) for item in items)
