"""The main job: from her phone to money in her account, through every office, in a real browser."""

import pytest

from tests.journeys.city import City
from tests.journeys.her_phone import HerPhone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=False)]

ID_NO = "990000199001010025"
USES = (("修灶台、买桌椅", "3万"), ("进货", "20000"))


def test_from_her_phone_to_money_in_her_account(city: City):
    her = city.phone()
    her.check_first()
    her.sign_in()
    number = apply(her)
    her.open(f"/my/{number}")
    assert "石榴镇妇联" in her.heading()

    through_the_federation(city, number)
    her.open(f"/my/{number}")
    assert "担保公司在审" in her.heading()
    guarantee(city, number)
    approve(city, number)
    her.open(f"/my/{number}")
    assert "批了5万元" in her.heading()
    sign_and_pay(city, number)

    her.open(f"/my/{number}")
    assert "5万元已到您尾号1234的卡" in her.heading()


def apply(her: HerPhone) -> str:
    her.consent()
    her.tell_who_she_is(id_no=ID_NO)
    her.tell_her_situation()
    her.tell_her_project()
    her.ask_for("5万", USES)
    her.photograph_papers()
    return her.hand_in()


def through_the_federation(city: City, number: str) -> None:
    town = city.desk("town")
    town.begin(number, "accept")
    town.press("受理")
    town.page.goto(f"{city.site}/case/{number}/visit")
    for visitor in (city.offices.town_reviewer, city.offices.town_reviewer2):
        town.tick("visitors", str(visitor.pk))
    for question in ("met_in_person", "identity_matches", "was_asked_alone", "family_knows", "business_is_real"):
        town.tick(question, "yes")
    town.tick("voluntary", "yes")
    town.fill(seen="院里有八张桌子，灶台正在修，菜地两亩。", suggested_amount="5万")
    town.page.get_by_role("button", name="保存走访").click()

    officer = city.desk("city")
    officer.begin(number, "recommend")
    officer.fill(opinion="项目真实，用途清楚，同意推荐。")
    officer.press("推荐")


def guarantee(city: City, number: str) -> None:
    officer = city.desk("guarantor")
    officer.begin(number, "guarantee")
    officer.fill(guarantee_no="惠担函〔2026〕0001", opinion="经实地查看，同意担保。", counter_what_1="堂兄，镇上开店")
    officer.pick(counter_kind_1="person")
    officer.press("同意担保")


def approve(city: City, number: str) -> None:
    officer = city.desk("bank")
    officer.begin(number, "approve_loan")
    officer.tick("credit_result", "passed")
    officer.press("批准贷款")


def sign_and_pay(city: City, number: str) -> None:
    officer, second = city.desk("bank"), city.desk("bank2")
    officer.begin(number, "sign")
    officer.fill(contract_no="农信借字〔2026〕0001")
    officer.press("登记已签约")
    officer.begin(number, "instruct_payout")
    officer.press("写放款指令")
    second.begin(number, "release_payout")
    second.tick("outcome", "approved")
    second.press("复核放款指令")
    officer.begin(number, "disburse")
    officer.fill(bank_serial="NX202609210001", bank_loan_no="JJ20260001")
    officer.press("已放款")
