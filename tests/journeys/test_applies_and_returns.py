"""J1: she checks, applies, loses the network with a photograph half sent, and returns on another phone."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Route, expect

from applicants.models import Applicant, Consent
from records.models import Notice
from tests.journeys.city import City
from tests.journeys.her_phone import PAPERS, HerPhone, tick
from tests.project.measures import axe_complaints, target_complaints
from workflows.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=False)]

ID_NO = "990000199001010025"
USES = (("修灶台、买桌椅", "3万"), ("进货", "20000"))


class MeasuredPhone(HerPhone):
    """Looks round on every page that it comes to."""

    def open(self, path: str) -> None:
        super().open(path)
        self.look_round()

    def go_on(self, label: str = "保存并继续") -> None:
        super().go_on(label)
        self.look_round()

    def look_round(self) -> None:
        assert axe_complaints(self.page) + target_complaints(self.page) == [], self.page.url


def test_she_checks_applies_loses_the_network_and_returns_on_another_phone(city: City):
    her = city.phone(kind=MeasuredPhone if city.has_script else HerPhone)
    check_without_leaving_a_trace(her)
    her.sign_in()
    refuse_one_and_think_again(her)
    leave_a_digit_out(her)
    fill_in_the_rest(her)
    photograph_two(her, city)

    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=True):
        other = city.phone()
        come_back(other)
        other.photograph_papers(PAPERS[1:])
        hand_in_twice(other)


def check_without_leaving_a_trace(her: HerPhone) -> None:
    her.check_first()
    page = her.words()
    for said in ("可以申请", "7 个工作日", "利息", "财政"):
        assert said in page, said
    assert Notice.objects.count() == 0
    assert Applicant.objects.count() == 0
    with her.page.expect_navigation():
        her.page.get_by_role("link", name="用这个金额申请").click()
    assert "/login" in her.page.url


def refuse_one_and_think_again(her: HerPhone) -> None:
    her.open("/apply/consent")
    for recipient in ("federation", "guarantor", "bank"):
        tick(her.page, f"input[name={recipient}]")
    her.go_on("我看懂了，同意")
    assert "可以先不申请，想好再来" in her.words()
    assert Consent.objects.count() == 0
    her.consent()
    assert Consent.objects.count() == 4


def leave_a_digit_out(her: HerPhone) -> None:
    her.open("/apply/person")
    her.fill("full_name", "申请人甲")
    her.go_on()
    her.fill("id_no", ID_NO[:-1])
    her.go_on()
    assert her.page.title().startswith("错误：")
    summary = her.page.get_by_test_id("error-summary")
    said = summary.locator("li").inner_text()
    assert said in her.page.locator(".field.bad .err").inner_text()
    assert her.page.locator("[name=id_no]").input_value() == ID_NO[:-1]
    assert Applicant.objects.get().full_name == "申请人甲"


def fill_in_the_rest(her: HerPhone) -> None:
    her.tell_who_she_is(id_no=ID_NO)
    her.tell_her_situation()
    her.tell_her_project()
    her.ask_for("5万", USES)


def photograph_two(her: HerPhone, city: City) -> None:
    """The first arrives; the network breaks off in the second."""
    her.photograph("身份证正面")
    if not city.has_script:
        return

    def break_off(route: Route) -> None:
        route.abort("connectionreset") if route.request.method == "POST" else route.continue_()

    her.page.route("**/apply/documents", break_off)
    her.choose_photograph("身份证反面")
    expect(her.page.get_by_test_id("upload-2")).to_contain_text("没传上")
    her.page.unroute("**/apply/documents")
    her.page.reload()
    assert "传好了 1 样" in her.words()
    her.open("/apply/project/site")
    assert her.page.locator("[name=site]").input_value() == "河湾村村口的院子"


def come_back(her: HerPhone) -> None:
    her.sign_in()
    her.open("/apply")
    if her.page.locator("[name=last_four]").count():
        her.fill("last_four", ID_NO[-4:])
        her.page.locator("main form button[type=submit]").last.click()
    her.open("/apply")
    tasks = her.page.get_by_test_id("task-list")
    for step in ("关于您", "您的项目"):
        expect(tasks.locator("li").filter(has_text=step)).to_contain_text("已完成")
    assert "5 万元" in tasks.inner_text().replace("\N{NO-BREAK SPACE}", " ")
    her.open("/apply/documents")
    assert "传好了 1 样" in her.words()


def hand_in_twice(her: HerPhone) -> None:
    her.open("/apply/review")
    tick(her.page, "input[name=declared]")
    her.page.get_by_role("button", name="提交申请", exact=True).last.dblclick()
    her.page.wait_for_url("**/done")
    case = Application.objects.get()
    assert "石榴镇妇联" in her.heading()
    assert re.search(r"\d+月\d+日", her.heading())
    calendar = her.page.request.get(f"{her.site}/apply/{case.number}/due.ics").text()
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert calendar.strip().endswith("END:VCALENDAR")
    assert Notice.objects.filter(about=case.number, channel="sms").count() == 1
