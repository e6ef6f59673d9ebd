"""Home, pay, family and loans: what she knows, what she doesn't, and what contradicts itself."""

import pytest
from django.test import Client

from applicants.models import Applicant, HouseholdMember
from tests.makers.people import Offices
from tests.makers.women import an_id_no
from tests.workflows.web.filling import HER_ID_NO, SITUATION, person, said_thrice, tell
from workflows.completeness import missing_in
from workflows.models import Application

pytestmark = pytest.mark.django_db


def test_married_asks_for_the_spouse(begun: Client):
    response = tell(begun, "situation", SITUATION | {"marital_status": "married"})
    said_thrice(response, "写上爱人的姓名，和身份证上一样")
    said_thrice(response, "写上爱人的身份证号，户口本上也有")
    assert begun.get("/apply/situation")["Location"] == "/apply/situation/spouse"
    assert missing_in(Application.objects.get(), "situation") == ("situation.spouse",)


def test_married_said_afterwards_asks_for_the_spouse_before_it_goes_back_to_the_answers(begun: Client):
    tell(begun, "situation", SITUATION)
    response = begun.post("/apply/situation/married?from=review", {"marital_status": "married"})
    assert response["Location"] == "/apply/situation/spouse?from=review"
    husband = {"spouse_name": "家属甲", "spouse_id_no": an_id_no(1, is_female=False)}
    assert begun.post(response["Location"], husband)["Location"] == "/apply/review"


def test_her_spouse_is_kept_and_goes_when_she_is_not_married(begun: Client):
    husband = {"spouse_name": "家属甲", "spouse_id_no": an_id_no(1, is_female=False)}
    assert tell(begun, "situation", SITUATION | {"marital_status": "married"} | husband).status_code == 302
    assert HouseholdMember.objects.get().full_name == "家属甲"
    again = tell(begun, "situation", SITUATION | {"marital_status": "married", "spouse_name": "家属甲"})
    assert again.status_code == 302
    assert HouseholdMember.objects.get().id_no == husband["spouse_id_no"]
    tell(begun, "situation", SITUATION | {"marital_status": "divorced"})
    assert not HouseholdMember.objects.exists()


def test_her_own_number_is_not_her_spouses(offices: Offices, begun: Client):
    tell(begun, "person", person(offices))
    sent = SITUATION | {"marital_status": "married", "spouse_name": "家属甲", "spouse_id_no": HER_ID_NO}
    said_thrice(tell(begun, "situation", sent), "这是您自己的身份证号，写爱人的")


def test_no_loans_and_some_loans_contradict_each_other(begun: Client):
    response = tell(begun, "situation", SITUATION | {"other_loans": ["none", "car"]})
    said_thrice(response, "勾了“没有贷款”，别的就不要勾")


def test_nothing_ticked_is_no_answer(begun: Client):
    response = tell(begun, "situation", SITUATION | {"other_loans": []})
    said_thrice(response, "有哪些贷款就勾哪些，没有就勾“没有贷款”")


def test_not_knowing_is_an_answer(begun: Client):
    sent = SITUATION | {"other_loans": ["unknown"], "has_overdue_debt": "unknown"}
    assert tell(begun, "situation", sent).status_code == 302
    applicant = Applicant.objects.get()
    assert applicant.other_loans is applicant.has_overdue_debt is None
    shown = [begun.get(f"/apply/situation/{page}").context["form"] for page in ("loans", "overdue")]
    assert [shown[0]["other_loans"].value(), shown[1]["has_overdue_debt"].value()] == [["unknown"], "unknown"]


def test_an_answer_that_was_never_given_is_not_filled_in(begun: Client):
    for page in ("registered", "home", "payroll", "loans", "overdue", "married"):
        assert "checked" not in begun.get(f"/apply/situation/{page}").content.decode()
