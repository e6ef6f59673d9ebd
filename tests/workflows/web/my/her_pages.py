"""Her browser on her own pages, and what she reads there."""

import re
from datetime import datetime
from http import HTTPStatus

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applicants.web.recognised import KEY
from tests.makers.people import SHANGHAI
from workflows.models import Application


def on(month: int, day: int, hour: int = 9) -> datetime:
    """A moment of 2026, the year of the story."""
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def sign_in(client: Client, case: Application) -> Client:
    """By her phone, on a device that knows her."""
    client.force_login(case.applicant.user)
    session = client.session
    session[KEY] = [case.applicant_id]
    session.save()
    return client


def read(client: Client, case: Application, page: str = "", *, at: datetime) -> str:
    """What a page of the case says at a moment, to her."""
    with time_machine.travel(at, tick=False):
        response = sign_in(client, case).get(f"/my/{case.number}{page}")
    assert response.status_code == HTTPStatus.OK, response.status_code
    return words_of(response.content)


def questions(client: Client, case: Application, page: str = "", *, at: datetime) -> int:
    """How many queries a page of the case takes, session and user among them."""
    with time_machine.travel(at, tick=False):
        sign_in(client, case)
        with CaptureQueriesContext(connection) as asked:
            response = client.get(f"/my/{case.number}{page}")
    assert response.status_code == HTTPStatus.OK, response.status_code
    return len(asked)


def words_of(content: bytes) -> str:
    """Without the marks that help the heading to break and explain words of the trade, and with plain spaces."""
    plain = content.decode().replace("\N{NO-BREAK SPACE}", " ")
    plain = re.sub(r'<dfn>(.*?)</dfn><span class="gloss">.*?</span>', r"\1", plain)
    return re.sub(r'<span class="cl">(.*?)</span>', r"\1", plain)


def heading(words: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", words, re.DOTALL)
    assert found is not None
    return found[1]


def due_box(words: str) -> str:
    found = re.search(r'<section class="due.*?</section>', words, re.DOTALL)
    return found[0] if found else ""


def steps(words: str) -> list[tuple[str, str]]:
    """Each step of the tracker: how it stands, and its name."""
    return re.findall(r'<li class="(done|now|hold|wait)".*?</span>([^<>]+)</span>', words, re.DOTALL)
