"""She who fills in by herself lets the helper of her village photograph her papers, and takes it back."""

from datetime import timedelta

import pytest

from applicants.models import Mandate
from records.models import Notice
from records.refusals import MoveNotOpen, NotPermitted
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.women import a_woman
from workflows import village_help
from workflows.models import Application

TODAY = MONDAY.date()


@pytest.fixture
def draft(offices, programme):
    return cases.a_draft(offices)


def ask(draft):
    return village_help.ask(draft, by=draft.applicant.user, at=MONDAY)


def test_the_helper_of_her_village_is_told_and_may_fill_in(offices, draft):
    assert not Application.objects.visible_to(offices.helper).exists()
    mandate = ask(draft)
    assert (mandate.helper, mandate.valid_until_on) == (offices.helper, TODAY + timedelta(days=60))
    assert Application.objects.visible_to(offices.helper).get() == draft
    assert draft.number in Notice.objects.get(to_user=offices.helper).text


def test_asked_twice_is_asked_once(draft):
    assert ask(draft) == ask(draft)
    assert Mandate.objects.count() == Notice.objects.filter(kind=village_help.ASKED).count() == 1


def test_she_takes_it_back_and_may_ask_again(offices, draft):
    ask(draft)
    village_help.take_back(draft, by=draft.applicant.user, at=MONDAY)
    assert not Application.objects.visible_to(offices.helper).exists()
    assert village_help.asked(draft, on=TODAY) is None
    assert ask(draft).valid_until_on > TODAY


def test_nobody_asks_in_her_place(offices, draft):
    for act in (village_help.ask, village_help.take_back):
        with pytest.raises(NotPermitted):
            act(draft, by=offices.helper, at=MONDAY)
    assert not Mandate.objects.exists()


def test_in_a_village_without_a_helper_nobody_is_asked(offices, programme):
    draft = cases.a_draft(offices, applicant=a_woman(offices, village=2))
    assert village_help.helper_for(draft) is None
    with pytest.raises(NotPermitted):
        ask(draft)


def test_what_comes_after_she_has_handed_it_in_is_not_the_helpers(offices, draft):
    ask(draft)
    cases.submit(draft)
    assert not Application.objects.visible_to(offices.helper).exists()


def test_once_handed_in_it_is_too_late(draft):
    cases.submit(draft)
    with pytest.raises(MoveNotOpen):
        ask(draft)
