"""make screens: a dozen of her pages as a phone of 360 pixels shows them, from the demo on a fixed day."""

import io
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.core.management import call_command
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.alone import a_site
from tests.project.town import signed_in

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screens"
NOW = datetime(2026, 9, 21, 20, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
WIDTH_PX, HEIGHT_PX_MAX, COLOURS = 360, 1280, 48
YES = "home=yes&born=1985-03&payroll=no&loans=none&project=farm_stay&overdue=no&amount=5万"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Screen:
    """One picture: its name, and the page; `state` is that of the case whose woman looks, in {number}."""

    name: str
    path: str
    state: str = ""
    look: str = ""


SCREENS = (
    Screen("home", "/"),
    Screen("guide", "/guide"),
    Screen("check", "/check/loans?home=yes&born=1985-03&payroll=no"),
    Screen("check-result", f"/check/result?{YES}"),
    Screen("calculator", "/calc?count=yes&amount=5万&term_months=12&method=interest_only"),
    Screen("apply", "/apply", "DRAFT"),
    Screen("apply-trade", "/apply/project/trade", "DRAFT"),
    Screen("apply-papers", "/apply/documents", "DRAFT"),
    Screen("case", "/my/{number}", "GUARANTEE"),
    Screen("case-dark", "/my/{number}", "GUARANTEE", "dark"),
    Screen("case-elder", "/my/{number}", "SUPPLEMENT", "elder"),
    Screen("case-refused", "/my/{number}", "DECLINED"),
    Screen("loan", "/my/{number}/loan", "DISBURSED"),
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with a_site(NOW) as site, sync_playwright() as playwright:
        call_command("demo", on=date(2026, 9, 21), stdout=io.StringIO())
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        for screen in SCREENS:
            draw(browser, site, screen)
        browser.close()


def draw(browser: Browser, site: str, screen: Screen) -> None:
    context = browser.new_context(
        viewport={"width": WIDTH_PX, "height": 640},
        color_scheme="dark" if screen.look == "dark" else "light",
        reduced_motion="reduce",
        locale="zh-CN",
    )
    path, client = screen.path, Client()
    if screen.state:
        case = case_in(screen.state)
        path, client = path.format(number=case.number), signed_in(case)
    if screen.look == "elder":
        client.cookies["size"] = "elder"
    context.add_cookies([{"name": name, "value": one.value, "url": site} for name, one in client.cookies.items()])
    page = context.new_page()
    page.goto(f"{site}{path}")
    whole = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    top = whole.crop((0, 0, WIDTH_PX, min(whole.height, HEIGHT_PX_MAX)))
    top.convert("RGB").quantize(COLOURS).save(FOLDER / f"{screen.name}.png", optimize=True)
    context.close()


def case_in(state: str) -> Any:
    """The newest case of the demo that waits there, with the woman who looks at it."""
    cases = apps.get_model("workflows", "Application").objects.filter(state=state)
    return cases.select_related("applicant__user").latest("pk")


if __name__ == "__main__":
    main()
