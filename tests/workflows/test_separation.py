import pytest

from accounts.models import User
from tests.makers import cases
from tests.makers.cases import MONDAY
from workflows import recusing, separation
from workflows.models import Application
from workflows.separation import HelperConflict, Kinship
from workflows.stages import intake, interruptions
from workflows.states import State


def with_index(user, *, id_index="", mobile_index=""):
    """The officer's own ID number or phone, as the office has registered it."""
    User.objects.filter(pk=user.pk).update(id_index=id_index, mobile_index=mobile_index)
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("whose", ["her own number", "her spouse's number", "her phone"])
def test_an_officer_of_her_household_steps_back(offices, programme, whose):
    case = cases.a_submitted_case(offices)
    indexes = {
        "her own number": {"id_index": case.applicant.id_index},
        "her spouse's number": {"id_index": case.applicant.household.get().id_index},
        "her phone": {"mobile_index": case.applicant.mobile_index},
    }[whose]
    relative = with_index(offices.town_reviewer, **indexes)
    with pytest.raises(Kinship) as refused:
        intake.accept(case, by=relative, at=MONDAY, version=None)
    assert str(refused.value) == "这件和您家有关系，要回避，由别人来办。"


def test_officers_whose_numbers_nobody_knows_are_related_to_nobody(offices, programme):
    case = cases.a_submitted_case(offices)
    assert (offices.town_reviewer.id_index, offices.town_reviewer.mobile_index) == ("", "")
    # A household member whose number isn't known is no match for an officer whose number isn't.
    assert case.applicant.household.filter(mobile_index="").exists()
    assert cases.accept(case, offices).state == State.SURVEY


def test_a_relative_may_still_stop_it_in_her_name(offices, programme):
    """To freeze is no decision on the case, and must never come too late."""
    case = cases.a_submitted_case(offices)
    relative = with_index(offices.town_reviewer, id_index=case.applicant.id_index)
    frozen = interruptions.freeze(case, reason="她打电话说不是她办的", by=relative, at=MONDAY, version=None)
    assert frozen.state == State.FROZEN


def test_a_mandate_makes_a_helper_whoever_filled_the_form(offices, programme):
    case = cases.a_submitted_case(offices)
    case.applicant.mandates.create(
        helper=offices.town_reviewer, route="in_person", valid_until_on=MONDAY.date(), created_at=MONDAY
    )
    with pytest.raises(HelperConflict):
        cases.accept(case, offices)


def test_for_many_cases_at_once_the_same_keeps_her_away_as_for_one(offices, programme):
    free, filled, helped, left = (cases.a_submitted_case(offices) for _ in range(4))
    other, officer = offices.town_reviewer2, offices.town_reviewer
    Application.objects.filter(pk=filled.pk).update(filled_by=officer)
    helped.applicant.mandates.create(helper=officer, route="in_person", valid_until_on=MONDAY.date(), created_at=MONDAY)
    recusing.step_back(left, reason="她是我的老同学", to=other, by=officer, at=MONDAY)
    related = cases.a_submitted_case(offices)
    officer = with_index(officer, id_index=related.applicant.id_index)
    made = [Application.objects.get(pk=one.pk) for one in (free, filled, helped, left, related)]
    found = separation.own_conflicts(made, by=officer)
    assert free.pk not in found
    for case in made[1:]:
        with pytest.raises(type(found[case.pk])):
            separation.check(case, "accept", by=officer)
