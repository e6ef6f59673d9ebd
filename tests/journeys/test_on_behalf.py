"""J2: the village chair fills in for a woman without a smartphone, and she answers by a link that works once."""

import re
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import expect

from applicants import mandates, survey_ledger
from applicants.models import SurveyedWoman
from applicants.models.mandate import Route
from records.models import Notice
from tests.journeys.city import City
from tests.journeys.her_phone import HerPhone
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.people import PASSWORD
from tests.project.measures import axe_complaints, target_complaints
from tests.workflows.api.client import Caller
from tests.workflows.web import filling
from tests.workflows.web.filling import HER_ID_NO, HER_MOBILE
from workflows import helping
from workflows.models import Application
from workflows.stages import intake
from workflows.states import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=False)]

ANSWERS = ("是我要办的，同意", "不对，要改", "不是我办的")


class HelpersPhone(HerPhone):
    """The village chair's, who signs in by name."""

    def sign_in(self) -> None:
        self.open("/staff/login")
        self.fill("username", "helper")
        self.fill("password", PASSWORD)
        self.go_on("登录")

    def follow(self, label: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=label).first.click()

    def begin_for(self, row: SurveyedWoman) -> None:
        """From her row of the survey, so that nobody tells twice what was told at the door."""
        self.open("/helper")
        self.follow("本村摸底")
        self.follow("替她申请")
        assert self.page.locator("[name=full_name]").input_value() == row.full_name
        self.fill("id_no", HER_ID_NO)
        self.choose("route", "link")
        self.choose("may", "follow")
        self.go_on("开始替她填")


def test_she_says_yes_by_a_link_that_works_once(city: City):
    helper, her = HelpersPhone(city.phone().page, site=city.site, mobile=""), city.phone()
    helper.sign_in()
    helper.begin_for(told_at_the_door(city))
    fill_in(helper, city)
    case = ask_for_her_word(helper)

    link = link_of(case)
    read_it(her, link, city)
    her.go_on(ANSWERS[0])
    assert "申请交上去了" in her.heading()

    case.refresh_from_db()
    assert case.state == State.SUBMITTED
    assert {one.mobile for one in Notice.objects.filter(about=case.number, kind="confirm", channel="sms")} == {
        HER_MOBILE
    }
    her.open(link)
    assert "链接过期了" in her.words()
    follow_it(helper, case)


def test_who_filled_it_in_accepts_it_neither_at_her_desk_nor_through_the_api(city: City):
    case = filled_in_by_the_town(city)
    officer = city.desk("town")
    officer.open_case(case.number)
    assert "这件是您代办的，要由别人审核。" in officer.words()
    assert officer.page.locator("a[href*='/moves/accept']").count() == 0
    answer = Caller(city.offices.town_reviewer).move(case.number, "accept")
    assert (answer.status_code, answer.json()["code"]) == (403, "helper_conflict")
    case.refresh_from_db()
    assert case.state == State.SUBMITTED

    colleague = city.desk("town2")
    colleague.begin(case.number, "accept")
    colleague.press("受理")
    case.refresh_from_db()
    assert case.state == State.SURVEY


def test_not_mine_stops_the_case_and_calls_the_town(city: City):
    case, link = asked_by_link(city)
    her, officer = city.phone(), city.desk("town")
    read_it(her, link, city)
    her.go_on(ANSWERS[2])
    assert "已经停了" in her.heading()

    case.refresh_from_db()
    assert case.state == State.FROZEN
    officer.page.goto(f"{city.site}/work")
    first = officer.page.locator("#rows, main").first.inner_text()
    assert first.index("有人说不是她办的，先核实") < first.index(case.number)
    officer.open_case(case.number)
    for move in ("accept", "recommend", "decline"):
        assert officer.page.locator(f"a[href*='/moves/{move}']").count() == 0, move
        refused = Caller(city.offices.city_reviewer).move(case.number, move)
        assert refused.status_code >= 400, move
    assert Notice.objects.filter(kind="frozen", about=case.number, to_user=city.offices.town_reviewer).exists()


