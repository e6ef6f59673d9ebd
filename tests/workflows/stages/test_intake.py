from datetime import timedelta

import pytest

from accounts.appointments import appoint
from accounts.roles import Role
from applicants import consents
from applicants.models.consent import Recipient
from loans.refusals import NoPolicyInForce
from records.models import Notice
from records.refusals import Invalid, NotPermitted
from tests.makers import cases
from tests.makers.cases import MISSING, MONDAY
from tests.makers.programme import a_programme, deposit
from tests.makers.women import a_woman, an_id_no, fill_in
from workflows import waiting_line
from workflows.models import Application
from workflows.models.application import Source
from workflows.refusals import (
    AlreadyApplying,
    AskedTwice,
    HeadNeeded,
    NoHeadroom,
    NotAWoman,
    NotHerTurn,
    ThereIsRoom,
)
from workflows.separation import HelperConflict
from workflows.stages import intake
from workflows.states import State


def test_a_draft_is_numbered_within_the_year_and_takes_its_partners_from_the_pool(offices, programme):
    first, second = cases.a_draft(offices), cases.a_draft(offices)
    assert (first.number, second.number) == ("W2026-0001", "W2026-0002")
    assert (first.guarantor, first.bank) == (offices.guarantor, offices.bank)
    assert first.policy.version == "石榴市 2026-1"


def test_beginning_again_goes_on_with_the_same_draft(offices, programme):
    draft = cases.a_draft(offices)
    again = intake.start(draft.applicant, by=draft.applicant.user, at=MONDAY + timedelta(days=3))
    assert again.pk == draft.pk


def test_nobody_begins_for_a_woman_who_has_not_asked_her_to(offices, programme):
    woman = a_woman(offices)
    with pytest.raises(NotPermitted):
        intake.start(woman, by=offices.other_town_reviewer, at=MONDAY, source=Source.HELPER)
    with pytest.raises(NotPermitted):
        intake.start(woman, by=offices.helper, at=MONDAY)


def test_without_a_policy_in_force_there_is_nothing_to_apply_for(offices):
    woman = a_woman(offices)
    with pytest.raises(NoPolicyInForce):
        intake.start(woman, by=woman.user, at=MONDAY)


def test_handing_in_binds_the_person_and_tells_her_once(offices, programme):
    case = cases.a_submitted_case(offices)
    assert case.state == State.SUBMITTED
    assert case.person_index == case.applicant.id_index
    text = Notice.objects.get(about=case.number).text
    assert text == f"收到了。石榴镇妇联 9 月 23 日前看材料，您不用做什么。编号 {case.number}。"


def test_an_incomplete_form_says_everything_that_is_missing(offices, programme):
    draft = cases.a_draft(offices)
    draft.applicant.documents.filter(kind="id_front").delete()
    type(draft).objects.filter(pk=draft.pk).update(method="", use_rows=[{"use": "进货", "amount_fen": 4_000_000}])
    with pytest.raises(Invalid) as refused:
        cases.submit(draft)
    told = {error.field: str(error.message) for error in refused.value.errors}
    assert set(told) == {"business.use_rows_differ_from_amount", "amount.method", "documents.id_front"}
    assert "用途加起来是 4\u00a0万元，和要贷的 5\u00a0万元不一样" in told["business.use_rows_differ_from_amount"]


@pytest.mark.parametrize("recipient", Recipient)
def test_without_one_of_her_consents_nothing_is_handed_in(offices, programme, recipient):
    draft = cases.a_draft(offices)
    consents.take_back(draft.applicant, recipient=recipient, at=MONDAY)
    with pytest.raises(Invalid) as refused:
        cases.submit(draft)
    assert [error.field for error in refused.value.errors] == [f"consents.{recipient}"]


def test_a_policy_without_a_guarantor_asks_no_consent_for_one(offices):
    a_programme(offices, changes={"has_guarantor_stage": False})
    draft = cases.a_draft(offices)
    consents.take_back(draft.applicant, recipient=Recipient.GUARANTOR, at=MONDAY)
    assert cases.submit(draft).state == State.SUBMITTED


def test_a_man_is_told_that_the_loan_is_for_women(offices, programme):
    woman = a_woman(offices)
    fill_in(woman, offices, number=900, id_no=an_id_no(900, is_female=False))
    with pytest.raises(NotAWoman):
        cases.submit(cases.a_draft(offices, applicant=woman))


def test_a_person_has_one_live_application_whatever_phone_she_uses(offices, programme):
    first = cases.a_submitted_case(offices)
    twin = a_woman(offices, id_no=first.applicant.id_no, village=2)
    second = cases.a_draft(offices, applicant=twin)
    with pytest.raises(AlreadyApplying) as refused:
        cases.submit(second)
    # Whoever typed another woman's number learns neither that she applied, nor where.
    assert first.number not in str(refused.value)
    assert "申请过" not in str(refused.value)
    cases.withdraw(first, offices)
    assert cases.submit(second).state == State.SUBMITTED


