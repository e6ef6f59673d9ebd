"""The list's script in a real browser: a run of ticks with Shift, a whole page at once, and the count of them."""

import pytest
from django.conf import settings
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SCRIPT = (settings.BASE_DIR / "static" / "js" / "bulk.js").read_text()
ROWS = "".join(f'<label>{n}<input type="checkbox" name="pick" value="{n}"></label>' for n in range(6))
PAGE = f"""<!doctype html><title>t</title><form data-bulk>
<label hidden>all<input type="checkbox" data-all></label>{ROWS}
<p role="status" data-picked="{{n}} picked" data-none="none">tick</p></form><script>{SCRIPT}</script>"""


@pytest.fixture
def page(tab: Page) -> Page:
    tab.set_content(PAGE)
    return tab


def box(n: int) -> str:
    return f'[name=pick][value="{n}"]'


def ticked(page: Page) -> list[str]:
    return [one.input_value() for one in page.locator("[name=pick]:checked").all()]


def said(page: Page) -> str:
    return page.inner_text("[data-picked]")


def test_every_tick_is_counted_out_loud(page: Page):
    assert said(page) == "tick"
    page.check(box(1))
    assert said(page) == "1 picked"
    page.uncheck(box(1))
    assert said(page) == "none"


def test_with_shift_all_between_two_become_as_the_last_one(page: Page):
    page.check(box(1))
    page.click(box(4), modifiers=["Shift"])
    assert ticked(page) == ["1", "2", "3", "4"]
    page.click(box(3), modifiers=["Shift"])
    assert ticked(page) == ["1", "2"]
    assert said(page) == "2 picked"


def test_one_box_ticks_the_page_and_shows_when_only_some_are(page: Page):
    page.check("[data-all]")
    assert said(page) == "6 picked"
    page.uncheck(box(2))
    assert page.evaluate("document.querySelector('[data-all]').indeterminate") is True
    page.check("[data-all]")
    assert len(ticked(page)) == 6
    page.uncheck("[data-all]")
    assert ticked(page) == []


def test_the_keyboard_ticks_and_is_counted(page: Page):
    page.focus(box(0))
    page.keyboard.press("Space")
    assert said(page) == "1 picked"
