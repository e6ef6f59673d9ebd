"""What secures the guarantor: what has to be known of each kind, who may not vouch, and when it is free again."""

from datetime import date, timedelta
from typing import Any

import pytest

from applicants.identity import ResidentId, read_id_no
from applicants.models import Applicant, HouseholdMember
from applicants.profiles import id_index
from loans import guarantees, securities
from loans.models import CounterGuarantee, Security, SecurityRelease
from loans.models.guarantee import CounterGuaranteeKind as Kind
from loans.securities import FACTS, PERSONS, PersonGiven, SecurityGiven
from loans.security_refusals import SecurityInUse, SecurityReleased
from loans.servicing import record_repayment
from records.refusals import Invalid, NotPermitted
from tests.makers.loans import compensated, make_active_loan, make_guarantee, moment, written_off
from tests.makers.women import an_id_no

TODAY = date(2026, 4, 1)
AT = moment(TODAY)
GOOD = {
    "employer": "石榴市第二小学",
    "post": "教师",
    "wage_fen": 420_000,
    "wage_bank": "石榴农信",
    "term_ends_on": "2028-12-31",
    "income_fen": 420_000,
    "spouse_consent": "2026-03-30",
    "deed_no": "石（2020）不动产权第 0000123 号",
    "value_fen": 20_000_000,
    "valued_on": "2026-03-01",
    "registration_no": "押登 0001",
    "account": "一年定期存单",
    "freeze_no": "冻 0001",
    "group_name": "河湾村第一联保小组",
    "company": "石榴市红籽食品厂",
    "credit_code": "91350100M000100Y43",
    "village": "河湾村",
    "granted_on": "2025-12-01",
    "ground": "honoured",
}


def person(number: int = 1, birth_on: date = date(1985, 3, 12)) -> PersonGiven:
    return PersonGiven("谷雨生", read_id_no(an_id_no(number, birth_on=birth_on, is_female=False), on=TODAY))


def is_known_as(applicant: Applicant, one: PersonGiven) -> None:
    number = one.id_no.text
    Applicant.objects.filter(pk=applicant.pk).update(id_no=number, id_index=id_index(number))


def given(kind: str, *people: PersonGiven, **changes) -> SecurityGiven:
    facts: dict[str, Any] = {name: GOOD[name] for name in FACTS[Kind(kind)]} | changes
    least = PERSONS.get(Kind(kind), (0, 0))[0]
    return SecurityGiven(facts, people or tuple(person(number + 1) for number in range(least)), "档案 1 号柜")


def counter_of(pool, offices, kind: str, **changes) -> CounterGuarantee:
    guarantee = make_guarantee(pool, offices, **changes)
    return CounterGuarantee.objects.create(guarantee=guarantee, kind=kind, description="见登记")


def recorded(counter, offices, *, given: SecurityGiven, by=None) -> Security:
    return securities.record(counter, given=given, by=by or offices.guarantor_officer, at=AT)


def refused(counter, offices, *, given: SecurityGiven) -> set[str]:
    before = Security.objects.count()
    with pytest.raises(Invalid) as wrong:
        recorded(counter, offices, given=given)
    assert Security.objects.count() == before
    return {error.code for error in wrong.value.errors}


@pytest.mark.parametrize("kind", Kind.values)
def test_each_of_the_ten_kinds_has_its_own_data_and_none_of_it_may_be_missing(pool, offices, kind):
    counter = counter_of(pool, offices, kind)
    for name in FACTS[Kind(kind)]:
        assert "missing" in refused(counter, offices, given=given(kind, **{name: ""}))
    security = recorded(counter, offices, given=given(kind))
    assert set(security.facts) == set(FACTS[Kind(kind)])
    assert security.persons.count() == PERSONS.get(Kind(kind), (0, 0))[0]


def test_only_the_guarantor_writes_it_down(pool, offices):
    counter = counter_of(pool, offices, Kind.PERSON)
    for stranger in (offices.bank_officer, offices.finance_officer, offices.leader):
        with pytest.raises(NotPermitted):
            recorded(counter, offices, given=given(Kind.PERSON), by=stranger)


def test_without_evidence_nothing_is_recorded(pool, offices):
    counter = counter_of(pool, offices, Kind.PERSON)
    nothing = SecurityGiven(given(Kind.PERSON).facts, (person(),), " ")
    assert refused(counter, offices, given=nothing) == {"missing"}


def test_neither_the_borrower_nor_her_husband_vouches_for_her(pool, offices):
    counter = counter_of(pool, offices, Kind.PERSON)
    applicant, her, him = counter.guarantee.applicant, person(7), person(8)
    is_known_as(applicant, her)
    HouseholdMember.objects.create(
        applicant=applicant,
        relation="spouse",
        full_name="家属",
        id_no=him.id_no.text,
        id_index=id_index(him.id_no.text),
    )
    counter = CounterGuarantee.objects.get(pk=counter.pk)
    assert refused(counter, offices, given=given(Kind.PERSON, her)) == {"is_the_borrower"}
    assert refused(counter, offices, given=given(Kind.PERSON, him)) == {"is_the_spouse"}


def test_nobody_vouches_too_young_or_too_old_when_the_loan_ends(pool, offices):
    loan = make_active_loan(pool, offices)
    counter = CounterGuarantee.objects.get(guarantee__loan=loan)
    # The loan ends on 2027-03-10: whoever turns 66 on that day is too old, a day later is not.
    edges = {
        date(1961, 3, 10): False,
        date(1961, 3, 11): True,
        date(2008, 4, 2): False,
        date(2008, 4, 1): True,
    }
    for birth_on, is_fine in edges.items():
        wanted = given(Kind.PERSON, person(birth_on=birth_on))
        if is_fine:
            recorded(counter, offices, given=wanted)
        else:
            assert refused(counter, offices, given=wanted) == {"age_out_of_range"}