def test_a_draft_that_was_sent_back_binds_nobody(offices, programme):
    first = cases.a_submitted_case(offices)
    back = intake.send_back(first, items=MISSING, by=offices.town_reviewer, at=MONDAY, version=None)
    twin = a_woman(offices, id_no=back.applicant.id_no)
    assert cases.a_submitted_case(offices, applicant=twin).state == State.SUBMITTED
    with pytest.raises(AlreadyApplying):
        cases.submit(Application.objects.get(pk=back.pk))
    # 「不是我办的」 of the bound draft doesn't collide with the live one.
    assert cases.freeze(Application.objects.get(pk=back.pk), offices).state == State.FROZEN


def test_the_helper_fills_in_and_she_confirms(offices, programme):
    draft = cases.a_helped_draft(offices)
    asked = intake.request_consent(draft, by=offices.helper, at=MONDAY, version=draft.version)
    assert asked.state == State.AWAITING_CONSENT
    confirmed = cases.confirm(asked)
    assert confirmed.state == State.SUBMITTED
    assert Notice.objects.filter(about=confirmed.number, channel="sms").count() == 1


def test_she_may_still_change_what_the_helper_filled_in(offices, programme):
    case = cases.a_case_in(State.AWAITING_CONSENT, offices)
    back = intake.send_back(case, items=(), by=case.applicant.user, at=MONDAY, version=case.version)
    assert back.state == State.DRAFT
    assert not back.supplements.exists()
    assert not Notice.objects.filter(about=case.number).exists()


def test_a_helper_who_also_sits_in_the_town_never_handles_that_case(offices, programme):
    draft = cases.a_helped_draft(offices)
    confirmed = cases.confirm(intake.request_consent(draft, by=offices.helper, at=MONDAY, version=None))
    appoint(offices.helper, organisation=offices.town_federations[0], role=Role.TOWN_REVIEWER, at=MONDAY, is_head=True)
    helper = type(offices.helper).objects.get(pk=offices.helper.pk)
    with pytest.raises(HelperConflict) as refused:
        intake.accept(confirmed, by=helper, at=MONDAY, version=None)
    assert str(refused.value) == "这件是您代办的，要由别人审核。"


def test_all_that_is_missing_is_said_once_and_once_more_with_the_head(offices, programme):
    case = cases.a_submitted_case(offices)
    for _again in range(2):
        allowed_by = offices.leader if case.supplements.exists() else None
        back = intake.send_back(
            case, items=MISSING, by=offices.town_reviewer, at=MONDAY, version=None, allowed_by=allowed_by
        )
        case = cases.submit(back)
    assert list(case.supplements.values_list("stage", "sequence", "allowed_by")) == [
        ("intake", 1, None),
        ("intake", 2, offices.leader.pk),
    ]
    assert not case.supplements.filter(supplied_at__isnull=True).exists()
    with pytest.raises(AskedTwice):
        intake.send_back(
            case, items=MISSING, by=offices.town_reviewer, at=MONDAY, version=None, allowed_by=offices.leader
        )


def test_sending_back_again_takes_a_head(offices, programme):
    case = cases.a_submitted_case(offices)
    case = cases.submit(intake.send_back(case, items=MISSING, by=offices.town_reviewer, at=MONDAY, version=None))
    for allowed_by in (None, offices.town_reviewer2, offices.city_reviewer):
        with pytest.raises(HeadNeeded):
            intake.send_back(
                case, items=MISSING, by=offices.town_reviewer, at=MONDAY, version=None, allowed_by=allowed_by
            )


def test_sending_back_says_what_is_missing(offices, programme):
    case = cases.a_submitted_case(offices)
    with pytest.raises(Invalid):
        intake.send_back(case, items=(), by=offices.town_reviewer, at=MONDAY, version=None)


def test_without_headroom_she_waits_and_keeps_her_place(offices):
    programme = a_programme(offices, deposit_fen=1_000_000)  # room for one loan of 50,000 yuan
    cases.a_case_in(State.SURVEY, offices)
    first, second = cases.a_submitted_case(offices), cases.a_submitted_case(offices)
    with pytest.raises(NoHeadroom):
        cases.accept(first, offices)
    first, second = cases.waitlist(first, offices), cases.waitlist(second, offices)
    assert (waiting_line.place_of(first), waiting_line.place_of(second)) == (1, 2)

    deposit(programme.pool, offices, amount_fen=1_000_000, voucher_no="存 2026-2")
    with pytest.raises(NotHerTurn):
        intake.call_up(second, by=offices.town_reviewer, at=MONDAY, version=None)
    called = intake.call_up(first, by=offices.town_reviewer, at=MONDAY, version=None)
    # The room is hers: neither the next in line nor somebody new takes it before she is accepted.
    with pytest.raises(NotHerTurn):
        intake.call_up(second, by=offices.town_reviewer, at=MONDAY, version=None)
    with pytest.raises(NoHeadroom):
        cases.accept(cases.a_submitted_case(offices), offices)
    assert waiting_line.place_of(second) == 1
    assert cases.accept(called, offices).state == State.SURVEY


def test_nobody_is_put_in_line_while_there_is_room(offices, programme):
    case = cases.a_submitted_case(offices)
    with pytest.raises(ThereIsRoom):
        cases.waitlist(case, offices)


def test_without_a_guarantor_no_pool_is_asked(offices):
    a_programme(offices, deposit_fen=0, changes={"has_guarantor_stage": False})
    assert cases.a_case_in(State.SURVEY, offices).state == State.SURVEY
