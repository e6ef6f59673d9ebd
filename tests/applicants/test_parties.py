"""Whom her application names: one number is one person, shares leave her a part, and a yes belongs to who gave it."""

import dataclasses
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from applicants import parties, party_consents, profiles
from applicants.identity import read_id_no
from applicants.models import Applicant, HouseholdMember, Party, PartyConsent, PartyLink
from applicants.models.applicant import SuretyWay
from applicants.models.household import Occupation, Relation
from applicants.parties import SharesTooLarge, TooManyOfThem, named_in
from applicants.party_consents import NotTheirNumber, PartyLinkIsDead, PartyLinkJustSent, not_agreed
from applicants.profiles import NamedAlready
from applicants.sign_in import mobile_index
from tests.makers.parties import a_partner, a_surety, partner_given, surety_given
from tests.makers.people import OPENED_AT, Offices
from tests.makers.women import a_woman

pytestmark = pytest.mark.django_db

FIFTY_THOUSAND_FEN = 5_000_000
LATER = OPENED_AT + timedelta(hours=1)


@pytest.fixture
def woman(offices: Offices) -> Applicant:
    return a_woman(offices)


def named(woman: Applicant, role: str) -> parties.Named:
    return next(one for one in named_in(woman) if one.role == role)


def test_her_spouse_comes_first_of_those_who_are_named(woman: Applicant):
    a_surety(woman)
    a_partner(woman)
    assert [one.role for one in named_in(woman)] == ["spouse", "guarantor", "partner"]


def test_others_of_the_household_have_no_name_and_nothing_to_agree_to(woman: Applicant):
    parties.save_household(woman, [("in_law", "farming"), ("child", "pupil")])
    assert [one.full_name for one in woman.household.exclude(relation=Relation.SPOUSE)] == ["", ""]
    assert not_agreed(woman, amount_fen=FIFTY_THOUSAND_FEN) == []
    parties.save_household(woman, [("parent", "at_home")])
    assert woman.household.exclude(relation=Relation.SPOUSE).get().occupation == Occupation.AT_HOME
    assert woman.household.filter(relation=Relation.SPOUSE).exists()


def test_a_household_has_an_end(woman: Applicant):
    with pytest.raises(TooManyOfThem):
        parties.save_household(woman, [("child", "pupil")] * parties.HOUSEHOLD_MAX)


def test_the_database_keeps_no_spouse_without_a_name(woman: Applicant):
    with pytest.raises(IntegrityError, match="a_spouse_is_named"):
        HouseholdMember.objects.filter(applicant=woman, relation=Relation.SPOUSE).update(full_name="")


def test_their_numbers_lie_encrypted_in_the_table(woman: Applicant):
    party = a_surety(woman)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_no, mobile FROM applicants_party")
        (stored,) = cursor.fetchall()
    assert party.id_no not in str(stored)
    assert party.mobile not in str(stored)


@pytest.mark.parametrize("whose", ["hers", "her spouse's", "a partner's"])
def test_nobody_is_two_people_of_one_application(woman: Applicant, whose):
    number = {
        "hers": woman.id_no,
        "her spouse's": woman.household.get().id_no,
        "a partner's": a_partner(woman).id_no,
    }[whose]
    given = dataclasses.replace(surety_given(), id_no=read_id_no(number, on=OPENED_AT.date()))
    with pytest.raises(NamedAlready):
        parties.save_surety(woman, given, at=OPENED_AT)


@pytest.mark.parametrize("whose", ["hers", "her spouse's"])
def test_neither_is_it_past_the_form(woman: Applicant, whose):
    party = a_surety(woman)
    index = woman.id_index if whose == "hers" else woman.household.get().id_index
    with pytest.raises(DatabaseError, match="named_already"):
        Party.objects.filter(pk=party.pk).update(id_index=index)


def test_she_does_not_become_her_own_surety_by_changing_her_number(woman: Applicant, offices: Offices):
    party = a_surety(woman)
    number = read_id_no(party.id_no, on=OPENED_AT.date())
    with pytest.raises(NamedAlready):
        profiles.save_person(
            woman, profiles.Person(woman.full_name, number, woman.mobile, offices.villages[0], address="")
        )
    with pytest.raises(DatabaseError, match="named_already"), transaction.atomic():
        Applicant.objects.filter(pk=woman.pk).update(id_index=party.id_index)
    with pytest.raises(DatabaseError, match="named_already"):
        HouseholdMember.objects.filter(applicant=woman).update(id_index=party.id_index)


def test_partners_leave_her_a_share(woman: Applicant):
    a_partner(woman, share_percent=60)
    with pytest.raises(SharesTooLarge):
        a_partner(woman, share_percent=40)
    second = a_partner(woman, share_percent=39)
    with pytest.raises(DatabaseError, match="shares_too_large"):
        Party.objects.filter(pk=second.pk).update(share_percent=40)


