from datetime import datetime

from loans.models import Programme
from tests.makers import cases
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.people import SHANGHAI, Offices
from tests.makers.programme import a_programme
from tests.makers.women import a_woman
from tests.workflows.papers.words import words_of
from workflows.stages import disbursement, eligibility, guarantee, intake
from workflows.stages.eligibility import Reason
from workflows.states import State

# The day on which the golden case of the promise was accepted: a week of holidays and a worked Saturday follow.
SEPTEMBER_28 = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)


def test_acceptance_says_the_last_day_and_counts_the_seven(offices: Offices, programme: Programme) -> None:
    words = words_of(a_case_in(State.SURVEY, offices, at=SEPTEMBER_28), "acceptance")
    assert "申请金额人民币伍万元整（¥50,000.00），期限12个月，材料齐全，已于2026年9月28日受理。" in words
    assert "7个工作日内办完，最迟2026年10月13日（星期二）放款" in words
    assert "9月29日、30日，10月8日、9日、10日（调休上班）、12日、13日" in words
    assert "身份证号9900********" in words


def test_acceptance_under_a_promise_from_recommendation_names_no_day(offices: Offices) -> None:
    a_programme(offices, changes={"promise_start": "city_recommend"})
    words = words_of(a_case_in(State.SURVEY, offices), "acceptance")
    assert "从市妇联推荐的第二天起，7个工作日内办完放款" in words
    assert "最迟2026年" not in words


def test_acceptance_says_where_days_are_still_to_be_announced(offices: Offices, programme: Programme) -> None:
    in_december = datetime(2026, 12, 28, 9, 0, tzinfo=SHANGHAI)
    words = words_of(a_case_in(State.SURVEY, offices, at=in_december), "acceptance")
    assert "要等放假安排公布才能定" in words


def test_a_supplement_lists_everything_and_stops_the_clock(offices: Offices, programme: Programme) -> None:
    words = words_of(a_case_in(State.SUPPLEMENT, offices), "supplement")
    assert "还缺下面1样。这是资格审查环节要补的全部材料，一次告诉您：" in words
    assert "户口本本人页" in words
    assert "户口本本人页拍糊了，重拍一张。" in words
    assert "从今天起时限先停下来" in words
    assert "还剩7个工作日" in words


def test_before_acceptance_a_supplement_says_that_no_clock_runs(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.SUBMITTED, offices)
    back = intake.send_back(case, items=cases.MISSING, by=offices.town_reviewer, at=MONDAY, version=case.version)
    words = words_of(back, "supplement")
    assert "这是收件环节要补的全部材料" in words
    assert "现在还没有受理，7个工作日还没有开始算" in words
    assert "时限先停下来" not in words


def test_a_no_gives_reasons_what_she_can_do_and_the_way_to_appeal(offices: Offices, programme: Programme) -> None:
    words = words_of(a_case_in(State.DECLINED, offices), "refusal")
    assert "项目不在支持范围。开棋牌室不在支持的项目里，这次贷不了。您可以：换成农家乐或种植，可以再来申请。" in words
    assert "可以在2026年10月11日当天或之前向石榴市妇女联合会申请复核" in words
    assert f"经办：石榴市妇女联合会{offices.city_reviewer.name}" in words


def test_reasons_stand_in_the_order_of_their_weight(offices: Offices, programme: Programme) -> None:
    reasons = (
        Reason("use_unclear", "两万元没有写买什么、买多少。", "列一张单子"),
        Reason("project", "三万元用来付房子首付，不是经营。", "改成添设备和进货"),
    )
    case = a_case_in(State.ELIGIBILITY, offices)
    case = eligibility.decline(case, reasons=reasons, by=offices.city_reviewer, at=MONDAY, version=case.version)
    words = words_of(case, "refusal")
    assert words.index("用款计划说不清") < words.index("项目不在支持范围")
    assert "您可以：列一张单子。" in words


def test_a_partners_no_stands_and_says_so(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.GUARANTEE, offices)
    case = guarantee.refuse_guarantee(
        case, reasons=cases.REASONS, by=offices.guarantor_officer, at=MONDAY, version=case.version
    )
    words = words_of(case, "refusal")
    assert "这是石榴市融资担保有限公司作出的决定" in words
    assert "申请复核" not in words


def test_the_guarantors_letter_names_sum_letter_and_shares_but_no_third_person(
    offices: Offices, programme: Programme
) -> None:
    words = words_of(a_case_in(State.DISBURSEMENT, offices), "guarantee")
    assert "石榴市农村信用合作联社：" in words
    assert "担保金额人民币伍万元整（¥50,000.00）" in words
    assert "反担保自然人担保代偿" in words, "the kind, not who it is"
    assert "堂兄" not in words
    assert "逾期满90天，按三方协议由担保基金承担损失的80%" in words
    assert f"经办：石榴市融资担保有限公司{offices.guarantor_officer.name}" in words


def test_payment_says_how_much_where_to_and_what_comes_back(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.DISBURSED, offices)
    words = words_of(case, "disbursement")
    assert "放款金额人民币伍万元整（¥50,000.00）" in words
    assert "尾号1234" in words
    assert "2026年9月21日至2027年9月21日，共12个月" in words
    assert "每期利息您先付，政府审核后把补贴的部分退到您的卡上" in words
    assert "合计50,000.002,281.252,281.2552,281.25" in words


def test_where_the_treasury_pays_the_bank_she_pays_nothing(offices: Offices) -> None:
    a_programme(offices, changes={"subsidy_payment": "waived"})
    words = words_of(a_case_in(State.DISBURSED, offices), "disbursement")
    assert "补贴的部分由政府直接付给银行，您不用付" in words
    assert "合计50,000.002,281.252,281.2550,000.00" in words


def test_a_payment_that_the_banks_system_reports_is_signed_by_the_bank(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.PAYOUT, offices)
    cases.release_payout(case, offices)
    payment = cases.a_payment(case)
    case = disbursement.disburse(case, payment=payment, by=offices.bank_system, at=MONDAY, version=case.version)
    assert "经办：石榴市农村信用合作联社，电话" in words_of(case, "disbursement")


def test_a_long_name_of_many_parts_is_written_whole(offices: Offices, programme: Programme) -> None:
    woman = a_woman(offices)
    woman.full_name = "阿依古丽·䶮㛃·吐尔逊买买提江"
    woman.save()
    case = a_case_in(State.SURVEY, offices, applicant=woman)
    assert "阿依古丽·䶮㛃·吐尔逊买买提江：" in words_of(case, "acceptance")
