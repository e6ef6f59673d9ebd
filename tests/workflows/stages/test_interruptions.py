from datetime import date, datetime, timedelta

import pytest

from applicants import profiles
from applicants.models.document import DocumentKind
from loans.models import GuaranteePool
from loans.models.loan import LoanState
from records.models import Notice
from records.models.decision import Outcome
from records.refusals import Invalid, MoveNotOpen, NotPermitted
from tests.makers import cases
from tests.makers.cases import MISSING, MONDAY, guarantee_of, loan_of
from tests.makers.people import SHANGHAI, phone_user
from tests.makers.women import hand_in
from workflows.models import Application
from workflows.refusals import AskedTwice, HeadNeeded, NotYetDue, PayoutInstructionOut, StillMissing
from workflows.stages import disbursement, intake, interruptions
from workflows.stages.intake import MissingItem
from workflows.states import State


def ask(case, offices, *, by, allowed_by=None, items=MISSING, at=MONDAY):
    return interruptions.request_supplement(case, items=items, by=by, at=at, version=None, allowed_by=allowed_by)


def test_a_supplement_says_until_when_and_stops_the_clock(offices, programme):
    case = cases.a_case_in(State.SUPPLEMENT, offices)
    request = case.supplements.get()
    assert (request.stage, request.sequence) == ("eligibility", 1)
    assert request.due_on == date(2026, 10, 12)  # ten working days after Monday 21 September, over two festivals
    assert (case.resume_state, case.due_on) == (State.ELIGIBILITY, None)


def test_what_was_asked_for_has_to_be_there(offices, programme):
    case = cases.a_case_in(State.SUPPLEMENT, offices)
    with pytest.raises(StillMissing) as refused:
        interruptions.supply(case, by=case.applicant.user, at=MONDAY, version=None)
    assert refused.value.kinds == (DocumentKind.HOUSEHOLD_SELF,)
    supplied = cases.supply(case, at=MONDAY + timedelta(days=1))
    assert supplied.state == State.ELIGIBILITY
    assert supplied.supplements.get().supplied_at == MONDAY + timedelta(days=1)


def test_what_comes_back_is_assessed_again(offices, programme):
    supplied = cases.supply(cases.a_case_in(State.SUPPLEMENT, offices), at=MONDAY)
    assert set(supplied.findings.values_list("round", flat=True)) == {1, 2}


def test_her_helper_hands_in_for_her(offices, programme):
    draft = cases.a_helped_draft(offices)
    confirmed = cases.confirm(intake.request_consent(draft, by=offices.helper, at=MONDAY, version=None))
    asked = ask(cases.accept(confirmed, offices), offices, by=offices.town_reviewer)
    hand_in(asked.applicant, DocumentKind.HOUSEHOLD_SELF, by=offices.helper, at=MONDAY)
    assert interruptions.supply(asked, by=offices.helper, at=MONDAY, version=None).state == State.SURVEY


def test_a_helper_of_the_village_hands_in_for_nobody_else(offices, programme):
    case = cases.a_case_in(State.SUPPLEMENT, offices)
    with pytest.raises(NotPermitted):
        interruptions.supply(case, by=offices.helper, at=MONDAY, version=None)


def test_a_stage_asks_once_and_once_more_with_its_head(offices, programme):
    case = cases.supply(cases.a_case_in(State.SUPPLEMENT, offices), at=MONDAY)
    for allowed_by in (None, offices.city_reviewer2, offices.guarantor_officer):
        with pytest.raises(HeadNeeded):
            ask(case, offices, by=offices.city_reviewer, allowed_by=allowed_by)
    again = cases.supply(ask(case, offices, by=offices.city_reviewer, allowed_by=offices.leader), at=MONDAY)
    with pytest.raises(AskedTwice):
        ask(again, offices, by=offices.leader, allowed_by=offices.leader)


def test_another_stage_may_ask_for_itself(offices, programme):
    case = cases.supply(cases.a_case_in(State.SUPPLEMENT, offices), at=MONDAY)
    recommended = cases.recommend(case, offices)
    assert ask(recommended, offices, by=offices.guarantor_officer).resume_state == State.GUARANTEE


@pytest.mark.parametrize("items", [(), (MissingItem("id_front", " "),), (MissingItem("letter", "要一封信。"),)])
def test_a_request_names_what_is_missing_and_why(offices, programme, items):
    case = cases.a_case_in(State.SURVEY, offices)
    with pytest.raises(Invalid):
        ask(case, offices, by=offices.town_reviewer, items=items)


