"""The measures find what they look for: each is shown a page that was made to fail it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.project.measures import (
    PHONE,
    Wire,
    axe_complaints,
    dead_control_complaints,
    kept_complaints,
    listen,
    sideways_complaints,
    target_complaints,
    wire_complaints,
)

pytestmark = pytest.mark.browser

SITE = "http://look.test"
BUTTON = "<form><button style='width:60px;height:60px'>去</button></form>"
GOOD = f"<main><h1>好</h1><p>看 <a href='/guide'>办事指南</a>，再来。</p>{BUTTON}</main>"


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def tab_without_script(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


def show(page: Page, body: str) -> Wire:
    def answer(route: Route) -> None:
        is_page = route.request.resource_type == "document"
        markup = (
            f"<!doctype html><html lang=zh><title>页</title><body>{body}</body></html>" if is_page else "x" * 90_000
        )
        route.fulfill(body=markup, content_type="text/html; charset=utf-8" if is_page else "text/css")

    page.route("**/*", answer)
    wire = listen(page)
    page.goto(f"{SITE}/")
    return wire


def test_a_good_page_passes_everything(tab: Page):
    wire = show(tab, GOOD)
    assert axe_complaints(tab) + target_complaints(tab, least_px=60) + dead_control_complaints(tab) == []
    assert wire_complaints(wire, SITE, bytes_max=80_000) + sideways_complaints(tab) + kept_complaints(tab, ["甲"]) == []


def test_grey_on_white_and_a_picture_without_words_are_found(tab: Page):
    show(tab, f"{GOOD}<p style='color:#bbb'>看不清</p><img src='/a'>")
    found = " ".join(axe_complaints(tab))
    assert "color-contrast" in found
    assert "image-alt" in found


def test_a_button_too_small_for_a_finger_is_found(tab: Page):
    show(tab, "<button style='width:40px;height:44px;padding:0'>小</button>")
    assert len(target_complaints(tab)) == 1


def test_a_button_large_enough_for_most_is_too_small_for_the_old(tab: Page):
    show(tab, "<button style='width:50px;height:50px'>中</button>")
    assert target_complaints(tab) == []
    assert len(target_complaints(tab, least_px=60)) == 1


def test_what_runs_out_of_a_narrow_screen_is_found(tab: Page):
    show(tab, "<div style='position:absolute;left:0;width:340px'>宽</div>")
    assert sideways_complaints(tab) == ["340 px wide at 320"]


def test_what_only_a_script_could_do_is_found(tab_without_script: Page):
    show(
        tab_without_script,
        "<button type=button>点我</button><a href='#'>这里</a><button type=button hidden>藏着</button>",
    )
    assert len(dead_control_complaints(tab_without_script)) == 2


def test_a_seventh_request_and_another_host_are_found(tab: Page):
    sheets = "".join(f"<link rel=stylesheet href='/{n}.css'>" for n in range(6))
    wire = show(tab, f"{sheets}<img src='http://other.test/a' alt=''>")
    found = " ".join(wire_complaints(wire, SITE, bytes_max=10_000_000))
    assert "8 requests" in found
    assert "asks other.test" in found


def test_weight_is_what_came_over_the_wire():
    assert wire_complaints(Wire({"1": 90_000}, []), SITE, bytes_max=80_000) == ["90000 bytes"]


def test_her_name_in_the_browsers_store_is_found(tab: Page):
    show(tab, "<script>localStorage.draft = '申请人甲'</script>")
    assert kept_complaints(tab, ["申请人甲"]) == ["keeps 申请人甲"]
