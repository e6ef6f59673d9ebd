"""What an officer does at her desk, 1280 pixels wide."""

from playwright.sync_api import Page, ViewportSize

from tests.journeys.her_phone import tick
from tests.makers.people import PASSWORD

DESK: ViewportSize = {"width": 1280, "height": 800}


class Desk:
    """One member of staff, signed in."""

    def __init__(self, page: Page, *, site: str, login: str) -> None:
        self.page, self.site = page, site
        page.goto(f"{site}/staff/login")
        page.locator("[name=username]").fill(login)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda url: "/staff/login" not in url)

    def open_case(self, number: str) -> None:
        self.page.goto(f"{self.site}/case/{number}")

    def begin(self, number: str, move: str) -> None:
        """Open the form of a move, from the case's own page."""
        self.open_case(number)
        self.page.locator(f"a[href*='/moves/{move}']").first.click()

    def fill(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"[name='{name}']").fill(text)

    def pick(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"select[name='{name}']").select_option(value)

    def tick(self, name: str, value: str) -> None:
        tick(self.page, f"input[name='{name}'][value='{value}']")

    def press(self, label: str) -> None:
        self.page.locator("#desk").get_by_role("button", name=label, exact=True).last.click()
        self.page.wait_for_load_state()

    def words(self) -> str:
        return self.page.locator("main").inner_text()
