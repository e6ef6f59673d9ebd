"""Every page in a real browser, against the budgets of docs/performance.md: weight, requests, reach, targets, width.

`make test` looks at every kind of page once, at another size and look each; `make drill` at all of them in all.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.makers.cases import MONDAY
from tests.project.measures import (
    DESK,
    ELDER_TARGET_PX,
    FIRST_VIEW_BYTES_MAX,
    PHONE,
    STAFF_FIRST_VIEW_BYTES_MAX,
    TARGET_PX,
    axe_complaints,
    dead_control_complaints,
    kept_complaints,
    open_page,
    sideways_complaints,
    target_complaints,
    wire_complaints,
)
from tests.project.pages import Shown, all_addresses, pages, staff_pages
from tests.project.served import served
from tests.project.town import Town, a_town
from workflows.states import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=False)]

LOOKS = ("light", "dark", "elder")
SIZES = (PHONE, DESK)
# The sample: cases in a few states, and every so manieth of their pages, to be done within a minute.
A_FEW = (State.DRAFT, State.SUPPLEMENT, State.DISBURSED)
EVERY = 7


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Nine in the morning of 21 September 2026; the clock runs on, or the browser would wait for ever."""
    with time_machine.travel(MONDAY, tick=True):
        yield


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking for who may see a page meets many closed doors, and nobody wants to read of them."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)


@pytest.fixture
def town() -> Town:
    return a_town()


@pytest.fixture
def small_town() -> Town:
    return a_town(A_FEW)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    with served(tmp_path) as address:
        yield address


def test_a_sample_of_all_pages_keeps_to_every_measure(browser: Browser, small_town: Town, site: str):
    looks = cycle((look, size) for size in SIZES for look in LOOKS)
    complaints = []
    for shown, (look, size) in zip(pages(small_town)[::EVERY], looks, strict=False):
        with a_window(browser, look, size) as context:
            page, wire = open_page(context, site, shown, look=look)
            found = wire_complaints(wire, site, bytes_max=FIRST_VIEW_BYTES_MAX) + of_look(page, look)
            complaints += [f"{shown} {look} {size['width']}: {one}" for one in found]
    assert complaints == [], "\n".join(complaints)


@pytest.mark.drill
@pytest.mark.parametrize("look", LOOKS)
def test_every_page_can_be_read_and_pressed_in_every_look(browser: Browser, town: Town, site: str, look: str):
    complaints = []
    for shown in pages(town):
        with a_window(browser, look, PHONE) as context:
            page, wire = open_page(context, site, shown, look=look)
            found = wire_complaints(wire, site, bytes_max=FIRST_VIEW_BYTES_MAX)
            for size in SIZES:
                page.set_viewport_size(size)
                found += axe_complaints(page)
            page.set_viewport_size(PHONE)
            found += of_look(page, look)
            complaints += [f"{shown} {look}: {one}" for one in dict.fromkeys(found)]
    assert complaints == [], "\n".join(complaints)


@pytest.mark.drill
def test_no_page_offers_without_script_what_only_script_does(browser: Browser, town: Town, site: str):
    complaints = []
    for shown in pages(town):
        with a_window(browser, "light", PHONE, has_script=False) as context:
            page, _wire = open_page(context, site, shown)
            complaints += [f"{shown}: {one}" for one in dead_control_complaints(page)]
    assert complaints == [], "\n".join(complaints)


@pytest.mark.drill
@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_page_of_an_office_can_be_read(browser: Browser, town: Town, site: str, look: str):
    complaints = []
    for shown in staff_pages(town):
        with a_window(browser, look, DESK) as context:
            page, wire = open_page(context, site, shown)
            found = wire_complaints(wire, site, bytes_max=STAFF_FIRST_VIEW_BYTES_MAX)
            for size in SIZES:
                page.set_viewport_size(size)
                found += axe_complaints(page)
            complaints += [f"{shown} {look}: {one}" for one in dict.fromkeys(found)]
    assert complaints == [], "\n".join(complaints)


@pytest.mark.drill
def test_every_address_is_looked_at(town: Town):
    looked_at = {shown.address for shown in [*pages(town), *staff_pages(town)]}
    missed = sorted(set(all_addresses()) - looked_at)
    assert missed == [], f"no viewer of tests/project/town.py gets to see {', '.join(missed)}"


def test_what_a_browser_keeps_tells_nothing_about_her_and_signing_out_ends_it(
    browser: Browser, small_town: Town, site: str
):
    her = small_town.women[-1]
    assert her.case is not None
    name, number = her.case.applicant.full_name, her.case.number
    with a_window(browser, "light", PHONE) as context:
        for path in ("", "/loan", "/documents", "/access"):
            page, _wire = open_page(context, site, Shown("", f"/my/{number}{path}", her))
            assert kept_complaints(page, [name, number]) == [], path
        assert number in page.content()
        page.locator("footer form[action$=logout] button").click()
        page.wait_for_url(f"{site}/")
        assert "sessionid" not in {cookie["name"] for cookie in context.cookies()}
        page.go_back()
        assert "/login" in page.url
        assert kept_complaints(page, [name, number]) == []


def of_look(page: Page, look: str) -> list[str]:
    """The measures that a look can break."""
    found = axe_complaints(page)
    found += target_complaints(page, least_px=ELDER_TARGET_PX if look == "elder" else TARGET_PX)
    return found + sideways_complaints(page)


@contextmanager
def a_window(browser: Browser, look: str, size: ViewportSize, *, has_script: bool = True) -> Iterator[BrowserContext]:
    """An empty cache, the look chosen as she would have chosen it, or as her phone has it."""
    context = browser.new_context(
        viewport=size,
        color_scheme="dark" if look == "dark" else "light",
        java_script_enabled=has_script,
        locale="zh-CN",
    )
    if look == "elder":
        context.add_cookies([{"name": "size", "value": "elder", "domain": "127.0.0.1", "path": "/"}])
    try:
        yield context
    finally:
        context.close()
