"""What she does on her phone, 360 pixels wide, by the words that she sees."""

import io
import re
from collections.abc import Sequence

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, ViewportSize, expect
from playwright.sync_api import TimeoutError as TimedOut

from records.models import Notice

PAPERS = ("身份证正面", "身份证反面", "户口本首页", "户口本本人页", "村委会证明", "项目现场照片")
PHONE: ViewportSize = {"width": 360, "height": 640}


def tick(page: Page, selector: str) -> None:
    """Choose a box by pressing its label, as a finger does: the input itself may be drawn away."""
    box = page.locator(selector)
    if not box.is_checked():
        label = box.evaluate_handle("box => box.labels[0]").as_element()
        assert label is not None, f"{selector} has no label"
        label.click()
    expect(box).to_be_checked()


class HerPhone:
    """One woman with one phone."""

    def __init__(self, page: Page, *, site: str, mobile: str) -> None:
        self.page, self.site, self.mobile = page, site, mobile

    def open(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")

    def go_on(self, label: str = "保存并继续") -> None:
        # A click doesn't wait for the answer; whoever opens the next page at once would cancel what was sent.
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=label, exact=True).last.click()

    def choose(self, name: str, value: str) -> None:
        tick(self.page, f"input[name='{name}'][value='{value}']")

    def fill(self, name: str, text: str) -> None:
        self.page.locator(f"[name={name}]").fill(text)

    def words(self) -> str:
        return self.page.locator("main").inner_text().replace("\N{NO-BREAK SPACE}", " ")

    def heading(self) -> str:
        return re.sub(r"\s+", "", self.page.locator("h1").inner_text())

    def answer(self, name: str, value: str) -> None:
        """One question of the pre-check, one page."""
        field = self.page.locator(f"main [name='{name}']").first
        if field.get_attribute("type") in ("radio", "checkbox"):
            self.choose(name, value)
        else:
            field.fill(value)
        with self.page.expect_navigation():
            self.page.locator("main form button[type=submit]").last.click()

    def check_first(self) -> None:
        """Seven questions before anybody registers, and the answer that she may apply."""
        self.open("/check")
        self.answer("home", "yes")
        self.fill("born_year", "1985")
        self.answer("born_month", "3")
        for name, value in (("payroll", "no"), ("loans", "none")):
            self.answer(name, value)
        for name, value in (("project", "farm_stay"), ("overdue", "no"), ("amount", "5万")):
            self.answer(name, value)
        assert "可以申请" in self.heading()

    def sign_in(self) -> None:
        self.open("/login")
        self.fill("mobile", self.mobile)
        self.go_on("发验证码")
        expect(self.page.locator("[name=code]")).to_be_visible()
        self.fill("code", self.code())
        self.go_on("登录")

    def code(self) -> str:
        text = Notice.objects.filter(kind="sign_in").latest("pk").text
        found = re.search(r"\d{6}", text)
        assert found is not None, text
        return found.group()

    def consent(self) -> None:
        self.open("/apply/consent")
        for recipient in ("federation", "guarantor", "bank", "finance"):
            tick(self.page, f"input[name={recipient}]")
        self.go_on("我看懂了，同意")

    def tell_who_she_is(self, *, id_no: str) -> None:
        self.open("/apply/person/name")
        self.fill("full_name", "申请人甲")
        self.go_on()
        self.fill("id_no", id_no)
        self.go_on()
        self.find_her_village("河湾", shown="河湾村（石榴镇）", town="石榴镇")
        self.fill("address", "三组 12 号")
        self.go_on()

    def find_her_village(self, part: str, *, shown: str, town: str) -> None:
        """By a part of its name, which with script brings it by itself; without, by its town and one press more."""
        self.fill("find", part)
        try:
            self.page.locator("[name=village] option", has_text=shown).wait_for(state="attached", timeout=10_000)
        except TimedOut:
            self.page.locator("[name=town]").select_option(label=town)
            self.page.get_by_role("button", name="看看有哪些村").click()
        self.page.locator("[name=village]").select_option(label=shown)
        self.go_on()

    def tell_her_situation(self) -> None:
        self.open("/apply/situation")
        for name, value in (
            ("registered_in_city", "yes"),
            ("resides_in_city", "yes"),
            ("on_public_payroll", "no"),
            ("other_loans", "none"),
            ("has_overdue_debt", "no"),
            ("marital_status", "single"),
        ):
            self.choose(name, value)
            self.go_on()

    def tell_her_project(self) -> None:
        self.open("/apply/project")
        self.choose("project_type", "farm_stay")
        self.go_on()
        self.fill("site", "河湾村村口的院子")
        self.go_on()
        for name, value in (("started", "1_to_3"), ("income_band", "50k_to_100k")):
            self.choose(name, value)
            self.go_on()
        self.fill("jobs", "2")
        self.go_on()
        self.choose("proof", "village_certificate")
        self.go_on()

    def ask_for(self, amount: str, uses: tuple[tuple[str, str], ...]) -> None:
        self.open("/apply/amount")
        self.fill("amount", amount)
        self.go_on()
        for name, value in (("term_months", "12"), ("method", "interest_only")):
            self.choose(name, value)
            self.go_on()
        self.open("/apply/use")
        for number, (use, part) in enumerate(uses):
            self.fill(f"rows-{number}-use", use)
            self.fill(f"rows-{number}-amount", part)
        self.go_on()
        self.open("/apply/account")
        self.fill("account_no", "6223 1900 0000 0081 234")
        self.go_on()
        self.open("/apply/people/surety")
        self.choose("surety_way", "talk")
        self.go_on()

    def photograph_papers(self, labels: Sequence[str] = PAPERS) -> None:
        """One picture for each line of the list, in its order."""
        for label in labels:
            self.photograph(label)

    def photograph(self, label: str) -> None:
        form = self.choose_photograph(label)
        send = form.get_by_role("button", name=re.compile("传上去"))
        if send.count() and send.is_visible():
            send.click()
        expect(self.page.locator(".docs > li").filter(has_text=label).get_by_text("已传好").first).to_be_visible()

    def choose_photograph(self, label: str) -> Locator:
        """Choose a picture for this line of the list; with script it goes up at once."""
        self.open("/apply/documents")
        form = self.page.locator("form").filter(has=self.page.locator("input[type=file]")).filter(has_text=label).first
        picture = FilePayload(name=f"{label}.jpg", mimeType="image/jpeg", buffer=a_photograph())
        form.locator("input[type=file]").set_input_files(picture)
        return form

    def hand_in(self) -> str:
        """Check the answers, declare, hand in; the number of the case."""
        self.open("/apply/review")
        tick(self.page, "input[name=declared]")
        self.go_on("提交申请")
        found = re.search(r"W\d{4}-\d{4,}", self.page.locator("main").inner_text())
        assert found is not None
        return found.group()


def a_photograph() -> bytes:
    written = io.BytesIO()
    Image.effect_noise((640, 400), 60).convert("RGB").save(written, "JPEG")
    return written.getvalue()
