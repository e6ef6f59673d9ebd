"""Every page that a woman meets, drawn: what is open to all, and wherever the links of her own pages lead."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import urlsplit

import time_machine
from django.test import Client

from applicants.web.recognised import KEY
from loans.web.answers import NAMES
from tests.makers.cases import MONDAY, a_case_in, a_draft
from tests.makers.people import Offices
from tests.makers.programme import a_programme
from tests.project.pages import OUTCOMES, YES
from tests.project.test_addresses import OPEN_TO_ALL
from workflows.models import Application
from workflows.states import State

# Not for her: the offices' doors, what other systems ask, the demo's telephone, and what isn't a page.
NOT_HERS = ("api/", "staff/", "outbox", "logout", "preferences", "listen/")
COUNTED = "calc?amount=5&term_months=12&method=interest_only&count=yes"
# Where her own way begins; the rest is found by following it.
HERS = ("/apply", "/apply/consent", "/my")
HER_ADDRESSES = re.compile(r"/(?:apply|my|login)\b")
PAGES_MAX = 60


def open_addresses() -> list[str]:
    """One address for each way in which an open page can be met."""
    open_to_all = sorted(address for address in OPEN_TO_ALL if not address.startswith(NOT_HERS))
    found: list[str] = []
    for address in open_to_all:
        if address == "check/<slug:step>":
            found += [f"check/{name}?{YES}" for name in NAMES[1:]] + [f"check/result?{answers}" for answers in OUTCOMES]
        else:
            found.append(re.sub(r"<\w+:\w+>", "x", address))
    return [f"/{address}" for address in [*found, COUNTED]]


def drawn_for_a_stranger(*, language: str = "zh-hans", agent: str = "") -> Iterator[tuple[str, str]]:
    """(address, page) of what anybody may read, forms with nothing filled in among them."""
    client = _client(language, agent)
    client.post("/login", {"mobile": "13800000099"})
    for address in open_addresses():
        yield from _drawn(client, address)
    for form in ("/login", "/check", *(f"/check/{name}?{YES}" for name in NAMES[1:])):
        yield f"POST {form}", client.post(form, {}).content.decode()


def drawn_for_her(case: Application, *, language: str = "zh-hans", agent: str = "") -> Iterator[tuple[str, str]]:
    """(address, page) of her own pages, as far as their links lead."""
    client = _client(language, agent)
    client.force_login(case.applicant.user)
    session = client.session
    session[KEY] = [case.applicant_id]
    session.save()
    seen: set[str] = set()
    waiting = list(HERS)
    while waiting and len(seen) < PAGES_MAX:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        for where, page in _drawn(client, address):
            yield f"{case.state} {where}", page
            waiting += [link for link in _links(page) if HER_ADDRESSES.match(link)]


def draw_all(offices: Offices, *, language: str = "zh-hans", agent: str = "") -> dict[str, str]:
    """Every page, by its address."""
    a_programme(offices)
    with time_machine.travel(MONDAY, tick=False):
        pages = dict(drawn_for_a_stranger(language=language, agent=agent))
        for case in _cases(offices):
            pages |= dict(drawn_for_her(case, language=language, agent=agent))
    return pages


def _cases(offices: Offices) -> Iterable[Application]:
    yield a_draft(offices)
    for state in (
        State.SUBMITTED,
        State.SUPPLEMENT,
        State.DECLINED,
        State.TERMS_OFFERED,
        State.SIGNING,
        State.DISBURSED,
    ):
        yield a_case_in(state, offices)


def _client(language: str, agent: str) -> Client:
    client = Client(headers={"User-Agent": agent}) if agent else Client()
    client.cookies["django_language"] = language
    return client


def _drawn(client: Client, address: str) -> Iterator[tuple[str, str]]:
    response = client.get(address)
    if response.status_code != 302 and response.headers.get("Content-Type", "").startswith("text/html"):
        yield address, response.content.decode()


def _links(page: str) -> list[str]:
    """Addresses of pages that the page leads to. Files are none, and papers are official: theirs are other rules."""
    links = [unescape(found) for found in re.findall(r'<a\b[^>]*\bhref="(/[^"#]*)"', page)]
    return [link for link in links if not urlsplit(link).path.endswith(".ics") and "/papers/" not in link]