def test_the_promise_of_j3_moves_with_the_pause(offices, programme):
    """Accepted on Monday 28 September 2026; papers asked for on Friday 9 October, complete on Monday 12."""

    def moment(month, day, hour):
        return datetime(2026, month, day, hour, tzinfo=SHANGHAI)

    submitted = cases.a_submitted_case(offices, at=moment(9, 28, 8))
    accepted = cases.accept(submitted, offices, moment(9, 28, 9))
    assert accepted.due_on == date(2026, 10, 13)
    visited = cases.record_survey(accepted, offices, moment(9, 29, 15))
    guaranteed = cases.give_guarantee(cases.recommend(visited, offices, moment(9, 30, 9)), offices, moment(10, 8, 9))
    paused = ask(guaranteed, offices, by=offices.bank_officer, at=moment(10, 9, 11))
    assert (paused.due_on, paused.pauses.get().reason) == (None, "papers")
    resumed = cases.supply(paused, at=moment(10, 12, 9))
    assert (resumed.state, resumed.due_on) == (State.DISBURSEMENT, date(2026, 10, 16))


def test_rework_goes_back_one_office_and_says_why(offices, programme):
    case = cases.a_case_in(State.GUARANTEE, offices)
    with pytest.raises(Invalid):
        interruptions.return_for_rework(case, reason=" ", by=offices.guarantor_officer, at=MONDAY, version=None)
    back = interruptions.return_for_rework(
        case, reason="走访没写收入。", by=offices.guarantor_officer, at=MONDAY, version=None
    )
    assert (back.state, back.due_on) == (State.ELIGIBILITY, case.due_on)
    assert set(back.findings.values_list("round", flat=True)) == {1, 2}
    further = interruptions.return_for_rework(
        back, reason="再走访一次。", by=offices.city_reviewer, at=MONDAY, version=None
    )
    assert further.state == State.SURVEY
    assert cases.record_survey(further, offices).survey_reports.count() == 2


def test_the_bank_gives_the_guarantee_back_for_rework(offices, programme):
    case = cases.a_case_in(State.DISBURSEMENT, offices)
    letter = guarantee_of(case)
    back = interruptions.return_for_rework(
        case, reason="担保函金额写错了。", by=offices.bank_officer, at=MONDAY, version=None
    )
    assert (back.state, back.guarantee_given) == (State.GUARANTEE, None)
    assert GuaranteePool.objects.get().reserved_fen == 0
    assert letter.moves.filter(kind="void").exists()
    assert cases.give_guarantee(back, offices).guarantee_given != letter


@pytest.mark.parametrize(
    "state", [State.SUBMITTED, State.SURVEY, State.GUARANTEE, State.DISBURSEMENT, State.TERMS_OFFERED, State.SIGNING]
)
def test_she_withdraws_at_any_time_and_everything_is_given_back(offices, programme, state):
    case = cases.a_case_in(state, offices)
    withdrawn = cases.withdraw(case, offices)
    assert (withdrawn.state, withdrawn.ended_on) == (State.WITHDRAWN, MONDAY.date())
    assert GuaranteePool.objects.get().reserved_fen == 0
    assert withdrawn.loan is None or withdrawn.loan.state == LoanState.CANCELLED
    assert not withdrawn.assignments.filter(ended_at__isnull=True).exists()


def test_an_instruction_that_nobody_has_released_falls_with_the_loan(offices, programme):
    case = cases.a_case_in(State.PAYOUT, offices)
    instruction = disbursement.instruct_payout(case, by=offices.bank_officer, at=MONDAY)
    cases.withdraw(case, offices)
    with pytest.raises(MoveNotOpen):
        disbursement.release_payout(instruction, outcome=Outcome.APPROVED, by=offices.bank_officer2, at=MONDAY)


def test_once_the_money_is_on_its_way_it_is_too_late(offices, programme):
    case = cases.a_case_in(State.PAYOUT, offices)
    cases.release_payout(case, offices)
    with pytest.raises(PayoutInstructionOut):
        cases.withdraw(case, offices)
    failed = disbursement.payout_failed(case, reason="账户已销户", by=offices.bank_officer, at=MONDAY, version=None)
    assert loan_of(cases.withdraw(failed, offices)).state == LoanState.CANCELLED


def test_frozen_it_stands_still_until_the_city_has_looked(offices, programme):
    frozen = cases.freeze(cases.a_case_in(State.SURVEY, offices), offices)
    assert (frozen.due_on, frozen.frozen_from) == (None, State.SURVEY)
    with pytest.raises(MoveNotOpen):
        cases.record_survey(frozen, offices)
    with pytest.raises(NotPermitted):
        interruptions.unfreeze(frozen, reason="问过了", by=offices.town_reviewer, at=MONDAY, version=None)
    lifted = interruptions.unfreeze(frozen, reason="问过了，是她。", by=offices.city_reviewer, at=MONDAY, version=None)
    assert (lifted.state, lifted.due_on) == (State.SURVEY, date(2026, 10, 8))