def told_at_the_door(city: City) -> SurveyedWoman:
    told = survey_ledger.Told(
        full_name="申请人甲", place="三组 12 号", wants="农家乐", willing="yes", mobile=HER_MOBILE
    )
    return survey_ledger.keep(
        told, key=uuid.uuid4(), village=city.offices.villages[0], is_whole=True, by=city.offices.helper, at=MONDAY
    )


def fill_in(helper: HelpersPhone, city: City) -> None:
    """Two pages by hand under the bar, the others as forms that are sent: J1 drives every page of them."""
    assert "您正在替 申请人甲 填写" in bar_of(helper)
    helper.open("/apply/consent")
    assert helper.page.get_by_role("button", name="我看懂了，同意").count() == 0
    helper.open("/apply/person/address")
    helper.fill("address", "三组 12 号")
    helper.go_on()
    sender = Client()
    sender.force_login(city.offices.helper)
    sender.get("/apply", {"case": Application.objects.get().number})
    filling.fill_in(sender, city.offices, with_consents=False)


def bar_of(helper: HelpersPhone) -> str:
    return helper.page.locator(".bar.proxy").inner_text().replace("\N{NO-BREAK SPACE}", " ")


def ask_for_her_word(helper: HelpersPhone) -> Application:
    """At the end the helper can ask her, and not hand it in."""
    helper.open("/apply/review")
    assert "您正在替 申请人甲 填写" in bar_of(helper)
    assert helper.page.get_by_role("button", name="提交申请").count() == 0
    helper.go_on("请本人确认")
    assert "链接发到她的手机了" in helper.words()
    case = Application.objects.get()
    assert case.state == State.AWAITING_CONSENT
    return case


def link_of(case: Application) -> str:
    found = re.search(r"/c/\S+", Notice.objects.get(kind="confirm_link", about=case.number).text)
    assert found is not None
    return found.group()


def read_it(her: HerPhone, link: str, city: City) -> None:
    """Nobody signs in; it is large, and three buttons are as high as two fingers."""
    her.open(link)
    words = her.words()
    said = ("白杏花", "5 万元", "农家乐", "妇联、担保公司、农信、财政局", "尾号 1234")
    assert [one for one in said if one not in words] == []
    buttons = her.page.locator("button[name=answer]")
    expect(buttons).to_have_text(ANSWERS)
    assert min(box["height"] for box in (one.bounding_box() for one in buttons.all()) if box) >= 60
    sizes = her.page.locator("main p, main dd, main dt, main button").evaluate_all(
        "all => all.filter(one => one.offsetParent).map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert sorted(sizes)[len(sizes) // 2] >= 24, sizes
    if city.has_script:
        assert axe_complaints(her.page) + target_complaints(her.page) == []


def follow_it(helper: HelpersPhone, case: Application) -> None:
    """She allowed her helper to see how far it is; the helper hears, and changes nothing any more."""
    helper.open("/helper")
    assert case.number in helper.words()
    assert helper.page.get_by_role("link", name="接着填").count() == 0
    assert Notice.objects.filter(kind="mandate_answered", to_user=case.filled_by, channel="inbox").exists()


def filled_in_by_the_town(city: City) -> Application:
    """An officer of the town filled it in face to face, and the woman has said yes to it."""
    draft = cases.a_helped_draft(replace(city.offices, helper=city.offices.town_reviewer))
    asked = intake.request_consent(draft, by=city.offices.town_reviewer, at=MONDAY, version=draft.version)
    return cases.confirm(asked)


def asked_by_link(city: City) -> tuple[Application, str]:
    """Another woman's case, and the link on her phone."""
    helper, draft = city.offices.helper, cases.a_helped_draft(city.offices)
    mandates.give_mandate(
        draft.applicant, helper=helper, route=Route.LINK, valid_until_on=MONDAY.date() + timedelta(days=60), at=MONDAY
    )
    case = helping.ask_her(draft, link_of=lambda token: f"/c/{token}", by=helper, at=MONDAY, version=draft.version)
    return case, link_of(case)
