import pytest
from django.utils.translation import override

from applicants.models import Phone
from records.models import Notice
from records.refusals import NotPermitted
from tests.makers import cases
from tests.makers.cases import MONDAY
from workflows.models import Application
from workflows.notices import TOLD_AFTER, tell_her
from workflows.stages import intake
from workflows.states import State


def texts(case):
    return [notice.text for notice in Notice.objects.filter(about=case.number, channel="sms").order_by("pk")]


def test_she_hears_of_what_concerns_her_and_of_nothing_else(offices, programme):
    case = cases.a_case_in(State.DISBURSED, offices)
    kinds = list(Notice.objects.filter(about=case.number, channel="sms").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["submit", "accept", "approve_loan", "disburse"]


def test_a_message_is_the_answer_of_the_page_with_the_number(offices, programme):
    case = cases.a_case_in(State.SIGNING, offices)
    assert texts(case)[-1].replace("\u00a0", " ") == (
        f"批了 5 万元！带身份证到农信签字，10 月 12 日前去都行。编号 {case.number}。"
    )


def test_a_move_told_twice_is_one_message(offices, programme):
    case = cases.a_submitted_case(offices)
    tell_her(case, move="submit", at=MONDAY)
    assert len(texts(case)) == 1


def test_her_messages_are_chinese_whatever_the_officer_reads(offices, programme):
    with override("en"):
        case = cases.a_submitted_case(offices)
    assert texts(case)[0].startswith("收到了。")


def test_without_a_number_of_her_own_the_phone_that_she_signs_in_with_is_told(offices, programme):
    case = cases.a_draft(offices)
    type(case.applicant).objects.filter(pk=case.applicant.pk).update(mobile="", mobile_index="")
    Phone.objects.create(user=case.applicant.user, mobile="13800000077", mobile_index="77")
    Application.objects.filter(pk=case.pk).update(source="helper", came_by="helper")
    cases.submit(case)
    assert Notice.objects.get(about=case.number).mobile == "13800000077"


def test_without_any_number_nothing_is_owed(offices, programme):
    case = cases.a_draft(offices)
    type(case.applicant).objects.filter(pk=case.applicant.pk).update(mobile="", mobile_index="")
    Application.objects.filter(pk=case.pk).update(source="helper", came_by="helper")
    cases.submit(case)
    assert texts(case) == []


def test_her_helper_hears_of_what_she_has_to_help_with(offices, programme):
    asked = intake.request_consent(cases.a_helped_draft(offices), by=offices.helper, at=MONDAY, version=None)
    case = cases.accept(cases.confirm(asked), offices)
    cases.ask_for_papers(case, offices)
    told = Notice.objects.get(to_user=offices.helper)
    assert (told.kind, told.channel) == ("request_supplement", "inbox")
    assert told.text.startswith("还差 1 样材料：户口本本人页。")


def test_a_refused_move_owes_nothing(offices, programme):
    case = cases.a_submitted_case(offices)
    before = len(texts(case))
    with pytest.raises(NotPermitted):
        intake.accept(case, by=offices.bank_officer, at=MONDAY, version=None)
    assert len(texts(case)) == before


def test_every_told_move_is_a_move():
    assert all(hasattr(Application, move) for move in TOLD_AFTER)
