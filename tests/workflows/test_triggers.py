"""The process and its money, past the engine: the database itself refuses what must not be."""

import pytest

from applicants import consents
from applicants.models import Disclosure
from applicants.models.consent import Recipient
from loans import guarantees
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.women import a_woman
from tests.workflows.past_the_engine import insert_move, refused, run
from workflows.models import Application
from workflows.stages import guarantee
from workflows.states import State


def test_a_state_is_not_written_by_hand(offices, programme):
    case = cases.a_submitted_case(offices)
    with refused("move_not_logged"):
        run("UPDATE workflows_application SET state = 'SURVEY', version = version + 1 WHERE id = %s", case.pk)
    with refused("move_not_logged"):
        run("UPDATE workflows_application SET state = 'DISBURSED' WHERE id = %s", case.pk)


def test_a_case_begins_as_a_draft_and_is_never_deleted(offices, programme):
    draft = cases.a_draft(offices)
    with refused("not_in_first_state"):
        Application.objects.create(
            number="W2026-9999",
            state=State.SURVEY,
            programme=draft.programme,
            policy=draft.policy,
            applicant=draft.applicant,
            guarantor=draft.guarantor,
            bank=draft.bank,
            filled_by=draft.filled_by,
            created_at=MONDAY,
        )
    with refused("subject_is_never_deleted"):
        run("DELETE FROM workflows_application WHERE id = %s", draft.pk)


def test_a_move_that_is_not_documented_is_not_logged(offices, programme):
    case = cases.a_submitted_case(offices)
    with refused("move_not_documented"):
        insert_move(case, "accept", "ELIGIBILITY", by=offices.town_reviewer)
    with refused("move_not_documented"):
        insert_move(case, "accept", "SURVEY", by=offices.town_reviewer, version=case.version + 2)
    with refused("move_not_documented"):
        insert_move(case, "record_survey", "ELIGIBILITY", source="SURVEY", by=offices.town_reviewer)


def test_the_log_is_neither_changed_nor_deleted(offices, programme):
    case = cases.a_submitted_case(offices)
    with refused("row_is_permanent"):
        run("UPDATE workflows_applicationtransition SET reason = '改过' WHERE subject_id = %s", case.pk)
    with refused("row_is_permanent"):
        run("DELETE FROM workflows_applicationtransition WHERE subject_id = %s", case.pk)


def test_a_partners_refusal_stands(offices, programme):
    case = cases.a_case_in(State.GUARANTEE, offices)
    refusal = guarantee.refuse_guarantee(
        case, reasons=cases.REASONS, by=offices.guarantor_officer, at=MONDAY, version=None
    )
    # Two guards stand in this way; which one speaks first is the database's affair.
    with refused("partners_refusal_stands|nobody_appealed"):
        insert_move(refusal, "overturn", "ELIGIBILITY", by=offices.leader)


def test_a_case_comes_back_to_where_it_was(offices, programme):
    asked = cases.a_case_in(State.SUPPLEMENT, offices)
    with refused("not_the_way_back"):
        insert_move(asked, "supply", "SURVEY", by=asked.applicant.user)
    frozen = cases.a_case_in(State.FROZEN, offices)
    with refused("not_the_way_back"):
        insert_move(frozen, "unfreeze", "PAYOUT", by=offices.leader)
    # Two guards stand in this way; which one speaks first is the database's affair.
    with refused("not_the_way_back|loan_is_not_paid_out"):
        insert_move(frozen, "disburse", "DISBURSED", by=offices.bank_officer)


def test_nobody_judges_what_was_not_disclosed_to_them(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    with refused("not_disclosed"):
        insert_move(case, "recommend", "GUARANTEE", by=offices.leader)
    with refused("not_disclosed"):
        insert_move(case, "recommend", "DISBURSEMENT", by=offices.leader)


def test_nothing_is_disclosed_without_her_live_consent(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    consent = case.applicant.consents.get(recipient="guarantor")
    consents.take_back(case.applicant, recipient=Recipient.GUARANTOR, at=MONDAY)
    with refused("no_live_consent"):
        Disclosure.objects.create(
            applicant=case.applicant,
            case_number=case.number,
            organisation=offices.guarantor,
            consent=consent,
            disclosed_at=MONDAY,
            disclosed_by=offices.leader,
        )


def test_without_her_consent_to_the_federation_nothing_is_handed_in(offices, programme):
    draft = cases.a_draft(offices)
    consents.take_back(draft.applicant, recipient=Recipient.FEDERATION, at=MONDAY)
    with refused("no_live_consent"):
        insert_move(draft, "submit", "SUBMITTED", by=draft.applicant.user)


@pytest.mark.parametrize("amount_fen", [None, 900_000, 10_100_000, 5_050_000])
def test_an_amount_outside_the_policy_is_not_handed_in(offices, programme, amount_fen):
    draft = cases.a_draft(offices)
    Application.objects.filter(pk=draft.pk).update(amount_fen=amount_fen)
    with refused("amount_outside_policy"):
        insert_move(draft, "submit", "SUBMITTED", by=draft.applicant.user)


def test_a_person_has_one_live_application(offices, programme):
    first, second = cases.a_submitted_case(offices), cases.a_submitted_case(offices)
    with refused("one_live_application|UNIQUE constraint failed.*person_index"):
        Application.objects.filter(pk=second.pk).update(person_index=first.person_index)


def test_a_large_guarantee_is_taken_on_only_with_two_people_behind_it(offices, programme):
    case = cases.a_case_in(State.GUARANTEE, offices, amount_fen=8_000_000)
    single = guarantees.reserve(
        programme.pool,
        applicant=case.applicant,
        case_number=case.number,
        amount_fen=8_000_000,
        letter_no="石担函 1",
        counter_guarantees=(),
        by=offices.guarantor_officer,
        at=MONDAY,
    )
    with refused("guarantee_takes_two_people"):
        Application.objects.filter(pk=case.pk).update(guarantee_given=single)


def test_a_case_takes_on_no_guarantee_of_another(offices, programme):
    case = cases.a_case_in(State.GUARANTEE, offices)
    others = guarantees.reserve(
        programme.pool,
        applicant=a_woman(offices),
        case_number="W2026-0099",
        amount_fen=1_000_000,
        letter_no="石担函 2",
        counter_guarantees=(),
        by=offices.guarantor_officer,
        at=MONDAY,
    )
    with refused("guarantee_of_another_case"):
        Application.objects.filter(pk=case.pk).update(guarantee_given=others)


def test_nobody_withdraws_while_the_money_is_on_its_way(offices, programme):
    case = cases.a_case_in(State.PAYOUT, offices)
    cases.release_payout(case, offices)
    with refused("payout_instruction_out"):
        insert_move(case, "withdraw", "WITHDRAWN", by=case.applicant.user)


def test_a_case_is_not_paid_while_its_loan_is_not(offices, programme):
    case = cases.a_case_in(State.PAYOUT, offices)
    with refused("loan_is_not_paid_out"):
        insert_move(case, "disburse", "DISBURSED", by=offices.bank_officer)


def test_a_loan_is_there_before_anything_is_signed(offices, programme):
    case = cases.a_case_in(State.DISBURSEMENT, offices)
    with refused("a_paid_application_has_its_loan"):
        insert_move(case, "approve_loan", "SIGNING", by=offices.bank_officer)
