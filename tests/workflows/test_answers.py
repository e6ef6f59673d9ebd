"""What she reads first, word for word: it is the service that she gets."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override

from accounts.calendars import calendar_in_force
from applicants.models import Applicant
from tests.makers import cases
from tests.makers.cases import FIRST_DAY, MISSING, MONDAY
from tests.makers.people import SHANGHAI
from tests.makers.programme import a_programme
from workflows import deadlines, escalations, pausing
from workflows.answers import answer_sentence
from workflows.models import Application
from workflows.models.pause import PauseReason
from workflows.stages import disbursement, intake, interruptions
from workflows.states import State


def answer(case, *, on=FIRST_DAY):
    fresh = Application.objects.get(pk=case.pk)
    clock = deadlines.read(fresh, today=on, calendar=calendar_in_force())
    return answer_sentence(fresh, clock, today=on).replace("\u00a0", " ")


ANSWERS = {
    State.DRAFT: "还没交。都填好了，看一遍就能交。",
    State.AWAITING_CONSENT: "河湾村妇联 白杏花替您填好了，等您点头。没点之前不会交上去。",
    State.SUBMITTED: "收到了。石榴镇妇联 9 月 23 日前看材料，您不用做什么。",
    State.SURVEY: "材料齐了，受理了。从明天起 7 个工作日内办完，最晚 10 月 8 日。石榴镇妇联会先打电话，再到家里看看。",
    State.SUPPLEMENT: "还差 1 样材料：户口本本人页。10 月 12 日前补上，补上后接着办，时间先停下来。",
    State.ELIGIBILITY: "市妇联在看，9 月 22 日前告诉您行不行。",
    State.GUARANTEE: "妇联推荐了，担保公司在审，最晚 10 月 8 日办完。",
    State.DISBURSEMENT: "担保公司同意了，农信在审批，最晚 10 月 8 日。",
    State.TERMS_OFFERED: "农信能贷 4 万元，比您要的少 1 万元。您看行不行，行就点同意。",
    State.SIGNING: "批了 5 万元！带身份证到农信签字，10 月 12 日前去都行。",
    State.PAYOUT: "签好了，农信正在打款，到账会发短信。",
    State.DISBURSED: "5 万元已到您尾号 1234 的卡。每季 20 日前卡里要有利息钱，政府审核后退给您。",
    State.DECLINED: "这次没批。原因和能怎么办写在里面，有疑问打 0999-0123456。",
    State.WITHDRAWN: "按您说的停了，材料不会再用。",
    State.EXPIRED: "等得太久，这次先停了，材料不会再用。想办随时可以重新申请。",
    State.FROZEN: "先停下了，谁也不能往下办。市妇联会打电话和您核实。",
}


@pytest.mark.parametrize("state", ANSWERS)
def test_each_state_has_its_answer(offices, programme, state):
    case = cases.a_case_in(state, offices)
    assert answer(case) == ANSWERS[state]
    with override("en"):
        assert answer(case)


def test_in_line_she_hears_her_place(offices):
    a_programme(offices, deposit_fen=0)
    cases.a_case_in(State.WAITLISTED, offices)
    case = cases.a_case_in(State.WAITLISTED, offices)
    assert answer(case) == "今年的额度用完了，您排第 2 位，有额度马上告诉您。"


def test_during_the_notice_she_hears_that_time_stands_still(offices):
    a_programme(offices, changes={"publicity_days": 5})
    case = cases.a_case_in(State.PUBLICITY, offices)
    assert answer(case) == "妇联推荐了，名单在公示，时间先停下来。公示完接着办，您不用做什么。"


def test_a_draft_says_at_which_step_she_stopped(offices, programme):
    draft = cases.a_draft(offices)
    draft.applicant.documents.all().delete()
    assert answer(draft) == "还没交。您填到第 9 步，接着填就行。"
    Application.objects.filter(pk=draft.pk).update(use_rows=[])
    assert answer(draft) == "还没交。您填到第 6 步，接着填就行。"
    Applicant.objects.filter(pk=draft.applicant.pk).update(marital_status="")
    assert answer(draft) == "还没交。您填到第 3 步，接着填就行。"


def test_a_draft_that_came_back_says_what_is_missing(offices, programme):
    case = cases.a_submitted_case(offices)
    back = intake.send_back(case, items=MISSING, by=offices.town_reviewer, at=MONDAY, version=None)
    assert answer(back) == "还差 1 样：户口本本人页。补好再交一次，11 月 20 日前都行。"


def test_a_town_that_is_slow_to_look_says_so(offices, programme):
    case = cases.a_submitted_case(offices)
    said = answer(case, on=MONDAY.date() + timedelta(days=3))
    assert said == "收到了。石榴镇妇联看材料晚了几天，已经在催，您不用做什么。"


def test_after_the_day_of_acceptance_the_days_are_not_announced_again(offices, programme):
    case = cases.a_case_in(State.SURVEY, offices)
    said = answer(case, on=MONDAY.date() + timedelta(days=1))
    assert said == "受理了，最晚 10 月 8 日办完。石榴镇妇联会先打电话，再到家里看看。"


def test_changed_terms_are_told_old_and_new(offices, programme):
    case = cases.a_case_in(State.DISBURSEMENT, offices)
    offered = disbursement.approve_loan(
        case,
        terms=cases.loan_terms(case, term_months=24),
        reason="两年更宽裕。",
        by=offices.bank_officer,
        at=MONDAY,
        version=None,
    )
    assert answer(offered) == "农信能贷 5 万元，条件有变。期限从“12 个月”改成“24 个月”。您看行不行，行就点同意。"


def test_a_payment_that_failed_says_why_and_where_to_go(offices, programme):
    case = cases.a_case_in(State.PAYOUT, offices)
    cases.release_payout(case, offices)
    failed = disbursement.payout_failed(case, reason="账户已销户", by=offices.bank_officer, at=MONDAY, version=None)
    assert answer(failed) == "钱没打成：账户已销户。带身份证和银行卡到农信，10 月 12 日前去都行。"


def test_a_broken_promise_is_owned_up_to_with_a_new_date_and_a_name(offices, programme):
    """J3: accepted on 28 September, due on 13 October, with the bank since the 12th; two more days are its budget."""
    start = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)
    case = cases.a_case_in(State.DISBURSEMENT, offices, at=start)
    from workflows.assigning import assign

    assign(case, owner=offices.bank_officer, by=offices.bank_officer, at=start)
    said = answer(case, on=date(2026, 10, 14))
    assert said == (
        "说好 10 月 13 日办完，没办完，对不住您。现在卡在农信，新的日子是 10 月 15 日。电话 成雅静 0999-0123456。"
    )


def test_the_new_date_that_she_was_told_stays_until_it_is_past(offices, programme):
    start = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)
    case = cases.a_case_in(State.GUARANTEE, offices, at=start)
    breach = datetime(2026, 10, 14, 0, 5, tzinfo=SHANGHAI)
    escalations.look_at_clocks(by=offices.clock, at=breach)
    assert "新的日子是 10 月 19 日" in answer(case, on=breach.date())
    moved = cases.give_guarantee(case, offices, breach)
    assert "新的日子是 10 月 19 日" in answer(moved, on=breach.date())
    assert "新的日子是 10 月 21 日" in answer(moved, on=date(2026, 10, 20))


def test_overdue_or_not_what_she_has_to_do_comes_first(offices, programme):
    start = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)
    case = cases.a_case_in(State.DISBURSEMENT, offices, at=start)
    asked = interruptions.request_supplement(
        case, items=MISSING, by=offices.bank_officer, at=datetime(2026, 10, 14, 9, tzinfo=SHANGHAI), version=None
    )
    assert answer(asked, on=date(2026, 10, 14)).startswith("还差 1 样材料")


def test_a_pause_that_somebody_asked_for_is_explained(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    pausing.pause(
        case,
        reason=PauseReason.FORCE_MAJEURE,
        expected_on=date(2026, 9, 24),
        note="台风",
        by=offices.city_reviewer,
        at=MONDAY,
    )
    assert answer(case) == "因为不可抗力，时间先停下来，预计 9 月 24 日接着办。您不用做什么。"


def test_a_waived_subsidy_asks_no_interest_of_her(offices):
    a_programme(offices, changes={"subsidy_payment": "waived"})
    paid = cases.a_case_in(State.DISBURSED, offices)
    assert answer(paid).endswith("利息政府直接付，您按还款计划还本金就行。")
