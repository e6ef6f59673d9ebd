from datetime import timedelta

from accounts.models.organisation import OrganisationKind
from applicants import profiles
from records.models import AuditEntry
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.people import OPENED_AT, machine, organisation, phone_user, region
from tests.makers.programme import a_programme
from workflows import expiry, passing_time, tasks
from workflows.models import Application
from workflows.stages import intake
from workflows.states import State


def test_what_nobody_came_for_lapses_by_itself(offices, programme):
    lapsing = [cases.a_case_in(state, offices) for state in (State.DRAFT, State.SUPPLEMENT, State.SIGNING)]
    kept = cases.a_case_in(State.GUARANTEE, offices)
    assert list(expiry.due_to_expire(at=MONDAY + timedelta(days=21))) == []
    assert passing_time.let_time_pass(by=offices.clock, at=MONDAY + timedelta(days=70)) == 3
    assert {Application.objects.get(pk=case.pk).state for case in lapsing} == {State.EXPIRED}
    assert Application.objects.get(pk=kept.pk).state == State.GUARANTEE
    assert passing_time.let_time_pass(by=offices.clock, at=MONDAY + timedelta(days=70)) == 0


def test_a_draft_in_which_nobody_wrote_anything_lapses_like_any_other(offices, programme):
    user = phone_user("nobody")
    draft = intake.start(profiles.start_applicant(user, at=MONDAY), by=user, at=MONDAY)
    assert passing_time.let_time_pass(by=offices.clock, at=MONDAY + timedelta(days=70)) == 1
    assert Application.objects.get(pk=draft.pk).state == State.EXPIRED


def test_a_notice_ends_by_itself(offices):
    a_programme(offices, changes={"publicity_days": 3})
    case = cases.a_case_in(State.PUBLICITY, offices)
    passing_time.let_time_pass(by=offices.clock, at=MONDAY + timedelta(days=3))
    assert Application.objects.get(pk=case.pk).state == State.PUBLICITY
    passing_time.let_time_pass(by=offices.clock, at=MONDAY + timedelta(days=4))
    assert Application.objects.get(pk=case.pk).state == State.GUARANTEE


def test_a_case_in_trouble_holds_up_no_other(offices):
    a_programme(offices, changes={"publicity_days": 3})
    stuck, fine = cases.a_case_in(State.PUBLICITY, offices), cases.a_case_in(State.PUBLICITY, offices)
    stuck.applicant.consents.filter(recipient="guarantor").update(withdrawn_at=MONDAY)
    assert passing_time.let_time_pass(by=offices.clock, at=MONDAY + timedelta(days=4)) == 1
    assert Application.objects.get(pk=fine.pk).state == State.GUARANTEE
    assert AuditEntry.objects.get(about=stuck.number).outcome == "no_live_consent"


def test_the_clock_of_another_city_leaves_the_case_alone(offices, programme):
    case = cases.a_draft(offices)
    elsewhere = region("990001000000", "枇杷市")
    federation = organisation("枇杷市妇女联合会", "枇杷市妇联", kind=OrganisationKind.FEDERATION, region=elsewhere)
    foreign = machine("clock-2", acts_for=federation)
    assert passing_time.let_time_pass(by=foreign, at=MONDAY + timedelta(days=90)) == 0
    assert Application.objects.get(pk=case.pk).state == State.DRAFT
    assert passing_time.office_clocks() == [offices.clock, foreign]


def test_the_worker_reads_the_clock_and_lets_it_pass(offices, programme):
    case = cases.a_draft(offices, at=OPENED_AT)  # long before whatever today is
    assert tasks.pass_time() == 1
    assert Application.objects.get(pk=case.pk).state == State.EXPIRED
