"""What she tells is kept step by step, each step whole, and found again by blind indexes alone."""

import dataclasses

import pytest
from django.db import IntegrityError, connection

from applicants import profiles
from applicants.identity import read_id_no
from applicants.models import Applicant, Business
from tests.makers.people import OPENED_AT, Offices, phone_user
from tests.makers.women import ACCOUNT_NO, an_id_no

pytestmark = pytest.mark.django_db

HERS = read_id_no(an_id_no(1), on=OPENED_AT.date())
HIS = read_id_no(an_id_no(1, is_female=False), on=OPENED_AT.date())
SITUATION = profiles.Situation(
    registered_in_city=True,
    resides_in_city=None,
    on_public_payroll=False,
    other_loans=("car",),
    has_overdue_debt=False,
    marital_status="married",
)


@pytest.fixture
def woman() -> Applicant:
    return profiles.start_applicant(phone_user("phone-1"), at=OPENED_AT)


def save_person(woman: Applicant, offices: Offices, *, mobile: str = "13800000001") -> None:
    person = profiles.Person("申请人甲", HERS, mobile, offices.villages[0], address="三组")
    profiles.save_person(woman, person)
    woman.refresh_from_db()


def test_a_woman_begins_with_an_empty_business(woman: Applicant):
    assert Business.objects.get().applicant == woman
    assert woman.full_name == woman.business.project_type == ""


def test_who_she_is_is_kept_and_found_by_its_indexes(woman: Applicant, offices: Offices):
    save_person(woman, offices)
    assert (woman.id_no, woman.birth_on) == (HERS.text, HERS.birth_on)
    assert Applicant.objects.get(id_index=profiles.id_index(HERS.text)) == woman
    assert woman.id_index != HERS.text


def test_her_number_lies_encrypted_in_the_table(woman: Applicant, offices: Offices):
    save_person(woman, offices)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_no, mobile FROM applicants_applicant")
        (stored,) = cursor.fetchall()
    assert HERS.text not in str(stored)
    assert "13800000001" not in str(stored)


def test_without_a_phone_there_is_no_index_by_which_two_women_would_seem_one(woman: Applicant, offices: Offices):
    save_person(woman, offices, mobile="")
    assert woman.mobile == woman.mobile_index == ""


def test_her_spouse_is_kept_with_her_situation_and_replaced_with_it(woman: Applicant):
    profiles.save_situation(woman, SITUATION, spouse=profiles.Spouse("家属甲", HIS))
    profiles.save_situation(woman, SITUATION, spouse=profiles.Spouse("家属乙", HIS))
    assert [member.full_name for member in woman.household.all()] == ["家属乙"]
    profiles.save_situation(woman, dataclasses.replace(SITUATION, marital_status="widowed"), spouse=None)
    assert not woman.household.exists()


def test_what_she_does_not_know_stays_unknown(woman: Applicant):
    profiles.save_situation(woman, dataclasses.replace(SITUATION, other_loans=None), spouse=None)
    woman.refresh_from_db()
    assert woman.other_loans is woman.resides_in_city is None
    profiles.save_situation(woman, dataclasses.replace(SITUATION, other_loans=()), spouse=None)
    woman.refresh_from_db()
    assert woman.other_loans == []


def test_an_account_comes_with_its_bank_and_goes_without_leaving_its_index(woman: Applicant, offices: Offices):
    profiles.save_account(woman, account_no=ACCOUNT_NO, bank=offices.bank)
    woman.refresh_from_db()
    assert (woman.account_no, woman.account_bank, woman.masked_account) == (ACCOUNT_NO, offices.bank, "••••1234")
    profiles.save_account(woman, account_no="", bank=offices.bank)
    woman.refresh_from_db()
    assert (woman.account_no, woman.account_index, woman.account_bank) == ("", "", offices.bank)


@pytest.mark.parametrize(
    ("field", "constraint"),
    [("id_index", "an_id_number_comes_with_its_index"), ("account_index", "an_account_comes_with_its_index")],
)
def test_the_database_keeps_no_index_without_its_number(woman: Applicant, field, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        Applicant.objects.filter(pk=woman.pk).update(**{field: "0" * 64})
