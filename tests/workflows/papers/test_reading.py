import pytest

from accounts.models import User
from applicants.models import ApplicantAccess
from loans.models import Programme
from tests.makers import cases
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.people import Offices
from tests.workflows.papers.words import paper_of
from workflows.models import Application
from workflows.papers import reading
from workflows.stages import interruptions
from workflows.states import State

EVERYTHING = {"acceptance", "recommendation", "guarantee", "approval", "disbursement"}


def readable(case: Application, reader: User) -> set[str]:
    return set(reading.papers_of(case, reader=reader).values_list("paper__kind", flat=True))


def test_everybody_reads_what_is_theirs(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.DISBURSED, offices)
    assert readable(case, case.applicant.user) == EVERYTHING
    assert readable(case, offices.town_reviewer) == EVERYTHING
    assert readable(case, offices.leader) == EVERYTHING
    assert readable(case, offices.guarantor_officer) == {"recommendation", "guarantee"}
    assert readable(case, offices.bank_officer) == {"recommendation", "guarantee", "approval", "disbursement"}
    assert readable(case, offices.bank_system) == {"recommendation", "guarantee", "approval", "disbursement"}


@pytest.mark.parametrize("stranger", ["other_town_reviewer", "finance_officer", "auditor", "sysadmin"])
def test_strangers_read_nothing(stranger: str, offices: Offices, programme: Programme) -> None:
    assert readable(a_case_in(State.DISBURSED, offices), getattr(offices, stranger)) == set()


def test_another_woman_reads_nothing(offices: Offices, programme: Programme) -> None:
    case, other = a_case_in(State.SURVEY, offices), a_case_in(State.SURVEY, offices)
    assert readable(case, other.applicant.user) == set()


def test_a_helper_reads_the_letters_that_she_brings(offices: Offices, programme: Programme) -> None:
    case = cases.confirm(a_case_in(State.AWAITING_CONSENT, offices))
    for step in (cases.accept, cases.record_survey, cases.recommend):
        case = step(case, offices)
    assert readable(case, offices.helper) == {"acceptance"}


def test_a_partner_reads_what_it_asked_for_itself_and_not_what_others_did(
    offices: Offices, programme: Programme
) -> None:
    case = cases.ask_for_papers(a_case_in(State.DISBURSEMENT, offices), offices)
    assert "supplement" in readable(case, offices.bank_officer)
    assert "supplement" not in readable(case, offices.guarantor_officer)


def test_a_look_of_the_office_is_written_down_and_her_own_is_not(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.SURVEY, offices)
    paper = paper_of(case, "acceptance")
    before = ApplicantAccess.objects.count()
    reading.sheet(paper, about=case, reader=case.applicant.user, at=MONDAY)
    assert ApplicantAccess.objects.count() == before
    reading.sheet(paper, about=case, reader=offices.leader, at=MONDAY)
    reading.pdf(paper, about=case, reader=offices.town_reviewer, at=MONDAY)
    looks = list(ApplicantAccess.objects.order_by("pk").values_list("by__username", "what", "acting_for"))[before:]
    assert looks == [
        ("leader", "paper:acceptance", "石榴市妇女联合会"),
        ("town", "paper:acceptance", "石榴镇妇女联合会"),
    ]


def test_the_newest_stands_first(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.DISBURSEMENT, offices)
    case = interruptions.return_for_rework(
        case, reason="担保金额要改", by=offices.bank_officer, at=MONDAY, version=case.version
    )
    case = cases.give_guarantee(case, offices)
    letters = reading.papers_of(case, reader=offices.bank_officer).filter(paper__kind="guarantee")
    assert [hasattr(one.paper, "voided") for one in letters] == [False, True]
