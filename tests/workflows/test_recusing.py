"""回避: an officer steps back for good, and a colleague who is free gets the case."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Membership, User
from records.models import Notice
from records.refusals import Invalid, MoveNotOpen
from tests.makers.cases import MONDAY, a_case_in, a_submitted_case, accept
from tests.workflows.past_the_engine import insert_move, refused
from workflows import assigning, recusing
from workflows.assigning import current_assignment
from workflows.models import Application, Recusal
from workflows.refusals import MustStepBack, NotYours
from workflows.separation import SteppedBack
from workflows.stages import interruptions
from workflows.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]
WHY = "她是我表妹。"


def fresh(case):
    return Application.objects.get(pk=case.pk)


def owner_of(case):
    assignment = current_assignment(fresh(case))
    assert assignment is not None
    return assignment.owner


@pytest.fixture
def case(offices):
    made = a_submitted_case(offices)
    assigning.assign(made, owner=offices.town_reviewer, by=offices.town_reviewer, at=MONDAY)
    return fresh(made)


@pytest.fixture
def stepped_back(case, offices):
    recusing.step_back(case, reason=WHY, to=offices.town_reviewer2, by=offices.town_reviewer, at=MONDAY)
    return fresh(case)


def test_the_colleague_has_the_case_from_then_on(stepped_back, offices):
    assert owner_of(stepped_back) == offices.town_reviewer2
    kept = Recusal.objects.get()
    assert (kept.officer, kept.handed_to, kept.reason) == (offices.town_reviewer, offices.town_reviewer2, WHY)


def test_whoever_stepped_back_moves_it_no_more(stepped_back, offices):
    with pytest.raises(SteppedBack):
        accept(stepped_back, offices)
    assert fresh(stepped_back).state == State.SUBMITTED


def test_the_database_holds_her_to_it(stepped_back, offices):
    with refused("stepped_back"):
        insert_move(stepped_back, "accept", State.SURVEY, by=offices.town_reviewer)


def test_she_may_still_stop_it_in_the_womans_name(stepped_back, offices):
    frozen = interruptions.freeze(
        stepped_back, reason="她打电话说不是她办的", by=offices.town_reviewer, at=MONDAY, version=None
    )
    assert frozen.state == State.FROZEN


def test_she_is_not_given_it_again(stepped_back, offices):
    with pytest.raises(MustStepBack):
        assigning.assign(stepped_back, owner=offices.town_reviewer, by=offices.town_reviewer2, at=MONDAY)
    assert owner_of(stepped_back) == offices.town_reviewer2


def test_a_colleague_has_to_be_named_where_there_is_one(case, offices):
    with pytest.raises(Invalid):
        recusing.step_back(case, reason=WHY, to=None, by=offices.town_reviewer, at=MONDAY)
    assert owner_of(case) == offices.town_reviewer
    assert not Recusal.objects.exists()


def test_nobody_tied_to_the_case_gets_it(case, offices):
    User.objects.filter(pk=offices.town_reviewer2.pk).update(id_index=case.applicant.id_index)
    assert recusing.successors(case, by=offices.town_reviewer) == []
    relative = User.objects.get(pk=offices.town_reviewer2.pk)
    with pytest.raises(MustStepBack):
        recusing.step_back(case, reason=WHY, to=relative, by=offices.town_reviewer, at=MONDAY)


def test_where_nobody_is_free_it_is_nobodys_and_the_head_hears_of_it(case, offices):
    Membership.objects.filter(user=offices.town_reviewer2).update(ended_at=MONDAY)
    recusing.step_back(case, reason=WHY, to=None, by=offices.town_reviewer, at=MONDAY)
    assert owner_of(case) is None
    told = Notice.objects.get(kind="recusal")
    assert case.number in told.text


def test_another_office_steps_back_without_touching_whose_it_is(case, offices):
    recusing.step_back(case, reason=WHY, to=None, by=offices.city_reviewer, at=MONDAY)
    assert owner_of(case) == offices.town_reviewer


@pytest.mark.parametrize("reason", ["", " ", "亲", "长" * 201])
def test_it_takes_a_reason(case, offices, reason):
    with pytest.raises(Invalid):
        recusing.step_back(case, reason=reason, to=offices.town_reviewer2, by=offices.town_reviewer, at=MONDAY)


def test_nobody_steps_back_from_what_is_not_hers_or_is_over(case, offices):
    for stranger in (offices.other_town_reviewer, offices.finance_officer):
        with pytest.raises(NotYours):
            recusing.step_back(case, reason=WHY, to=None, by=stranger, at=MONDAY)
    over = a_case_in(State.WITHDRAWN, offices)
    with pytest.raises(MoveNotOpen):
        recusing.step_back(over, reason=WHY, to=None, by=offices.town_reviewer, at=MONDAY)


def test_nobody_steps_back_twice(stepped_back, offices):
    with pytest.raises(NotYours):
        recusing.step_back(stepped_back, reason=WHY, to=None, by=offices.town_reviewer, at=MONDAY)
    row = Recusal.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Recusal.objects.create(application=stepped_back, officer=row.officer, reason=WHY, at=MONDAY)


def test_a_relative_is_not_given_a_case_when_it_comes_to_her_office(offices):
    """The only officer of an office gets what comes in, unless it is of her own household."""
    case = a_submitted_case(offices)
    Membership.objects.filter(user__in=[offices.city_reviewer2, offices.leader]).update(ended_at=MONDAY)
    User.objects.filter(pk=offices.city_reviewer.pk).update(mobile_index=case.applicant.mobile_index)
    assert assigning.free_colleagues(case, offices.city_federation) == []
