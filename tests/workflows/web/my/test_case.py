"""Her page, in every place where a case may wait: the answer, until when, who has it, what she has to do."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine

from tests.makers import cases
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.programme import a_programme, deposit
from tests.makers.women import a_woman
from tests.workflows.web.my.her_pages import due_box, heading, on, questions, read, sign_in, steps, words_of
from workflows import forecast, pausing
from workflows.escalations import look_at_clocks
from workflows.models import Application
from workflows.models.pause import PauseReason
from workflows.stages import disbursement, eligibility, intake, interruptions
from workflows.stages.intake import MissingItem
from workflows.states import State

HANDED_IN = [one for one in State if one not in (State.DRAFT, State.PUBLICITY, State.WAITLISTED)]


@pytest.fixture
def story(offices, programme):
    """Accepted on 28 September, with the bank since the 9th of October, four days used."""
    case = cases.a_submitted_case(offices, at=on(9, 25, 19))
    case = cases.accept(case, offices, on(9, 28))
    case = cases.record_survey(case, offices, on(9, 30, 11))
    case = cases.recommend(case, offices, on(10, 8, 15))
    return cases.give_guarantee(case, offices, on(10, 9, 16))


def test_the_answer_is_the_heading_then_the_day_then_who_has_it(client, story, offices):
    words = read(client, story, at=on(10, 10))
    assert heading(words) == "担保公司同意了，农信在审批，最晚 10 月 13 日。"
    box = due_box(words)
    for said in (
        "最晚到账",
        "10 月 13 日",
        "星期二",
        "还剩 3 个工作日",
        "从 9 月 28 日受理起算，今天第 5 天。",
        "农信",
    ):
        assert said in box
    assert 'href="tel:09990123456"' in box
    assert "您现在不用做什么。" in words


def test_the_tracker_has_seven_fixed_steps_and_marks_where_the_case_is(client, story):
    words = read(client, story, at=on(10, 10))
    assert steps(words) == [
        ("done", "交申请"),
        ("done", "走访调查"),
        ("done", "资格审查"),
        ("done", "担保审批"),
        ("now", "银行审批"),
        ("wait", "签字"),
        ("wait", "到账"),
    ]
    for said in ("9 月 25 日", "9 月 30 日", "10 月 8 日", "10 月 9 日"):
        assert said in words


def test_a_policy_without_a_guarantor_has_no_such_step(client, offices):
    a_programme(offices, changes={"has_guarantor_stage": False})
    case = cases.recommend(a_case_in(State.ELIGIBILITY, offices), offices)
    assert "担保审批" not in [name for _state, name in steps(read(client, case, at=MONDAY))]


def test_the_timeline_is_newest_first_and_names_who_did_it(client, story):
    words = read(client, story, at=on(10, 10))
    newest, oldest = words.index("担保公司同意了</p>"), words.index("已交申请</p>")
    assert newest < oldest
    assert "葛立新（担保公司）" in words
    assert "孟春草（石榴镇妇联）" in words


def test_once_somebody_has_taken_the_case_she_is_named(client, story, offices):
    story.assignments.filter(ended_at__isnull=True).update(owner=offices.bank_officer)
    assert "农信 成雅静" in due_box(read(client, story, at=on(10, 10)))


def test_a_broken_promise_is_said_first_with_a_new_day_and_two_phones(client, story, offices):
    look_at_clocks(by=offices.clock, at=on(10, 14))
    words = read(client, story, at=on(10, 14))
    assert heading(words) == "说好 10 月 13 日办完，没办完，对不住您。"
    box = due_box(words)
    assert 'class="due sorry"' in box
    for said in ("新的日子", "10 月 15 日", "已超 1 个工作日", "现在卡在农信", "市妇联 温若兰"):
        assert said in box
    assert "政府补的利息不受影响。" in words
    assert "超过了说好的日子，给您发了道歉短信" in words


def test_a_pause_shows_why_since_when_and_what_is_left(client, story, offices):
    case = interruptions.request_supplement(
        story, items=cases.MISSING, by=offices.bank_officer, at=on(10, 9, 17), version=story.version
    )
    words = read(client, case, at=on(10, 10))
    box = due_box(words)
    assert 'class="due paused"' in box
    for said in ("还剩 4 个工作日", "已暂停：等补材料", "10 月 9 日起暂停", "材料由谁收"):
        assert said in box
    assert heading(words) == "还差 1 样材料：户口本本人页。"
    assert "户口本本人页拍糊了，重拍一张。" in words
    assert f'href="/my/{case.number}/supplement"' in words
    assert ("hold", "银行审批") in steps(words)
    assert "您现在不用做什么" not in words


def test_what_stops_the_clock_outside_is_named_with_the_day_on_which_it_goes_on(client, story, offices):
    pausing.pause(
        story,
        reason=PauseReason.FORCE_MAJEURE,
        expected_on=on(10, 14).date(),
        note="河水上涨，路断了",
        by=offices.bank_officer,
        at=on(10, 9, 18),
    )
    words = read(client, story, at=on(10, 10))
    assert heading(words) == "因为不可抗力，时间先停下来，预计 10 月 14 日接着办。"
    assert "已暂停：不可抗力" in due_box(words)
    assert ("hold", "银行审批") in steps(words)


def test_several_things_that_are_asked_for_read_as_one_line(client, offices, programme):
    case = a_case_in(State.ELIGIBILITY, offices)
    asked = (*cases.MISSING, MissingItem("site", "要有院子大门的照片。"))
    case = interruptions.request_supplement(
        case, items=asked, by=offices.city_reviewer, at=MONDAY, version=case.version
    )
    words = read(client, case, at=MONDAY)
    assert "拍糊了，重拍一张；要有院子大门的照片。" in words
    assert "要补的 2 样" in words


def test_a_draft_leads_on_to_the_form_and_offers_to_drop_it(client, offices, programme):
    case = a_case_in(State.DRAFT, offices)
    words = read(client, case, at=MONDAY)
    assert heading(words).startswith("还没交。")
    assert f'href="/apply?case={case.number}"' in words
    assert "不办了，删掉草稿" in words
    assert "不是我办的" not in words


def test_a_draft_that_was_sent_back_says_what_is_missing_and_leads_to_the_form(client, offices, programme):
    case = a_case_in(State.SUBMITTED, offices)
    case = intake.send_back(case, items=cases.MISSING, by=offices.town_reviewer, at=MONDAY, version=case.version)
    words = read(client, case, at=MONDAY)
    assert "户口本本人页拍糊了，重拍一张。" in words
    assert f'href="/apply?case={case.number}"' in words


def test_what_her_helper_filled_in_waits_for_her_own_nod(client, offices, programme):
    words = read(client, a_case_in(State.AWAITING_CONSENT, offices), at=MONDAY)
    assert "白杏花替您填好了" in heading(words)
    assert "点短信里的链接" in words
    assert "白杏花" in due_box(words)


def test_before_acceptance_it_says_until_when_the_papers_are_looked_at(client, offices, programme):
    words = read(client, a_case_in(State.SUBMITTED, offices), at=MONDAY)
    box = due_box(words)
    for said in ("最晚哪天看完材料", "9 月 23 日", "受理以后，7 个工作日办完。", "石榴镇妇联"):
        assert said in box


def test_in_the_waiting_line_she_reads_her_place(client, offices):
    programme = a_programme(offices, deposit_fen=0)
    case = cases.waitlist(a_case_in(State.SUBMITTED, offices), offices)
    words = read(client, case, at=MONDAY)
    assert "您排第 1 位" in heading(words)
    assert "第 1 位" in due_box(words)
    behind = cases.waitlist(a_case_in(State.SUBMITTED, offices), offices)
    assert "第 2 位" in due_box(read(client, behind, at=MONDAY))
    deposit(programme.pool, offices, amount_fen=100_000_000)


def test_changed_terms_stand_old_beside_new_with_the_banks_reason(client, offices, programme):
    case = a_case_in(State.TERMS_OFFERED, offices)
    words = read(client, case, at=MONDAY)
    assert "农信能贷 4 万元，比您要的少 1 万元。" in heading(words)
    for said in ("5 万元", "4 万元", "农信说：流水偏少，先贷少一点。"):
        assert said in words
    for move in ("accept_terms", "decline_terms"):
        assert f'href="/my/{case.number}/moves/{move}"' in words


def test_an_approval_says_where_to_sign_what_to_bring_and_until_when(client, offices, programme):
    offices.bank.address = "石榴市榴花路 16 号"
    offices.bank.save()
    words = read(client, a_case_in(State.SIGNING, offices), at=MONDAY)
    assert heading(words) == "批了 5 万元！"
    for said in ("石榴市农村信用合作联社", "石榴市榴花路 16 号", "带身份证", "最晚 10 月 ", "4.50%", "先息后本"):
        assert said in words


def test_whoever_has_no_card_yet_gets_one_at_signing(client, offices, programme):
    her = a_woman(offices)
    her.account_no, her.account_index, her.account_bank = "", "", None
    her.save()
    words = read(client, a_case_in(State.SIGNING, offices, applicant=her), at=MONDAY)
    assert "还没有农信的卡，当场办一张。" in words


def test_the_money_that_arrived_leads_to_her_loan(client, offices, programme):
    case = a_case_in(State.DISBURSED, offices)
    words = read(client, case, at=MONDAY)
    assert "5 万元已到您尾号 1234 的卡。" in heading(words)
    assert "到账那天" in due_box(words)
    assert f'href="/my/{case.number}/loan"' in words
    assert {state for state, _name in steps(words)} == {"done"}
    assert "撤回申请" not in words


def test_a_no_gives_each_reason_with_what_she_can_do_and_whom_to_ask(client, offices, programme):
    words = read(client, a_case_in(State.DECLINED, offices), at=MONDAY)
    assert heading(words) == "这次没批。"
    for said in (
        "1. 项目不在支持范围",
        "开棋牌室不在支持的项目里，这次贷不了。",
        "换成农家乐或种植，可以再来申请。",
        "申请复核，最晚",
        "10 月 11 日",
        "市妇联 温若兰",
        "市妇联 纪荷香",
        "参加免费培训班",
    ):
        assert said in words
    assert steps(words) == []


def test_reasons_come_in_the_order_of_their_weight(client, offices, programme):
    case = a_case_in(State.ELIGIBILITY, offices)
    reasons = [
        eligibility.Reason("other_loans", "您在信用社还有一笔经营贷款没有还清。", "先还清，带结清单再来。"),
        eligibility.Reason("use_unclear", "三万元买设备，没写买什么设备。", "写清楚再交一次。"),
    ]
    case = eligibility.decline(case, reasons=reasons, by=offices.city_reviewer, at=MONDAY, version=case.version)
    words = read(client, case, at=MONDAY)
    assert words.index("1. 已有未还清的创业贷款") < words.index("2. 用款计划说不清")


def test_after_the_days_of_appeal_it_says_that_they_are_over(client, offices, programme):
    case = a_case_in(State.DECLINED, offices)
    words = read(client, case, at=MONDAY + timedelta(days=21))
    assert "过了。" in words
    assert "复核找" not in words


def test_a_no_of_the_bank_isnt_the_federations_to_review(client, offices, programme):
    case = a_case_in(State.DISBURSEMENT, offices)
    case = disbursement.refuse_loan(
        case, reasons=cases.REASONS, by=offices.bank_officer, at=MONDAY, version=case.version
    )
    words = read(client, case, at=MONDAY)
    assert "申请复核" not in words
    assert "农信 成雅静" in words


@pytest.mark.parametrize(
    ("state", "said"), [(State.WITHDRAWN, "按您说的停了"), (State.EXPIRED, "等得太久，这次先停了")]
)
def test_what_is_over_says_so_and_how_to_begin_again(client, offices, programme, state, said):
    words = read(client, a_case_in(state, offices), at=MONDAY)
    assert said in heading(words)
    assert "重新申请" in words
    assert steps(words) == []


def test_a_frozen_case_says_that_somebody_will_call(client, offices, programme):
    words = read(client, a_case_in(State.FROZEN, offices), at=MONDAY)
    assert "先停下了" in heading(words)
    assert "妇联会打电话核实" in words


def test_her_papers_are_listed_to_be_opened(client, story):
    words = read(client, story, at=on(10, 10))
    for kind, title in (("acceptance", "受理通知书"), ("recommendation", "推荐表"), ("guarantee", "担保函")):
        assert f"/my/{story.number}/papers/{kind}" in words
        assert title in words


@pytest.mark.parametrize("state", HANDED_IN)
def test_no_page_shows_a_whole_number_of_hers(client, offices, programme, state):
    case = a_case_in(state, offices)
    words = read(client, case, at=MONDAY)
    her = case.applicant
    assert her.id_no not in words
    assert her.account_no not in words
    assert her.mobile not in words


@pytest.mark.parametrize("state", [one for one in State if one not in (State.PUBLICITY, State.WAITLISTED)])
def test_the_page_asks_a_bounded_number_of_questions(client, offices, programme, state):
    case = a_case_in(state, offices)
    assert questions(client, case, at=MONDAY) <= 25


@pytest.mark.parametrize(
    "page", ["", "/supplement", "/documents", "/access", "/days.ics", "/loan", "/moves/withdraw", "/consents/bank"]
)
def test_somebody_elses_case_doesnt_exist(client, offices, programme, page):
    case, other = a_case_in(State.SURVEY, offices), a_woman(offices)
    client.force_login(other.user)
    assert client.get(f"/my/{case.number}{page}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("who", ["town_reviewer", "city_reviewer", "helper", "bank_officer", "leader"])
def test_an_office_has_pages_of_its_own(client, offices, programme, who):
    case = a_case_in(State.DISBURSEMENT, offices)
    client.force_login(getattr(offices, who))
    assert client.get(f"/my/{case.number}").status_code == HTTPStatus.NOT_FOUND


def test_whoever_isnt_signed_in_is_asked_for_her_phone(client, offices, programme):
    case = a_case_in(State.SURVEY, offices)
    response = client.get(f"/my/{case.number}")
    assert response["Location"] == f"/login?next=/my/{case.number}"


@pytest.mark.parametrize("page", ["", "/documents", "/access", "/moves/withdraw"])
def test_a_phone_that_doesnt_know_her_asks_for_the_end_of_her_id_number(client, offices, programme, page):
    case = a_case_in(State.SURVEY, offices)
    client.force_login(case.applicant.user)
    response = client.get(f"/my/{case.number}{page}")
    assert response["Location"].startswith(f"/login/person/{case.applicant_id}")


def test_her_draft_needs_no_such_proof(client, offices, programme):
    case = a_case_in(State.DRAFT, offices)
    client.force_login(case.applicant.user)
    assert client.get(f"/my/{case.number}").status_code == HTTPStatus.OK


def test_what_she_saw_stays_in_no_cache(client, offices, programme):
    case = a_case_in(State.SURVEY, offices)
    assert sign_in(client, case).get(f"/my/{case.number}")["Cache-Control"] == "no-store"


def test_a_case_without_a_village_can_be_withdrawn_and_read(client, offices, programme):
    her = a_woman(offices)
    case = a_case_in(State.DRAFT, offices, applicant=her)
    case = interruptions.withdraw(case, reason="", by=her.user, at=MONDAY, version=case.version)
    Application.objects.get(pk=case.pk)
    her.village = None
    her.save()
    assert "按您说的停了" in read(client, case, at=MONDAY)


def test_in_wechat_she_reads_how_to_get_the_calendar(client, story):
    with time_machine.travel(on(10, 10), tick=False):
        sign_in(client, story)
        response = client.get(f"/my/{story.number}", headers={"user-agent": "Mozilla/5.0 MicroMessenger/8.0"})
    assert "在浏览器打开" in words_of(response.content)


def test_what_happened_to_the_last_cases_stands_below_the_day(client, story, offices, monkeypatch):
    assert "个工作日内到账" not in read(client, story, at=on(10, 10))  # too few to say
    monkeypatch.setattr(forecast, "ENOUGH", 1)
    a_case_in(State.DISBURSED, offices)
    assert "最近 1 件，1 件受理后 0 个工作日内到账，等她们补材料、签字的日子也算在内。您的不一定" in read(
        client, story, at=on(10, 10)
    )
