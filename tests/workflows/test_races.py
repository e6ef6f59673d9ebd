"""Two at the same moment, in processes of their own: one gets it, the other hears why not."""

from collections.abc import Callable

import pytest
from django.db import transaction

from accounts.models import User
from records.refusals import Refusal
from records.unit_of_work import unit_of_work
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.people import office_tree
from tests.makers.programme import a_programme
from tests.makers.races import at_once
from tests.makers.women import a_woman
from workflows.models import Application
from workflows.stages import intake
from workflows.states import State

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def submit(pk: int) -> str:
    case = Application.objects.get(pk=pk)
    return outcome(lambda: intake.submit(case, by=case.applicant.user, at=MONDAY, version=None), case)


def accept(asked: tuple[int, int]) -> str:
    case, reviewer = Application.objects.get(pk=asked[0]), User.objects.get(pk=asked[1])
    return outcome(lambda: intake.accept(case, by=reviewer, at=MONDAY, version=case.version), case)


def outcome(act: Callable[[], Application], case: Application) -> str:
    try:
        return str(unit_of_work(act, by=None, at=MONDAY, about=case.number).state)
    except Refusal as refusal:
        return refusal.code


def test_one_person_hands_in_once_from_two_phones():
    with transaction.atomic():
        offices = office_tree()
        a_programme(offices)
        first = cases.a_draft(offices)
        second = cases.a_draft(offices, applicant=a_woman(offices, id_no=first.applicant.id_no))
    assert sorted(at_once(submit, [first.pk, second.pk])) == ["SUBMITTED", "already_applying"]
    assert Application.objects.filter(state=State.SUBMITTED).count() == 1


def test_the_last_room_in_the_pool_is_given_once():
    with transaction.atomic():
        offices = office_tree()
        a_programme(offices, deposit_fen=1_000_000)  # room for one loan of 50,000 yuan
        first, second = cases.a_submitted_case(offices), cases.a_submitted_case(offices)
    asked = [(first.pk, offices.town_reviewer.pk), (second.pk, offices.town_reviewer2.pk)]
    assert sorted(at_once(accept, asked)) == ["SURVEY", "no_headroom"]


def test_two_officers_accept_a_case_once():
    with transaction.atomic():
        offices = office_tree()
        a_programme(offices)
        case = cases.a_submitted_case(offices)
    asked = [(case.pk, offices.town_reviewer.pk), (case.pk, offices.town_reviewer2.pk)]
    assert sorted(at_once(accept, asked)) in (["SURVEY", "stale"], ["SURVEY", "move_not_open"])
    assert case.log.filter(move="accept").count() == 1
