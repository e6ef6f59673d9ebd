"""The page's own script in a real browser: what it adds, and that it takes nothing away."""

import pytest
from django.conf import settings
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SCRIPT = (settings.BASE_DIR / "static" / "js" / "app.js").read_text()


def show(page: Page, body: str) -> list[str]:
    """Open the body with our script on it; the list gathers the forms that are sent."""
    sent: list[str] = []

    def answer(route):
        if route.request.method == "POST":
            sent.append(route.request.post_data or "")
            by_script = {"X-Go-To": "/next"} if route.request.headers.get("x-sent-by") else {}
            route.fulfill(status=204, headers=by_script)  # 204: the page stays, as while a slow answer is on its way
            return
        markup = f"<!doctype html><title>t</title>{body}<script>{SCRIPT}</script>"
        route.fulfill(body=markup, content_type="text/html; charset=utf-8")

    page.route("http://look.test/**", answer)
    page.goto("http://look.test/")
    return sent


def test_the_list_of_errors_has_the_focus_when_the_page_opens(tab):
    show(tab, '<div class="errbox" tabindex="-1"><a href="#amount">写上要贷多少</a></div>')
    assert tab.evaluate("document.activeElement.className") == "errbox"


def test_a_second_press_sends_nothing_more(tab):
    sent = show(tab, '<form method="post"><input name="amount" value="5"><button>提交</button></form>')
    for _press in range(3):
        tab.get_by_role("button").click()
        tab.wait_for_timeout(100)
    assert sent == ["amount=5"]
    assert tab.locator("form").get_attribute("aria-busy") == "true"


def test_the_button_pressed_is_still_named_in_what_is_sent(tab):
    sent = show(tab, '<form method="post"><button name="answer" value="yes">同意</button></form>')
    tab.get_by_role("button").click()
    tab.wait_for_timeout(100)
    assert sent == ["answer=yes"]


def test_a_new_code_can_be_asked_for_when_the_wait_is_over(tab):
    tab.clock.install()
    show(tab, '<button data-wait="60" data-wait-text="60 秒后可以重新发">重新发验证码</button>')
    button = tab.get_by_role("button")
    assert button.is_disabled()
    assert button.inner_text() == "60 秒后可以重新发"
    tab.clock.run_for(20_000)
    assert button.inner_text() == "40 秒后可以重新发"
    tab.clock.run_for(40_000)
    assert button.is_enabled()
    assert button.inner_text() == "重新发验证码"


def test_printing_is_not_offered_inside_wechat(browser):
    page = browser.new_page(user_agent="Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0")
    show(page, '<button type="button" data-print hidden>打印</button>')
    assert not page.locator("button").is_visible()
    page.close()


def test_printing_is_offered_only_where_it_can_be_done(tab):
    show(tab, '<button type="button" data-print hidden>打印</button>')
    assert tab.get_by_role("button").is_visible()


def test_signing_out_leaves_nothing_in_the_browsers_own_store(tab):
    show(tab, '<form method="post" data-clear><button>退出并清空</button></form>')
    tab.evaluate("localStorage.setItem('a', '1'); sessionStorage.setItem('b', '2')")
    tab.get_by_role("button").click()
    tab.wait_for_timeout(100)
    assert tab.evaluate("localStorage.length + sessionStorage.length") == 0


BAR = "<div data-offline hidden>现在没有网。<b data-held hidden>连上网自己会交。</b></div>"
ANSWER = '<form method="post"><input name="name" value="甲"><button name="step" value="1">保存</button></form>'


def test_without_network_the_form_waits_on_its_page_and_goes_once_by_itself(tab):
    sent = show(tab, BAR + ANSWER)
    tab.context.set_offline(True)
    assert tab.get_by_text("现在没有网。").is_visible()
    assert not tab.get_by_text("连上网自己会交。").is_visible()
    for _press in range(2):
        tab.get_by_role("button").click()
    assert tab.get_by_text("连上网自己会交。").is_visible()
    assert sent == []
    tab.context.set_offline(False)
    tab.wait_for_timeout(200)
    assert sent == ["name=%E7%94%B2&step=1"]
    assert not tab.get_by_text("现在没有网。").is_visible()


def test_a_line_that_breaks_unseen_holds_the_form_until_it_goes_through(tab):
    sent = show(tab, BAR + ANSWER)
    tab.route("http://look.test/", lambda route: route.abort("connectionreset"))
    tab.get_by_role("button").click()
    tab.get_by_text("连上网自己会交。").wait_for()
    assert tab.evaluate("navigator.onLine")
    assert tab.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert (tab.locator("[name=name]").input_value(), sent) == ("甲", [])
    tab.unroute("http://look.test/")
    tab.wait_for_url("http://look.test/next", timeout=10_000)
    assert sent == ["name=%E7%94%B2&step=1"]


def test_a_page_that_says_no_is_the_servers_own(tab):
    show(tab, BAR + ANSWER)
    by_script: list[bool] = []

    def refuse(route):
        by_script.append("x-sent-by" in route.request.headers)
        route.fulfill(status=422, body="<title>错误</title>", content_type="text/html; charset=utf-8")

    tab.route("http://look.test/", refuse)
    with tab.expect_navigation():
        tab.get_by_role("button").click()
    assert (tab.title(), by_script) == ("错误", [True, False])


def test_what_waits_is_kept_in_the_page_alone(tab):
    show(tab, BAR + ANSWER)
    tab.context.set_offline(True)
    tab.get_by_role("button").click()
    assert tab.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    tab.context.set_offline(False)


def test_a_page_without_the_bar_is_left_to_the_browser(tab):
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    show(tab, ANSWER)
    tab.context.set_offline(True)
    tab.context.set_offline(False)
    tab.wait_for_timeout(100)
    assert errors == []
