from dataclasses import replace

import pytest

from applicants import consents
from applicants.consents import NoLiveConsent
from applicants.models import Disclosure
from applicants.models.consent import Recipient
from loans import guarantees
from loans.models import Guarantee, GuaranteePool
from loans.models.guarantee import CounterGuaranteeKind
from loans.refusals import LetterNumberUsed, PoolExhausted
from records.models.decision import Outcome
from records.refusals import Invalid, MoveNotOpen, NotPermitted, SamePerson
from tests.makers import cases
from tests.makers.cases import MONDAY, REASONS, guarantee_of
from tests.makers.programme import a_programme
from tests.makers.women import a_woman
from workflows import partners
from workflows.models import Application
from workflows.refusals import ProposalOpen, SecondPersonNeeded
from workflows.stages import guarantee
from workflows.states import State

EIGHTY_THOUSAND_FEN = 8_000_000


@pytest.fixture
def case(offices, programme):
    return cases.a_case_in(State.GUARANTEE, offices)


@pytest.fixture
def large(offices, programme):
    """So large a guarantee that two officers decide."""
    return cases.a_case_in(State.GUARANTEE, offices, amount_fen=EIGHTY_THOUSAND_FEN)


def pool():
    return GuaranteePool.objects.get()


def propose(case, offices):
    return guarantee.propose(case, terms=cases.guarantee_terms(case), by=offices.guarantor_officer, at=MONDAY)


def decide(proposal, offices, *, by, outcome=Outcome.APPROVED):
    return guarantee.decide(proposal, outcome=outcome, by=by, at=MONDAY, version=None)


def test_a_guarantee_reserves_the_pool_and_shows_the_bank_the_case(offices, case):
    moved = cases.give_guarantee(case, offices)
    assert moved.state == State.DISBURSEMENT
    assert pool().reserved_fen == moved.amount_fen == guarantee_of(moved).amount_fen
    assert Disclosure.objects.filter(organisation=offices.bank).exists()
    assert moved.log.get(move="guarantee").reason == "同意担保。"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount_fen": 0}, "cover"),
        ({"amount_fen": 5_000_001}, "cover"),
        ({"letter_no": " "}, "guarantee_no"),
        ({"opinion": "长" * 201}, "opinion"),
        ({"counter_guarantees": ()}, "counter_guarantees"),
        (
            {"counter_guarantees": (guarantee.CounterGuaranteeGiven(CounterGuaranteeKind.PERSON, " "),)},
            "counter_guarantees.0.description",
        ),
    ],
)
def test_terms_that_will_not_do_reserve_nothing(offices, case, changes, field):
    terms = replace(cases.guarantee_terms(case), **changes)
    with pytest.raises(Invalid) as refused:
        guarantee.guarantee(case, terms=terms, by=offices.guarantor_officer, at=MONDAY, version=None)
    assert [error.field for error in refused.value.errors] == [field]
    assert pool().reserved_fen == 0


def test_a_small_guarantee_needs_no_counter_guarantee(offices, programme):
    case = cases.a_case_in(State.GUARANTEE, offices, amount_fen=2_000_000)
    terms = replace(cases.guarantee_terms(case), counter_guarantees=())
    moved = guarantee.guarantee(case, terms=terms, by=offices.guarantor_officer, at=MONDAY, version=None)
    assert moved.state == State.DISBURSEMENT


def test_a_letter_has_one_number(offices, case):
    terms = cases.guarantee_terms(case)
    guarantee.guarantee(case, terms=terms, by=offices.guarantor_officer, at=MONDAY, version=None)
    other = cases.a_case_in(State.GUARANTEE, offices)
    with pytest.raises(LetterNumberUsed):
        guarantee.guarantee(other, terms=terms, by=offices.guarantor_officer, at=MONDAY, version=None)
    assert Application.objects.get(pk=other.pk).state == State.GUARANTEE


def test_the_pool_promises_no_more_than_it_has(offices):
    programme = a_programme(offices, deposit_fen=1_000_000)
    case = cases.a_case_in(State.GUARANTEE, offices)
    type(programme.pool).objects.update(leverage=5)
    guarantees.reserve(
        programme.pool,
        applicant=a_woman(offices),
        case_number="W2025-0001",
        amount_fen=1_000_000,
        letter_no="石担函 旧",
        counter_guarantees=(),
        by=offices.guarantor_officer,
        at=MONDAY,
    )
    with pytest.raises(PoolExhausted):
        cases.give_guarantee(case, offices)
    assert Application.objects.get(pk=case.pk).guarantee_given is None


def test_a_large_guarantee_takes_a_second_officer(offices, large):
    with pytest.raises(SecondPersonNeeded):
        cases.give_guarantee(large, offices)
    proposal = propose(large, offices)
    with pytest.raises(ProposalOpen):
        propose(large, offices)
    with pytest.raises(SamePerson):
        decide(proposal, offices, by=offices.guarantor_officer)
    assert pool().reserved_fen == 0
    moved = decide(proposal, offices, by=offices.guarantor_officer2)
    assert moved.state == State.DISBURSEMENT
    assert guarantee_of(moved).decision == proposal.decision
    assert guarantee_of(moved).counter_guarantees.get().kind == "person"
    with pytest.raises(MoveNotOpen):
        decide(proposal, offices, by=offices.guarantor_officer2)


def test_a_second_officer_who_refuses_leaves_the_case_where_it_is(offices, large):
    proposal = propose(large, offices)
    assert decide(proposal, offices, by=offices.guarantor_officer2, outcome=Outcome.REFUSED).state == State.GUARANTEE
    assert pool().reserved_fen == 0
    assert propose(large, offices).is_open


def test_another_office_decides_no_guarantee(offices, large):
    proposal = propose(large, offices)
    with pytest.raises(NotPermitted):
        decide(proposal, offices, by=offices.bank_officer)


def test_a_proposal_does_not_outlive_its_stage(offices, large):
    proposal = propose(large, offices)
    withdrawn = cases.withdraw(large, offices)
    assert not withdrawn.guarantee_proposals.filter(is_open=True).exists()
    with pytest.raises(MoveNotOpen):
        decide(proposal, offices, by=offices.guarantor_officer2)


def test_a_refusal_promises_nothing(offices, case):
    refused = guarantee.refuse_guarantee(
        case, reasons=REASONS, by=offices.guarantor_officer, at=MONDAY, version=case.version
    )
    assert refused.state == State.DECLINED
    assert refused.decline_reasons.get().code == "project"
    assert not Guarantee.objects.exists()


def test_she_may_take_back_her_consent_to_the_bank_until_it_is_told(offices, case):
    consents.take_back(case.applicant, recipient=Recipient.BANK, at=MONDAY)
    with pytest.raises(NoLiveConsent):
        cases.give_guarantee(case, offices)
    assert pool().reserved_fen == 0


def test_invited_early_the_guarantor_gives_a_first_opinion(offices, programme):
    case = cases.a_case_in(State.SURVEY, offices)
    with pytest.raises(NotPermitted):
        guarantee.record_preliminary(case, outcome="passed", note="", by=offices.guarantor_officer, at=MONDAY)
    partners.invite_partners(case, by=offices.town_reviewer, at=MONDAY)
    opinion = guarantee.record_preliminary(
        case, outcome="passed", note="一起走访过", by=offices.guarantor_officer, at=MONDAY
    )
    assert (opinion.organisation, opinion.outcome) == (offices.guarantor, "passed")
    with pytest.raises(NotPermitted):
        guarantee.record_preliminary(case, outcome="passed", note="", by=offices.bank_officer, at=MONDAY)
