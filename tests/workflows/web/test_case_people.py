"""Of the people whom a case names, each office sees those who agreed to it, masked, and its looks are written down."""

import pytest
import time_machine

from accounts.models import User
from applicants.models import ApplicantAccess, Party
from applicants.models.document import DocumentKind
from loans.models import Programme
from records.models import AuditEntry
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.parties import a_partner, a_surety
from tests.makers.people import Offices
from tests.makers.programme import policies_say
from tests.makers.women import a_woman, let_everybody_agree
from tests.workflows.api.client import Caller
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows.models import Application
from workflows.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_work(programme: Programme):
    policies_say(partners_max=2)
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def case(offices: Offices) -> Application:
    woman = a_woman(offices)
    a_partner(woman)
    a_surety(woman)
    let_everybody_agree(woman)
    return a_case_in(State.DISBURSEMENT, offices, applicant=woman)


def read(user: User, case: Application) -> str:
    return page_of(browser_of(user).get(f"/case/{case.number}"))


def test_the_federation_sees_all_of_them_masked(case: Application, offices: Offices):
    text = read(offices.city_reviewer, case)
    for words in (
        "爱人 家属",
        "合伙人 合伙人甲",
        "占 30%",
        "担保人 担保人甲",
        "亲戚，种地、做生意的",
        "自己手机上点的",
    ):
        assert words in text.replace("\N{NO-BREAK SPACE}", " "), words
    for party in Party.objects.all():
        assert party.id_no not in text
        assert party.mobile not in text


def test_the_guarantor_sees_who_vouches_and_the_bank_does_not(case: Application, offices: Offices):
    for_guarantor, for_bank = read(offices.guarantor_officer, case), read(offices.bank_officer, case)
    assert ("担保人甲" in for_guarantor, "合伙人甲" in for_guarantor) == (True, True)
    assert ("担保人甲" in for_bank, "合伙人甲" in for_bank) == (False, True)
    assert "爱人" not in for_guarantor
    assert "爱人" not in for_bank


def test_a_look_at_the_whole_number_is_hers_to_read(case: Application, offices: Offices):
    surety = Party.objects.get(role="guarantor")
    browser = browser_of(offices.guarantor_officer)
    page = browser.post(f"/case/{case.number}/people/{surety.pk}/id_no").content.decode()
    assert surety.id_no in page
    look = ApplicantAccess.objects.get(what="guarantor_id_no")
    assert (look.by, look.applicant) == (offices.guarantor_officer, case.applicant)


@pytest.mark.parametrize("what", ["id_no", "mobile"])
def test_the_bank_does_not_look_behind_the_mask_of_who_vouches(case: Application, offices: Offices, what):
    surety = Party.objects.get(role="guarantor")
    browser = browser_of(offices.bank_officer)
    assert browser.post(f"/case/{case.number}/people/{surety.pk}/{what}").status_code == 404
    assert not ApplicantAccess.objects.exists()


def test_nothing_else_is_behind_a_mask(case: Application, offices: Offices):
    browser = browser_of(offices.city_reviewer)
    assert (
        browser.post(f"/case/{case.number}/people/{Party.objects.get(role='partner').pk}/full_name").status_code == 404
    )


def test_the_papers_about_other_people_go_to_the_federation_alone(case: Application, offices: Offices):
    marriage = case.applicant.documents.get(kind=DocumentKind.MARRIAGE)
    address = f"/case/{case.number}/documents/{marriage.pk}"
    assert browser_of(offices.city_reviewer).get(address).status_code == 200
    for officer in (offices.guarantor_officer, offices.bank_officer):
        assert "结婚证" not in read(officer, case)
        assert browser_of(officer).get(address).status_code == 404
        assert browser_of(officer).post(f"{address}/turn").status_code == 404
        listed = Caller(officer).get(f"applications/{case.number}/documents").json()
        assert not {one["kind"] for one in listed} & {"marriage", "spouse_id", "party_consent"}


def test_who_took_his_yes_back_is_not_shown_to_partners_any_more(case: Application, offices: Offices):
    surety = Party.objects.get(role="guarantor")
    address = f"/case/{case.number}/people/{surety.pk}"
    assert browser_of(offices.guarantor_officer).post(f"{address}/withdraws").status_code == 404
    browser_of(offices.town_reviewer).post(f"{address}/withdraws")
    assert "担保人甲" not in read(offices.guarantor_officer, case)
    assert browser_of(offices.guarantor_officer).post(f"{address}/id_no").status_code == 404
    assert "担保人甲" in read(offices.city_reviewer, case)
    noted = AuditEntry.objects.get(action="party_withdraws")
    assert (noted.by, noted.about, noted.outcome) == (offices.town_reviewer, case.number, "guarantor")


def test_kin_do_not_take_a_yes_back_for_him(case: Application, offices: Offices):
    surety = Party.objects.get(role="guarantor")
    User.objects.filter(pk=offices.town_reviewer.pk).update(id_index=surety.id_index)
    browser_of(offices.town_reviewer).post(f"/case/{case.number}/people/{surety.pk}/withdraws")
    assert case.applicant.party_consents.live().filter(role="guarantor").exists()


def test_nobody_takes_back_what_was_never_named(case: Application, offices: Offices):
    browser = browser_of(offices.town_reviewer)
    assert browser.post(f"/case/{case.number}/people/999/withdraws").status_code == 404