def test_a_draft_of_a_woman_without_a_village_is_frozen_for_the_city(offices, programme):
    user = phone_user("nobody")
    draft = intake.start(profiles.start_applicant(user, at=MONDAY), by=user, at=MONDAY)
    frozen = interruptions.freeze(draft, reason="不是我办的", by=user, at=MONDAY, version=None)
    assert frozen.assignments.get(ended_at__isnull=True).organisation == offices.city_federation
    lifted = interruptions.unfreeze(frozen, reason="打过电话", by=offices.leader, at=MONDAY, version=None)
    assert lifted.state == State.DRAFT


def test_a_freeze_is_urgent_for_the_town_and_the_heads_of_the_city(offices, programme):
    cases.freeze(cases.a_case_in(State.SURVEY, offices), offices)
    told = {notice.to_user for notice in Notice.objects.filter(kind="frozen")}
    assert told == {offices.town_reviewer, offices.town_reviewer2, offices.leader}


def test_frozen_while_it_is_paid_the_bank_is_asked_to_stop_and_a_payment_wins(offices, programme):
    case = cases.a_case_in(State.PAYOUT, offices)
    cases.release_payout(case, offices)
    frozen = cases.freeze(case, offices)
    asked = {notice.to_user for notice in Notice.objects.filter(kind="stop_payout")}
    assert asked == {offices.bank_officer, offices.bank_officer2}
    paid = cases.report_payment(frozen, offices)
    assert (paid.state, loan_of(paid).state) == (State.DISBURSED, LoanState.ACTIVE)
    assert not paid.pauses.filter(ended_on__isnull=True).exists()


def test_frozen_before_the_second_officer_released_it_nothing_is_paid(offices, programme):
    case = cases.a_case_in(State.PAYOUT, offices)
    instruction = disbursement.instruct_payout(case, by=offices.bank_officer, at=MONDAY)
    cases.freeze(case, offices)
    with pytest.raises(MoveNotOpen):
        disbursement.release_payout(instruction, outcome=Outcome.APPROVED, by=offices.bank_officer2, at=MONDAY)


def test_frozen_in_a_supplement_it_comes_back_to_its_office_and_its_days(offices, programme):
    asked = ask(cases.a_case_in(State.GUARANTEE, offices), offices, by=offices.guarantor_officer)
    frozen = cases.freeze(asked, offices)
    assert frozen.assignments.get(ended_at__isnull=True).organisation == offices.city_federation
    later = MONDAY + timedelta(days=30)
    lifted = interruptions.unfreeze(frozen, reason="是她。", by=offices.leader, at=later, version=None)
    assert lifted.assignments.get(ended_at__isnull=True).organisation == offices.guarantor
    with pytest.raises(NotYetDue):
        interruptions.expire(lifted, by=offices.clock, at=later + timedelta(days=1), version=None)
    assert cases.supply(lifted, at=later).state == State.GUARANTEE


@pytest.mark.parametrize(
    ("state", "last_moment"),
    [
        (State.DRAFT, datetime(2026, 11, 20, 23, 59, tzinfo=SHANGHAI)),
        (State.AWAITING_CONSENT, datetime(2026, 9, 24, 8, 59, tzinfo=SHANGHAI)),
        (State.SUPPLEMENT, datetime(2026, 10, 12, 23, 59, tzinfo=SHANGHAI)),
        (State.SIGNING, datetime(2026, 10, 12, 23, 59, tzinfo=SHANGHAI)),
    ],
)
def test_a_case_lapses_when_its_time_is_over_and_not_before(offices, programme, state, last_moment):
    case = cases.a_case_in(state, offices)
    with pytest.raises(NotYetDue):
        interruptions.expire(case, by=offices.clock, at=last_moment, version=None)
    lapsed = interruptions.expire(case, by=offices.clock, at=last_moment + timedelta(minutes=1), version=None)
    assert lapsed.state == State.EXPIRED
    assert GuaranteePool.objects.get().reserved_fen == 0


def test_a_guarantee_that_nobody_came_for_expires(offices, programme):
    lapsed = cases.a_case_in(State.EXPIRED, offices)
    assert guarantee_of(lapsed).moves.filter(kind="expire").exists()
    assert loan_of(lapsed).state == LoanState.CANCELLED
    assert Application.objects.get(pk=lapsed.pk).ended_on is not None
