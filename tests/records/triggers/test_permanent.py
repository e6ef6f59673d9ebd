"""Rows that are only ever added, and what the database holds of roles and decisions."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from accounts.appointments import appoint, relieve
from accounts.models import Membership
from accounts.roles import Role
from records.decisions import decide, propose
from records.models import AuditEntry, Decision, Permanent
from records.models.decision import Outcome
from records.triggers import install
from tests.makers.people import OPENED_AT, Offices, phone_user, staff
from tests.records.test_engine import NOON


def refused(code: str):
    return pytest.raises(IntegrityError, match=code)


def permanent_models() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, Permanent)]


@pytest.mark.django_db
@pytest.mark.parametrize("model", permanent_models(), ids=lambda model: model._meta.label)
def test_each_permanent_table_is_guarded_against_change_and_deletion(model):
    guarded = {one.name for one in install.installed(connection) if one.table == model._meta.db_table}
    table = model._meta.db_table
    assert {f"rule_{table}_unchanged", f"rule_{table}_undeleted"} <= guarded


def test_what_was_audited_stays(offices: Offices):
    entry = AuditEntry.objects.create(at=NOON, by=offices.auditor, action="look", outcome="ok")
    with refused("row_is_permanent"), transaction.atomic():
        AuditEntry.objects.update(outcome="nothing happened")
    with refused("row_is_permanent"), transaction.atomic():
        entry.delete()
    with refused("row_is_permanent"), transaction.atomic():
        AuditEntry.objects.all()._raw_delete(using="default")
    entry.outcome = "other"
    with refused("row_is_permanent"), transaction.atomic():
        entry.save()


def test_only_staff_have_roles(offices: Offices):
    for user in (phone_user("a-phone"), offices.clock):
        with refused("only_staff_have_memberships"), transaction.atomic():
            Membership.objects.create(
                user=user, organisation=offices.city_federation, role=Role.CITY_REVIEWER, started_at=OPENED_AT
            )


@pytest.mark.parametrize("role", [Role.CITY_REVIEWER, Role.SECURITY_ADMIN])
def test_an_administrator_has_no_other_role_even_by_sql(offices: Offices, role):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.bulk_create(
            [Membership(user=offices.auditor, organisation=offices.city_federation, role=role, started_at=NOON)]
        )


def test_whoever_has_a_role_does_not_become_an_administrator_beside_it(offices: Offices):
    with refused("an_administrator_has_no_other_role"), transaction.atomic():
        Membership.objects.bulk_create(
            [Membership(user=offices.town_reviewer, organisation=offices.bank, role=Role.AUDITOR, started_at=NOON)]
        )


@pytest.mark.parametrize(
    "change", [{"role": Role.CITY_REVIEWER}, {"is_head": True}, {"started_at": OPENED_AT - timedelta(days=9)}], ids=str
)
def test_a_role_is_ended_not_changed(offices: Offices, change):
    with refused("a_role_is_ended_not_changed"), transaction.atomic():
        Membership.objects.filter(user=offices.town_reviewer).update(**change)


def test_an_ended_role_stays_ended(offices: Offices):
    membership = offices.town_reviewer.memberships.get()
    relieve(membership, at=NOON)
    with refused("a_role_is_ended_not_changed"), transaction.atomic():
        Membership.objects.filter(pk=membership.pk).update(ended_at=None)
    with refused("a_role_is_ended_not_changed"), transaction.atomic():
        membership.delete()


def test_after_it_ended_the_same_role_may_be_given_again(offices: Offices):
    user = staff("comes-back", "柳归")
    first = appoint(user, organisation=offices.bank, role=Role.BANK_OFFICER, at=OPENED_AT, is_head=False)
    relieve(first, at=NOON)
    appoint(user, organisation=offices.bank, role=Role.BANK_OFFICER, at=NOON, is_head=True)
    assert user.memberships.live().get().is_head


@pytest.fixture
def settled(offices: Offices) -> Decision:
    decision = propose("fund_move", summary="存入 10 万元", by=offices.finance_officer, at=NOON)
    return decide(decision, outcome=Outcome.REFUSED, by=offices.finance_officer2, at=NOON)


@pytest.mark.parametrize(
    "change", [{"outcome": "approved"}, {"summary": "存入 100 万元"}, {"decided_at": OPENED_AT}], ids=str
)
def test_a_settled_decision_stays_settled(settled: Decision, change):
    with refused("a_decision_is_settled_once"), transaction.atomic():
        Decision.objects.filter(pk=settled.pk).update(**change)


def test_what_was_proposed_is_what_is_decided(offices: Offices):
    decision = propose("fund_move", summary="存入 10 万元", by=offices.finance_officer, at=NOON)
    for change in ({"summary": "存入 100 万元"}, {"kind": "policy"}, {"proposed_by": offices.finance_officer2}):
        with refused("a_decision_is_settled_once"), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**change)


def test_a_decision_is_never_deleted(settled: Decision):
    with refused("a_decision_is_never_deleted"), transaction.atomic():
        settled.delete()
