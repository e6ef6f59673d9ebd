from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from records import papers
from tests.makers.people import Offices
from tests.records.issued import MONDAY, a_paper


def test_anybody_can_check_a_paper_without_signing_in(client: Client, offices: Offices) -> None:
    paper = a_paper(offices)
    response = client.get(f"/verify/{paper.verify_code}")
    assert response.status_code == HTTPStatus.OK
    words = response.content.decode()
    for said in ("是我们发的，", "现在有效", "受理通知书", paper.number, "石榴市妇女联合会", "W2026-0101", "石••"):
        assert said in words
    assert "石小满" not in words
    assert "9900" not in words


def test_the_page_is_kept_by_no_cache_and_found_by_no_search(client: Client, offices: Offices) -> None:
    response = client.get(f"/verify/{a_paper(offices).verify_code}")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_a_code_may_be_typed(client: Client, offices: Offices) -> None:
    paper = a_paper(offices)
    response = client.get("/verify", {"code": paper.verify_code.lower().replace("-", " ")}, follow=True)
    assert paper.number in response.content.decode()


def test_asking_without_a_code_says_what_to_do(client: Client, db: None) -> None:
    assert client.get("/verify").status_code == HTTPStatus.OK
    response = client.get("/verify", {"code": ""})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.content.decode().count("写上查验码，一共 12 位") == 2


@pytest.mark.parametrize("code", ["2222-2222-2222", "<script>alert(1)</script>", "%20", "A" * 60])
def test_a_code_that_we_never_gave_is_told_plainly(code: str, client: Client, db: None) -> None:
    response = client.get("/verify", {"code": code}, follow=True) if len(code) < 40 else client.get(f"/verify/{code}")
    assert response.status_code == HTTPStatus.NOT_FOUND
    words = response.content.decode()
    assert "没有这个查验码" in words
    assert "<script>alert" not in words


def test_a_void_paper_is_ours_and_holds_no_more(client: Client, offices: Offices) -> None:
    paper = a_paper(offices)
    papers.void(paper, reason="撤回申请", by=offices.city_reviewer, at=MONDAY)
    words = client.get(f"/verify/{paper.verify_code}").content.decode()
    assert "现在作废了" in words
    assert "因为：撤回申请" in words


def test_an_earlier_paper_points_at_the_later_one(client: Client, offices: Offices) -> None:
    first = a_paper(offices)
    second = a_paper(offices, at=MONDAY + timedelta(days=1))
    words = client.get(f"/verify/{first.verify_code}").content.decode()
    assert "后来又发了新的" in words
    assert second.number in words
    assert "现在有效" in client.get(f"/verify/{second.verify_code}").content.decode()


def test_the_page_changes_nothing(client: Client, offices: Offices) -> None:
    assert client.post(f"/verify/{a_paper(offices).verify_code}").status_code == HTTPStatus.METHOD_NOT_ALLOWED
