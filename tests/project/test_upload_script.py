"""The script of the upload pages in a real browser: a bad network loses no picture and sends none twice."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

pytestmark = pytest.mark.browser

SCRIPT = (settings.BASE_DIR / "static" / "js" / "uploads.js").read_text()
PICTURE = FilePayload(name="photo.jpg", mimeType="image/jpeg", buffer=b"\xff\xd8 a small picture")
LINE = """<li id="paper-{kind}"><p data-state role="status">还没拍。</p>
<form method="post" action="/list" enctype="multipart/form-data" data-upload>
<input type="hidden" name="kind" value="{kind}"><input type="file" name="photo" id="{kind}">
<label data-pick hidden>拍照</label><button data-send>传上去</button></form></li>"""
LIST = f"""<!doctype html><html lang="zh-Hans"><title>t</title>
<p id="sent">传好了 0 样。</p><ul>{LINE.format(kind="front")}{LINE.format(kind="back")}</ul>"""
DONE = """<p id="sent">传好了 1 样。</p><ul><li id="paper-front">已传好</li><li id="paper-back">已传好</li></ul>"""


class Server:
    """Answers the list, and holds each picture until it is told how to answer."""

    def __init__(self, page: Page) -> None:
        self.page, self.held = page, list[Route]()
        page.route("http://look.test/**", self._answer)
        page.goto("http://look.test/list")

    def _answer(self, route: Route) -> None:
        if route.request.method == "POST":
            self.held.append(route)
            return
        route.fulfill(body=f"{LIST}<script>{SCRIPT}</script>", content_type="text/html; charset=utf-8")

    def choose(self, kind: str) -> None:
        self.page.locator(f"#{kind}").set_input_files(PICTURE)

    def wait_for(self, count: int) -> None:
        for _turn in range(50):
            if len(self.held) >= count:
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"{len(self.held)} pictures came, not {count}")

    def accept(self) -> None:
        self.held[-1].fulfill(body=DONE, content_type="text/html; charset=utf-8")

    def state(self, kind: str):
        return self.page.locator(f"#paper-{kind} [data-state]")


@pytest.fixture
def server(browser: Browser) -> Iterator[Server]:
    context = browser.new_context(locale="zh-CN")
    yield Server(context.new_page())
    context.close()


def test_a_second_picture_waits_until_the_first_is_there(server):
    server.choose("front")
    server.wait_for(1)
    server.choose("back")
    expect(server.state("back")).to_have_text("等待中，前一张传好就传。")
    expect(server.state("front")).to_contain_text("正在传")
    assert len(server.held) == 1
    server.accept()
    server.wait_for(2)
    expect(server.page.locator("#paper-front")).to_have_text("已传好")
    expect(server.page.locator("#sent")).to_have_text("传好了 1 样。")


def test_what_broke_off_is_said_and_sent_again_by_one_press(server):
    server.choose("front")
    server.wait_for(1)
    server.held[0].abort()
    expect(server.state("front")).to_have_text("没传上，网断了。点“再传一次”。")
    assert server.page.locator("#paper-front progress").count() == 0
    server.page.get_by_role("button", name="再传一次").click()
    server.wait_for(2)
    server.accept()
    expect(server.page.locator("#paper-front")).to_have_text("已传好")


def test_a_network_that_carries_nothing_for_half_a_minute_is_given_up(server):
    server.page.clock.install()
    server.choose("front")
    server.wait_for(1)
    server.page.clock.run_for(31_000)
    expect(server.state("front")).to_have_text("没传上，网断了。点“再传一次”。")


def test_without_network_it_waits_and_goes_by_itself_when_there_is_one_again(server):
    server.page.context.set_offline(True)
    server.choose("front")
    expect(server.state("front")).to_have_text("没有网，连上了自己会传。")
    assert server.held == []
    server.page.context.set_offline(False)
    server.wait_for(1)
    server.accept()
    expect(server.page.locator("#paper-front")).to_have_text("已传好")


def test_what_broke_off_goes_by_itself_when_the_network_is_back(server):
    server.choose("front")
    server.wait_for(1)
    server.held[0].abort()
    expect(server.page.get_by_role("button", name="再传一次")).to_be_visible()
    server.page.context.set_offline(True)
    server.page.context.set_offline(False)
    server.wait_for(2)


SIGN_IN_AGAIN = "没传上。重新登录，再传一次。"
CALL = "没传上。点“再传一次”，还不行就打电话。"


@pytest.mark.parametrize(("status", "words"), [(200, SIGN_IN_AGAIN), (403, SIGN_IN_AGAIN), (500, CALL), (413, CALL)])
def test_an_answer_that_is_not_the_list_is_not_told_as_a_broken_network(server, status, words):
    server.choose("front")
    server.wait_for(1)
    server.held[0].fulfill(status=status, body="<title>登录</title>", content_type="text/html; charset=utf-8")
    expect(server.state("front")).to_have_text(words)
