"""Her leave to a helper: whose phone a link may go to, one use, an end, and her own word once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from applicants import mandates, profiles
from applicants.models import Applicant, ConfirmedPhone, Mandate, Phone
from applicants.models.mandate import PhoneOf, Route
from applicants.staff_numbers import note_numbers
from tests.makers.people import OPENED_AT as AT
from tests.makers.people import Offices
from tests.makers.women import a_woman

pytestmark = pytest.mark.django_db

UNTIL = date(2026, 3, 6)
THREE_DAYS = timedelta(hours=72)


@pytest.fixture
def woman(offices: Offices) -> Applicant:
    return a_woman(offices)


def give(woman: Applicant, helper: User, route: Route = Route.LINK) -> Mandate:
    return mandates.give_mandate(woman, helper=helper, route=route, valid_until_on=UNTIL, at=AT)


def with_mobile(woman: Applicant, mobile: str) -> None:
    person = profiles.Person(woman.full_name, None, mobile, woman.village, woman.address)
    profiles.save_person(woman, person)


def with_mobile_only(twin: Applicant, woman: Applicant) -> None:
    """The same phone, and the number that she had."""
    twin.mobile, twin.mobile_index = woman.mobile, woman.mobile_index
    twin.save()


def test_a_link_goes_to_her_own_phone(woman: Applicant, offices: Offices):
    assert give(woman, offices.helper).route == "link"


def test_a_link_needs_a_phone_and_paper_needs_none(woman: Applicant, offices: Offices):
    with_mobile(woman, "")
    with pytest.raises(mandates.LinkNotForThisNumber):
        give(woman, offices.helper)
    assert give(woman, offices.helper, Route.PAPER).pk


def test_a_link_goes_to_nobody_who_works_here(woman: Applicant, offices: Offices):
    note_numbers(offices.helper, id_no=None, mobile=woman.mobile)
    with pytest.raises(mandates.LinkNotForThisNumber):
        give(woman, offices.helper)


def test_nor_to_a_mobile_that_an_office_gives_as_its_phone(woman: Applicant, offices: Offices):
    User.objects.filter(pk=offices.town_reviewer.pk).update(phone=f"{woman.mobile[:3]}-{woman.mobile[3:]}")
    with pytest.raises(mandates.LinkNotForThisNumber):
        give(woman, offices.helper)


def test_whose_phone_it_is_is_asked_again_when_she_says_yes(woman: Applicant, offices: Offices):
    mandate = give(woman, offices.helper)
    note_numbers(offices.town_reviewer, id_no=None, mobile=woman.mobile)
    with pytest.raises(mandates.LinkNotForThisNumber):
        mandates.answer(mandate, answer="yes", at=AT)
    mandates.answer(mandate, answer="not_mine", at=AT)
    assert not ConfirmedPhone.objects.exists()


def test_of_two_women_asked_by_one_number_only_the_first_says_yes(woman: Applicant, offices: Offices):
    other = a_woman(offices)
    with_mobile(other, woman.mobile)
    first, second = give(woman, offices.helper), give(other, offices.helper)
    mandates.answer(first, answer="yes", at=AT)
    with pytest.raises(mandates.LinkNotForThisNumber):
        mandates.answer(second, answer="yes", at=AT)
    assert [one.applicant for one in ConfirmedPhone.objects.all()] == [woman]
    second.refresh_from_db()
    assert second.answered_at is None


def test_a_phone_by_which_another_woman_signs_in_is_hers(woman: Applicant, offices: Offices):
    neighbour = a_woman(offices)
    Phone.objects.filter(user=neighbour.user).delete()
    Phone.objects.create(user=neighbour.user, mobile=woman.mobile, mobile_index=woman.mobile_index)
    with pytest.raises(mandates.LinkNotForThisNumber):
        give(woman, offices.helper)


def test_a_woman_who_was_written_down_twice_is_one_woman(woman: Applicant, offices: Offices):
    twin = a_woman(offices)
    Applicant.objects.filter(pk=twin.pk).update(id_index=woman.id_index)
    twin.refresh_from_db()
    with_mobile_only(twin, woman)
    mandates.answer(give(woman, offices.helper), answer="yes", at=AT)
    mandates.answer(give(twin, offices.helper), answer="yes", at=AT)
    assert ConfirmedPhone.objects.count() == 1


def test_a_phone_that_confirmed_for_one_woman_confirms_for_no_other(woman: Applicant, offices: Offices):
    mandates.answer(give(woman, offices.helper), answer="yes", at=AT)
    other = a_woman(offices)
    with_mobile(other, woman.mobile)
    with pytest.raises(mandates.LinkNotForThisNumber):
        give(other, offices.helper)
    assert give(woman, offices.helper).pk, "for herself it may again"


def test_only_the_newest_token_opens_and_the_table_holds_none(woman: Applicant, offices: Offices):
    mandate = give(woman, offices.helper)
    old = mandates.issue_token(mandate, lifetime=THREE_DAYS, at=AT)
    new = mandates.issue_token(mandate, lifetime=THREE_DAYS, at=AT)
    assert mandates.find_by_token(new, at=AT) == mandate
    with pytest.raises(mandates.LinkIsDead):
        mandates.find_by_token(old, at=AT)
    assert new not in Mandate.objects.values_list("token_sha256", flat=True)


def test_a_token_dies_with_its_time(woman: Applicant, offices: Offices):
    mandate = give(woman, offices.helper)
    token = mandates.issue_token(mandate, lifetime=THREE_DAYS, at=AT)
    assert mandates.find_by_token(token, at=AT + THREE_DAYS - timedelta(seconds=1)) == mandate
    with pytest.raises(mandates.LinkIsDead):
        mandates.find_by_token(token, at=AT + THREE_DAYS)


def test_she_answers_once_and_what_she_said_can_be_read_again(woman: Applicant, offices: Offices):
    mandate = give(woman, offices.helper)
    token = mandates.issue_token(mandate, lifetime=THREE_DAYS, at=AT)
    assert mandates.find_answered(token) is None
    mandates.answer(mandate, answer="change", at=AT)
    with pytest.raises(mandates.LinkIsDead):
        mandates.answer(mandate, answer="yes", at=AT)
    with pytest.raises(mandates.LinkIsDead):
        mandates.find_by_token(token, at=AT)
    answered = mandates.find_answered(token)
    assert answered is not None
    assert answered.answer == "change"


def test_an_empty_token_finds_no_mandate_that_has_none(woman: Applicant, offices: Offices):
    mandates.answer(give(woman, offices.helper, Route.PAPER), answer="yes", at=AT)
    assert mandates.find_answered("") is None
    with pytest.raises(mandates.LinkIsDead):
        mandates.find_by_token("", at=AT)


def test_the_database_knows_three_answers(woman: Applicant, offices: Offices):
    with pytest.raises(IntegrityError, match="a_mandate_is_answered_yes_change_or_not_mine"):
        Mandate.objects.filter(pk=give(woman, offices.helper).pk).update(answer="perhaps")


def test_the_database_lets_nobody_verify_what_she_fills_in_herself(woman: Applicant, offices: Offices):
    with pytest.raises(IntegrityError, match="nobody_verifies_a_mandate_that_she_holds"):
        Mandate.objects.filter(pk=give(woman, offices.helper).pk).update(verified_by=offices.helper)


def test_the_database_hears_no_yes_from_a_phone_that_isnt_known_as_hers(woman: Applicant, offices: Offices):
    mandate = give(woman, offices.helper)
    with pytest.raises(IntegrityError, match="link_not_for_this_number"), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(answer="yes")
    ConfirmedPhone.objects.create(mobile_index=woman.mobile_index, applicant=a_woman(offices), confirmed_at=AT)
    with pytest.raises(IntegrityError, match="link_not_for_this_number"), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(answer="yes")


def test_the_database_hears_no_yes_from_the_phone_of_somebody_who_works_here(woman: Applicant, offices: Offices):
    mandate = give(woman, offices.helper)
    ConfirmedPhone.objects.create(mobile_index=woman.mobile_index, applicant=woman, confirmed_at=AT)
    note_numbers(offices.helper, id_no=None, mobile=woman.mobile)
    with pytest.raises(IntegrityError, match="link_not_for_this_number"):
        Mandate.objects.filter(pk=mandate.pk).update(answer="yes")


def test_the_database_keeps_one_woman_for_each_phone_that_confirmed(woman: Applicant, offices: Offices):
    ConfirmedPhone.objects.create(mobile_index="7", applicant=woman, confirmed_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConfirmedPhone.objects.create(mobile_index="7", applicant=a_woman(offices), confirmed_at=AT)
    with pytest.raises(IntegrityError, match="a_phone_that_confirmed_is_a_phone"):
        ConfirmedPhone.objects.create(mobile_index="", applicant=woman, confirmed_at=AT)


def test_the_phone_of_somebody_else_takes_no_link(woman: Applicant, offices: Offices):
    scope = mandates.Scope(phone_of=PhoneOf.SPOUSE)
    with pytest.raises(mandates.LinkNotForThisNumber):
        mandates.give_mandate(woman, helper=offices.helper, route=Route.LINK, valid_until_on=UNTIL, at=AT, scope=scope)
    with pytest.raises(IntegrityError, match="a_link_goes_to_her_own_phone_only"):
        Mandate.objects.filter(pk=give(woman, offices.helper).pk).update(phone_of="spouse")


def test_what_she_ended_stands_no_more_and_its_link_is_dead(woman: Applicant, offices: Offices):
    mandate = give(woman, offices.helper)
    token = mandates.issue_token(mandate, lifetime=THREE_DAYS, at=AT)
    assert mandates.end_mandates(woman, helper=offices.town_reviewer, at=AT) == 0
    assert mandates.end_mandates(woman, helper=offices.helper, at=AT) == 1
    assert mandates.end_mandates(woman, helper=offices.helper, at=AT) == 0
    assert not Mandate.objects.standing().exists()
    with pytest.raises(mandates.LinkIsDead):
        mandates.find_by_token(token, at=AT)


def test_the_database_keeps_no_link_of_an_ended_mandate(woman: Applicant, offices: Offices):
    mandate = give(woman, offices.helper)
    mandates.issue_token(mandate, lifetime=THREE_DAYS, at=AT)
    with pytest.raises(IntegrityError, match="an_ended_mandate_has_no_link"):
        Mandate.objects.filter(pk=mandate.pk).update(ended_at=AT)
