from http import HTTPStatus

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from applicants.models import ApplicantAccess
from loans.models import Programme
from records import printing
from tests.makers import cases
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.people import Offices
from tests.records.pdfs import text_of
from tests.workflows.papers.words import paper_of
from workflows.models import Application
from workflows.stages import interruptions
from workflows.states import State
from workflows.web.papers import paper_links

WECHAT = "Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0"


@pytest.fixture
def case(offices: Offices, programme: Programme) -> Application:
    return a_case_in(State.SURVEY, offices)


def signed_in(client: Client, user: User, case: Application) -> Client:
    """With a device that knows her, where it is she."""
    client.force_login(user)
    if user.pk == case.applicant.user_id:
        session = client.session
        session["recognised"] = [case.applicant.pk]
        session.save()
    return client


def test_an_office_downloads_a_paper_and_the_look_is_written_down(
    client: Client, case: Application, offices: Offices
) -> None:
    signed_in(client, offices.town_reviewer, case)
    response = client.get(f"/case/{case.number}/papers/acceptance")
    assert response.status_code == HTTPStatus.OK
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%8F%97%E7%90%86")
    assert response["Cache-Control"] == "no-store"
    assert paper_of(case, "acceptance").number in text_of(response.content)
    look = ApplicantAccess.objects.get(by=offices.town_reviewer, what="paper:acceptance")
    assert look.applicant == case.applicant


def test_she_downloads_her_own(client: Client, case: Application) -> None:
    signed_in(client, case.applicant.user, case)
    response = client.get(f"/my/{case.number}/papers/acceptance")
    assert response["Content-Type"] == "application/pdf"
    assert not ApplicantAccess.objects.filter(what__startswith="paper:").exists()


def test_a_phone_that_does_not_know_her_asks_who_she_is(client: Client, case: Application) -> None:
    client.force_login(case.applicant.user)
    for address in (f"/my/{case.number}/papers/acceptance", f"/case/{case.number}/papers/acceptance"):
        response = client.get(address, follow=True)
        assert response.redirect_chain[-1][0].startswith("/login/person/")


def test_where_no_pdf_can_be_made_there_is_a_page_to_print(
    client: Client, case: Application, offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "LIBRARIES", {"libpango-1.0-0": "not-here.so"})
    printing._weasyprint.cache_clear()
    signed_in(client, offices.town_reviewer, case)
    page = client.get(f"/case/{case.number}/papers/acceptance", follow=True)
    assert page.redirect_chain[-1][0].endswith("view=html")
    words = page.content.decode()
    assert "受理通知书" in words
    assert "下载 PDF" in words
    assert f'href="/case/{case.number}"' in words
    assert "style=" not in words, "the policy of our pages would drop it"
    assert case.applicant.id_no not in words


def test_in_wechat_the_paper_is_a_page_that_says_how_to_keep_it(client: Client, case: Application) -> None:
    signed_in(client, case.applicant.user, case)
    response = client.get(f"/my/{case.number}/papers/acceptance", headers={"user-agent": WECHAT}, follow=True)
    words = response.content.decode()
    assert response.redirect_chain[-1][0].endswith("view=html")
    assert "点右上角 ···" in words
    assert "下载 PDF" not in words


@pytest.mark.parametrize("who", ["other_town_reviewer", "guarantor_officer", "finance_officer", "auditor", "helper"])
def test_whoever_may_not_see_the_case_finds_nothing(
    who: str, client: Client, case: Application, offices: Offices
) -> None:
    client.force_login(getattr(offices, who))
    assert client.get(f"/case/{case.number}/papers/acceptance").status_code == HTTPStatus.NOT_FOUND


def test_a_partner_finds_only_its_part(client: Client, offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.GUARANTEE, offices)
    client.force_login(offices.guarantor_officer)
    assert client.get(f"/case/{case.number}/papers/recommendation").status_code == HTTPStatus.OK
    assert client.get(f"/case/{case.number}/papers/acceptance").status_code == HTTPStatus.NOT_FOUND


def test_her_door_is_hers_alone(client: Client, case: Application, offices: Offices) -> None:
    client.force_login(offices.town_reviewer)
    assert client.get(f"/my/{case.number}/papers/acceptance").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("address", ["papers/refusal", "papers/nothing", "papers/acceptance?paper=999999"])
def test_a_paper_that_was_not_issued_is_not_found(
    address: str, client: Client, case: Application, offices: Offices
) -> None:
    client.force_login(offices.town_reviewer)
    assert client.get(f"/case/{case.number}/{address}").status_code == HTTPStatus.NOT_FOUND


def test_another_cases_paper_is_not_found_under_this_one(client: Client, case: Application, offices: Offices) -> None:
    other = a_case_in(State.SURVEY, offices)
    client.force_login(offices.town_reviewer)
    asked = {"paper": paper_of(other, "acceptance").pk}
    assert client.get(f"/case/{case.number}/papers/acceptance", asked).status_code == HTTPStatus.NOT_FOUND


def test_an_earlier_paper_stays_to_be_read(client: Client, offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.DISBURSEMENT, offices)
    first = paper_of(case, "guarantee")
    case = interruptions.return_for_rework(
        case, reason="担保金额要改", by=offices.bank_officer, at=MONDAY, version=case.version
    )
    second = paper_of(cases.give_guarantee(case, offices), "guarantee")
    client.force_login(offices.guarantor_officer)
    address = f"/case/{case.number}/papers/guarantee"
    assert second.number in client.get(address, {"view": "html"}).content.decode()
    assert first.number in client.get(address, {"view": "html", "paper": str(first.pk)}).content.decode()


def test_links_say_what_each_paper_is_and_which_are_void(offices: Offices, programme: Programme) -> None:
    case = cases.withdraw(a_case_in(State.GUARANTEE, offices), offices)
    hers = paper_links(case, reader=case.applicant.user)
    assert [link.label for link in hers] == ["推荐表（9 月 21 日），已作废", "受理通知书（9 月 21 日）"]
    assert hers[1].url.startswith(f"/my/{case.number}/papers/acceptance?paper=")
    theirs = paper_links(case, reader=offices.guarantor_officer)
    assert [link.url.partition("?")[0] for link in theirs] == [f"/case/{case.number}/papers/recommendation"]


def test_a_page_takes_few_queries(
    client: Client, case: Application, offices: Offices, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in(client, offices.town_reviewer, case)
    with django_assert_max_num_queries(12):
        client.get(f"/case/{case.number}/papers/acceptance", {"view": "html"})


def test_papers_are_read_and_not_posted_to(client: Client, case: Application, offices: Offices) -> None:
    client.force_login(offices.town_reviewer)
    assert client.post(f"/case/{case.number}/papers/acceptance").status_code == HTTPStatus.METHOD_NOT_ALLOWED
