"""Inside WeChat no page leads into a dead end: no file to download, no second window, no camera without the album."""

import re
from typing import Final

import pytest

from tests.makers.people import Offices
from tests.project.public_pages import draw_all

pytestmark = pytest.mark.django_db

WECHAT: Final = "Mozilla/5.0 (Linux; Android 12; HarmonyOS) AppleWebKit/537.36 MicroMessenger/8.0.50 Language/zh_CN"
FILES: Final = (".ics", ".pdf", ".xlsx", ".csv", ".zip")
DRAWN: dict[str, dict[str, str]] = {}


@pytest.fixture
def in_wechat(offices: Offices) -> dict[str, str]:
    if not DRAWN:
        DRAWN["wechat"] = draw_all(offices, agent=WECHAT)
    return DRAWN["wechat"]


def links(page: str) -> list[str]:
    return re.findall(r'<a\b[^>]*\bhref="([^"]*)"', page)


def test_no_page_offers_a_file(in_wechat):
    offered = {
        (address, link)
        for address, page in in_wechat.items()
        for link in links(page)
        if link.partition("?")[0].endswith(FILES)
    }
    assert offered == set()


def test_a_paper_is_offered_as_a_page(in_wechat):
    papers = {link for page in in_wechat.values() for link in links(page) if "/papers/" in link}
    assert papers
    assert {link for link in papers if "view=html" not in link} == set()


def test_where_a_file_would_be_the_way_out_of_wechat_is_told(in_wechat):
    told = [address for address, page in in_wechat.items() if "在浏览器打开" in page]
    assert [address for address in told if "/my/" in address]


@pytest.mark.parametrize("trap", ["_blank", "window.open", " capture", " multiple", " download"])
def test_no_page_has_what_wechat_cannot_do(in_wechat, trap):
    markup = {address: "".join(re.findall(r"<[^>]+>", page)) for address, page in in_wechat.items()}
    assert {address for address, tags in markup.items() if trap in tags} == set()


def test_in_another_browser_her_days_are_offered_as_a_file(offices: Offices):
    pages = draw_all(offices)
    assert [link for page in pages.values() for link in links(page) if link.endswith(".ics")]
