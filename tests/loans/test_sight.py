"""Who may know of a pool, and who may open the case behind one of its guarantees."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models.organisation import OrganisationKind
from applicants.models import Consent
from loans import sight
from loans.models import Guarantee, GuaranteePool, Programme
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.people import Offices, organisation, region
from tests.makers.programme import a_programme
from workflows.models import Application
from workflows.states import State

EVERYBODY = (
    "helper",
    "town_reviewer",
    "other_town_reviewer",
    "city_reviewer",
    "leader",
    "guarantor_officer",
    "bank_officer",
    "finance_officer",
    "sysadmin",
    "secadmin",
    "auditor",
    "bank_system",
)


@pytest.fixture
def programme(offices: Offices) -> Programme:
    return a_programme(offices)


@pytest.fixture
def cases(programme: Programme, offices: Offices) -> list[Application]:
    """One promised, one at the bank, one paid out; of each kind another whose woman took every consent back."""
    found = [a_case_in(state, offices) for state in (State.DISBURSEMENT, State.SIGNING, State.DISBURSED) * 2]
    for case in found[3:]:
        Consent.objects.filter(applicant=case.applicant).update(withdrawn_at=MONDAY)
    return found


def test_the_case_behind_a_guarantee_is_open_to_whoever_sees_the_case(cases, offices):
    counts = {}
    for who in EVERYBODY:
        user = getattr(offices, who)
        behind = set(Guarantee.objects.filter(sight.of_guaranteed_cases(user)).values_list("case_number", flat=True))
        visible = Application.objects.filter(guarantee_given__isnull=False).visible_to(user)
        assert behind == set(visible.values_list("number", flat=True)), who
        counts[who] = len(behind)
    # Of the three whose consents ended the partners keep the one that was paid out.
    seen = {who: count for who, count in counts.items() if count}
    assert seen == {
        "town_reviewer": 6,
        "city_reviewer": 6,
        "leader": 6,
        "guarantor_officer": 4,
        "bank_officer": 4,
        "bank_system": 4,
    }
    offices.leader.is_active = False
    for nobody in (AnonymousUser(), offices.leader):
        assert not Guarantee.objects.filter(sight.of_guaranteed_cases(nobody)).exists()


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("guarantor_officer", True),
        ("bank_officer", True),
        ("bank_system", True),
        ("finance_officer", True),
        ("leader", True),
        ("town_reviewer", False),
        ("helper", False),
        ("sysadmin", False),
        ("auditor", False),
    ],
)
def test_a_pool_is_known_to_those_who_take_part(programme, offices, who, sees):
    assert GuaranteePool.objects.filter(sight.of_pools(getattr(offices, who))).exists() is sees


def test_a_pool_of_another_city_is_nobodys_here(programme, offices):
    elsewhere = region("990900000000", "梨花市")
    partners = [
        organisation(f"梨花市{kind.label}", str(kind.label), kind=kind, region=elsewhere)
        for kind in (OrganisationKind.GUARANTOR, OrganisationKind.BANK, OrganisationKind.FINANCE)
    ]
    other = Programme.objects.create(code="other", name="另一个", short_name="另一个", paper_prefix="梨妇贷")
    pool = GuaranteePool.objects.create(
        name="另一个基金", programme=other, guarantor=partners[0], bank=partners[1], finance=partners[2], leverage=5
    )
    for who in EVERYBODY:
        assert pool not in GuaranteePool.objects.filter(sight.of_pools(getattr(offices, who)))


def test_whoever_is_not_signed_in_or_was_switched_off_knows_of_no_pool(programme, offices):
    offices.leader.is_active = False
    for nobody in (AnonymousUser(), offices.leader):
        assert not GuaranteePool.objects.filter(sight.of_pools(nobody)).exists()
