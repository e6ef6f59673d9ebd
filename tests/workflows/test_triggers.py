"""Everything here goes past the engine, straight into the tables: the database itself refuses it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from applicants import consents
from applicants.models import Disclosure
from applicants.models.consent import Recipient
from loans import guarantees
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.women import a_woman
from workflows.models import Application, AssessedFinding, SurveyVisitor
from workflows.models.application import ApplicationTransition
from workflows.stages import guarantee, intake
from workflows.states import State


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(IntegrityError, match=code), transaction.atomic():
        yield


def insert_move(case, move, target, *, by, source=None, version=None):
    return ApplicationTransition.objects.create(
        subject=case,
        version=version or case.version + 1,
        move=move,
        source=source or case.state,
        target=target,
        by=by,
        at=MONDAY,
        before_sha256="0" * 64,
    )


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


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


def test_the_helper_never_handles_the_case(offices, programme):
    asked = intake.request_consent(cases.a_helped_draft(offices), by=offices.helper, at=MONDAY, version=None)
    case = cases.confirm(asked)
    with refused("helper_conflict"):
        insert_move(case, "accept", "SURVEY", by=offices.helper)


def test_neither_does_whoever_holds_a_mandate_of_hers(offices, programme):
    case = cases.a_submitted_case(offices)
    case.applicant.mandates.create(
        helper=offices.town_reviewer, route="in_person", valid_until_on=MONDAY.date(), created_at=MONDAY
    )
    with refused("helper_conflict"):
        insert_move(case, "accept", "SURVEY", by=offices.town_reviewer)


@pytest.mark.parametrize("whose", ["her own", "her spouse's", "her phone"])
def test_a_relative_never_handles_the_case(offices, programme, whose):
    case = cases.a_submitted_case(offices)
    index = {
        "her own": {"id_index": case.applicant.id_index},
        "her spouse's": {"id_index": case.applicant.household.get().id_index},
        "her phone": {"mobile_index": case.applicant.mobile_index},
    }[whose]
    type(offices.town_reviewer).objects.filter(pk=offices.town_reviewer.pk).update(**index)
    with refused("kinship"):
        insert_move(case, "accept", "SURVEY", by=offices.town_reviewer)
    insert_move(case, "accept", "SURVEY", by=offices.town_reviewer2)


def test_who_visited_or_wrote_it_down_does_not_recommend(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    consents.disclose(
        case.applicant, case_number=case.number, organisation=offices.guarantor, by=offices.leader, at=MONDAY
    )
    for surveyor in (offices.town_reviewer, offices.town_reviewer2):
        with refused("surveyed_it_yourself"):
            insert_move(case, "recommend", "GUARANTEE", by=surveyor)
    SurveyVisitor.objects.create(report=case.survey_reports.get(), user=offices.city_reviewer)
    with refused("surveyed_it_yourself"):
        insert_move(case, "recommend", "GUARANTEE", by=offices.city_reviewer)
    insert_move(case, "recommend", "GUARANTEE", by=offices.leader)


def test_while_findings_are_open_nobody_recommends(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    consents.disclose(
        case.applicant, case_number=case.number, organisation=offices.guarantor, by=offices.leader, at=MONDAY
    )
    AssessedFinding.objects.create(
        application=case,
        round=2,
        position=1,
        rule="woman",
        outcome="ask",
        found={},
        required={},
        clause="",
        policy_version="",
        assessed_at=MONDAY,
    )
    with refused("findings_open"):
        insert_move(case, "recommend", "GUARANTEE", by=offices.leader)


def test_findings_stay_as_they_were_on_the_day(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    with refused("finding_stays_as_it_was"):
        case.findings.filter(rule="woman").update(outcome="not_met")
    with refused("finding_stays_as_it_was"):
        run("DELETE FROM workflows_assessedfinding WHERE application_id = %s", case.pk)


def test_nobody_overturns_what_she_had_a_part_in(offices, programme):
    case = cases.a_case_in(State.DECLINED, offices)
    with refused("was_involved"):
        insert_move(case, "overturn", "ELIGIBILITY", by=offices.city_reviewer)
    insert_move(case, "overturn", "ELIGIBILITY", by=offices.leader)


def test_a_partners_refusal_stands(offices, programme):
    case = cases.a_case_in(State.GUARANTEE, offices)
    refusal = guarantee.refuse_guarantee(
        case, reasons=cases.REASONS, by=offices.guarantor_officer, at=MONDAY, version=None
    )
    with refused("partners_refusal_stands"):
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