def test_nobody_vouches_for_more_than_two(pool, offices):
    counters = [counter_of(pool, offices, Kind.PERSON) for _ in range(3)]
    for counter in counters[:2]:
        recorded(counter, offices, given=given(Kind.PERSON))
    assert refused(counters[2], offices, given=given(Kind.PERSON)) == {"vouches_for_too_many"}
    # A correction of one of them is not a third.
    recorded(counters[0], offices, given=given(Kind.PERSON))
    guarantees.void(counters[0].guarantee, by=offices.guarantor_officer, at=AT)
    securities.release(counters[0], words="承诺书退还", by=offices.guarantor_officer, at=AT)
    recorded(counters[2], offices, given=given(Kind.PERSON))


def test_whoever_has_a_claim_against_her_vouches_for_nobody(pool, offices):
    owing = make_active_loan(pool, offices)
    compensated(owing, offices, at=moment(date(2026, 6, 20)))
    is_known_as(owing.applicant, person(9))
    counter = counter_of(pool, offices, Kind.PERSON)
    assert refused(counter, offices, given=given(Kind.PERSON, person(9))) == {"owes_the_fund"}


def test_a_group_has_two_to_four_others_each_once_and_nobody_is_in_two(pool, offices):
    first, second = counter_of(pool, offices, Kind.GROUP), counter_of(pool, offices, Kind.GROUP)
    assert refused(first, offices, given=given(Kind.GROUP, person(1))) == {"persons_out_of_range"}
    assert refused(first, offices, given=given(Kind.GROUP, *map(person, range(1, 6)))) == {"persons_out_of_range"}
    assert refused(first, offices, given=given(Kind.GROUP, person(1), person(1))) == {"person_twice"}
    recorded(first, offices, given=given(Kind.GROUP, *map(person, range(1, 5))))
    assert refused(second, offices, given=given(Kind.GROUP, person(4), person(5))) == {"in_another_group"}


def test_a_house_secures_one_loan_and_its_valuation_is_fresh(pool, offices):
    first, second = counter_of(pool, offices, Kind.MORTGAGE), counter_of(pool, offices, Kind.MORTGAGE)
    recorded(first, offices, given=given(Kind.MORTGAGE))
    assert refused(second, offices, given=given(Kind.MORTGAGE)) == {"secures_another"}
    for valued_on in (TODAY - timedelta(days=366), TODAY + timedelta(days=1)):
        old = given(Kind.MORTGAGE, deed_no="另一本", valued_on=valued_on.isoformat())
        assert refused(second, offices, given=old) == {"valuation_too_old"}
    recorded(second, offices, given=given(Kind.MORTGAGE, deed_no="另一本"))


def test_a_cadre_is_in_office_and_a_large_loan_is_not_exempt_for_its_size(pool, offices):
    cadre, exempt = counter_of(pool, offices, Kind.CADRE), counter_of(pool, offices, Kind.EXEMPT)
    assert refused(cadre, offices, given=given(Kind.CADRE, term_ends_on="2026-04-01")) == {"term_over"}
    assert refused(exempt, offices, given=given(Kind.EXEMPT, ground="size")) == {"too_large_to_exempt"}
    small = counter_of(pool, offices, Kind.EXEMPT, amount_fen=1_000_000)
    assert recorded(small, offices, given=given(Kind.EXEMPT, ground="size")).facts == {"ground": "size"}


def test_it_is_free_when_the_loan_is_settled_and_not_before(pool, offices):
    loan = make_active_loan(pool, offices)
    counter = CounterGuarantee.objects.get(guarantee__loan=loan)
    with pytest.raises(SecurityInUse):
        securities.release(counter, words="退还", by=offices.guarantor_officer, at=AT)
    assert not SecurityRelease.objects.exists()
    day = date(2026, 3, 10)
    record_repayment(
        loan, amount_fen=loan.amount_fen, value_on=day, bank_serial="R1", by=offices.bank_officer, at=moment(day)
    )
    securities.release(counter, words="承诺书退还", by=offices.guarantor_officer, at=AT)
    with pytest.raises(SecurityReleased):
        securities.release(counter, words="又退一次", by=offices.guarantor_officer, at=AT)
    with pytest.raises(SecurityReleased):
        recorded(counter, offices, given=given(Kind.PERSON))


def test_while_a_claim_is_open_nothing_is_set_free(pool, offices):
    loan = compensated(make_active_loan(pool, offices), offices, at=moment(date(2026, 6, 20)))
    counter, at = CounterGuarantee.objects.get(guarantee__loan=loan), moment(date(2026, 7, 1))
    with pytest.raises(SecurityInUse):
        securities.release(counter, words="退还", by=offices.guarantor_officer, at=at)
    written_off(loan, offices, at=at)
    securities.release(counter, words="承诺书退还", by=offices.guarantor_officer, at=at)


def test_a_release_says_what_was_done_and_is_the_guarantor_s(pool, offices):
    counter = counter_of(pool, offices, Kind.PERSON)
    guarantees.void(counter.guarantee, by=offices.guarantor_officer, at=AT)
    with pytest.raises(Invalid):
        securities.release(counter, words=" ", by=offices.guarantor_officer, at=AT)
    with pytest.raises(NotPermitted):
        securities.release(counter, words="退还", by=offices.bank_officer, at=AT)
    assert not SecurityRelease.objects.exists()
    assert isinstance(person().id_no, ResidentId)