def test_no_more_partners_than_the_policy_has_room_for(woman: Applicant):
    a_partner(woman, most=1)
    with pytest.raises(TooManyOfThem):
        a_partner(woman, most=1)
    changed = partner_given(share_percent=45)
    row = parties.save_partner(woman, changed, most=1, at=LATER, pk=Party.objects.get().pk)
    assert (Party.objects.get().share_percent, row.full_name) == (45, "合伙人甲")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"share_percent": None}, "a_partner_has_a_share_and_a_surety_a_kind"),
        ({"share_percent": 0}, "a_partner_has_a_share_and_a_surety_a_kind"),
        ({"liability": ""}, "a_partner_has_a_share_and_a_surety_a_kind"),
        ({"kind": "wage"}, "a_partner_has_a_share_and_a_surety_a_kind"),
        ({"full_name": ""}, "a_party_is_a_named_person"),
    ],
)
def test_the_database_keeps_no_half_partner(woman: Applicant, changes, constraint):
    party = a_partner(woman)
    with pytest.raises(IntegrityError, match=constraint):
        Party.objects.filter(pk=party.pk).update(**changes)


def test_alone_nobody_stays_a_partner_and_with_property_nobody_vouches(woman: Applicant):
    a_partner(woman)
    a_surety(woman)
    parties.save_has_partners(woman, has_partners=False)
    parties.save_surety_way(woman, way=SuretyWay.PROPERTY)
    assert not Party.objects.exists()


def test_a_yes_belongs_to_the_person_and_not_to_the_row(woman: Applicant):
    party = a_surety(woman)
    party_consents.give(woman, named(woman, "guarantor"), amount_fen=FIFTY_THOUSAND_FEN, at=OPENED_AT)
    assert not_agreed(woman, amount_fen=FIFTY_THOUSAND_FEN) == []
    parties.save_surety(woman, surety_given(), at=LATER, pk=party.pk)
    assert [one.role for one in not_agreed(woman, amount_fen=FIFTY_THOUSAND_FEN)] == ["guarantor"]


def test_who_agreed_to_a_sum_has_not_agreed_to_a_larger_one(woman: Applicant):
    a_surety(woman)
    party_consents.give(woman, named(woman, "guarantor"), amount_fen=FIFTY_THOUSAND_FEN, at=OPENED_AT)
    assert not_agreed(woman, amount_fen=FIFTY_THOUSAND_FEN - 100_000) == []
    assert [one.role for one in not_agreed(woman, amount_fen=FIFTY_THOUSAND_FEN + 100_000)] == ["guarantor"]


def test_a_consent_stays_as_it_was_given(woman: Applicant):
    consents = PartyConsent.objects.filter(applicant=woman)
    with pytest.raises(DatabaseError, match="consent_stays_as_given"), transaction.atomic():
        consents.update(given_at=LATER)
    with pytest.raises(DatabaseError, match="consent_stays_as_given"), transaction.atomic():
        consents.delete()
    party_consents.take_back(woman, named(woman, "spouse"), at=LATER)
    with pytest.raises(DatabaseError, match="consent_stays_as_given"):
        consents.update(withdrawn_at=None)


def test_a_consent_on_paper_shows_its_paper(woman: Applicant):
    consent = PartyConsent.objects.get(applicant=woman)
    consent.pk, consent.person_index, consent.channel = None, "0" * 64, "paper"
    with pytest.raises(IntegrityError, match="a_consent_on_paper_shows_the_paper"):
        consent.save()


def test_a_link_answers_once_and_dies_with_the_next(woman: Applicant):
    a_surety(woman)
    whom = named(woman, "guarantor")
    first = link(woman, whom)
    with pytest.raises(PartyLinkJustSent):
        link(woman, whom)
    second = link(woman, whom, at=LATER)
    with pytest.raises(PartyLinkIsDead):
        party_consents.find_by_token(first, at=LATER)
    found, _whom = party_consents.find_by_token(second, at=LATER)
    party_consents.answer(found, answer="yes", at=LATER)
    with pytest.raises(PartyLinkIsDead):
        party_consents.answer(found, answer="not_me", at=LATER)
    assert PartyLink.objects.get(pk=found.pk).answer == "yes"


def test_a_link_of_somebody_who_is_not_named_any_more_is_dead(woman: Applicant):
    a_surety(woman)
    whom = named(woman, "guarantor")
    token = link(woman, whom)
    parties.remove(woman, whom)
    with pytest.raises(PartyLinkIsDead):
        party_consents.find_by_token(token, at=LATER)


@pytest.mark.parametrize("whose", ["hers", "the office's", "somebody else's who is named"])
def test_the_link_goes_to_nobody_elses_phone(woman: Applicant, offices: Offices, whose):
    a_surety(woman)
    mobile = {
        "hers": woman.mobile,
        "the office's": "13500000009",
        "somebody else's who is named": a_partner(woman).mobile,
    }
    offices.helper.mobile_index = mobile_index("13500000009")
    offices.helper.save()
    with pytest.raises(NotTheirNumber):
        link(woman, named(woman, "guarantor"), mobile=mobile[whose])


def link(woman: Applicant, whom: parties.Named, *, mobile: str = "", at=OPENED_AT) -> str:
    return party_consents.issue_link(woman, whom, mobile=mobile or whom.mobile, lifetime=timedelta(hours=72), at=at)
