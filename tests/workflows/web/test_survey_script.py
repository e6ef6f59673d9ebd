"""The survey's script in a real browser: a row that is saved without a network goes up once, when there is one."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

SCRIPT = (settings.BASE_DIR / "static" / "js" / "survey.js").read_text()
PAGE = f"""<!doctype html><title>t</title>
<p id="survey-state" data-kept="kept" data-waiting="0 waiting" data-sent="sent"
data-signedout="out" data-refused="no"></p>
<form id="survey-form" method="post" action="/survey">
<input type="hidden" name="csrfmiddlewaretoken" value="t"><input type="hidden" name="key" value="k1">
<input name="full_name"><input type="radio" name="willing" value="yes">
<input type="radio" name="willing" value="no"><button>Save</button></form>
<script>{SCRIPT}</script>"""


class Server:
    """Answers with the page; keeps what is posted whole, under its key, and answers `status`."""

    def __init__(self) -> None:
        self.posts: list[str] = []
        self.status = 204

    def answer(self, route: Route) -> None:
        request = route.request
        if request.method == "POST" and 'name="draft"' not in (request.post_data or ""):
            self.posts.append(request.post_data or "")
        if request.method == "POST":
            route.fulfill(status=self.status)
        else:
            route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")


@pytest.fixture
def server(tab: Page) -> Server:
    server = Server()
    tab.route("http://survey.test/**", server.answer)
    tab.goto("http://survey.test/survey")
    return server


def save(tab: Page, name: str) -> None:
    tab.fill("[name=full_name]", name)
    tab.check("[name=willing][value=yes]")
    tab.click("button")


def test_two_rows_saved_without_a_network_go_up_once_each_when_it_is_back(tab: Page, server: Server):
    tab.context.set_offline(True)
    save(tab, "one")
    save(tab, "two")
    assert tab.inner_text("#survey-state") == "2 waiting"
    assert tab.input_value("[name=full_name]") == ""
    assert server.posts == []
    tab.context.set_offline(False)
    tab.wait_for_timeout(500)
    assert [("one" in post, "two" in post) for post in server.posts] == [(True, False), (False, True)]
    assert "k1" in server.posts[0]
    assert "k1" not in server.posts[1]


def test_what_the_server_does_not_take_is_in_the_form_again(tab: Page, server: Server):
    server.status = 422
    save(tab, "one")
    tab.wait_for_timeout(500)
    assert (tab.inner_text("#survey-state"), tab.input_value("[name=full_name]")) == ("no", "one")
    assert tab.is_checked("[name=willing][value=yes]")


def test_rows_wait_in_the_page_while_the_server_is_down(tab: Page, server: Server):
    server.status = 503
    save(tab, "one")
    tab.wait_for_timeout(500)
    assert tab.inner_text("#survey-state") == "1 waiting"
    server.status = 204
    tab.evaluate("window.dispatchEvent(new Event('online'))")
    tab.wait_for_timeout(500)
    assert len(server.posts) == 2
    assert server.posts[0].split("k1")[1][:9] == server.posts[1].split("k1")[1][:9], "the same row"


def test_nothing_is_kept_in_the_browser(tab: Page, server: Server):
    save(tab, "one")
    tab.wait_for_timeout(500)
    assert tab.evaluate("localStorage.length + sessionStorage.length") == 0
