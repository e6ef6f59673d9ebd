from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from records.decisions import decide, propose
from records.models import Decision
from records.models.decision import Outcome
from records.refusals import MoveNotOpen, SamePerson
from tests.makers.people import SHANGHAI, Offices
from tests.makers.races import at_once

NOON = datetime(2026, 9, 17, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture
def proposed(offices: Offices) -> Decision:
    return propose("fund_move", summary="存入 10 万元", by=offices.finance_officer, at=NOON)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_one_proposes_and_another_decides(proposed, offices, outcome):
    settled = decide(proposed, outcome=outcome, by=offices.finance_officer2, at=NOON, reason="凭证齐")
    stored = Decision.objects.get()
    assert not settled.is_open
    assert (stored.outcome, stored.decided_by, stored.decided_at, stored.reason) == (
        outcome,
        offices.finance_officer2,
        NOON,
        "凭证齐",
    )


def test_whoever_proposed_does_not_decide(proposed, offices):
    with pytest.raises(SamePerson):
        decide(proposed, outcome=Outcome.APPROVED, by=offices.finance_officer, at=NOON)
    assert Decision.objects.get().is_open


def test_the_database_holds_it_too(proposed, offices):
    with pytest.raises(IntegrityError, match="whoever_proposes_does_not_decide"), transaction.atomic():
        Decision.objects.update(decided_by=offices.finance_officer, decided_at=NOON, outcome="approved")


@pytest.mark.parametrize("half", [{"decided_at": NOON}, {"outcome": "approved"}, {"outcome": "maybe"}], ids=str)
def test_nothing_is_half_decided(proposed, half):
    with pytest.raises(IntegrityError, match="decided_by_at_and_outcome_are_set_together"), transaction.atomic():
        Decision.objects.update(**half)


def test_what_was_settled_is_not_settled_again(proposed, offices):
    decide(proposed, outcome=Outcome.REFUSED, by=offices.finance_officer2, at=NOON)
    with pytest.raises(MoveNotOpen):
        decide(proposed, outcome=Outcome.APPROVED, by=offices.leader, at=NOON)
    assert Decision.objects.get().outcome == Outcome.REFUSED


def settle(argument: tuple[int, int]) -> str:
    decision_id, user_id = argument
    from accounts.models import User

    decision, by = Decision.objects.get(pk=decision_id), User.objects.get(pk=user_id)
    with transaction.atomic():
        try:
            return decide(decision, outcome=Outcome.APPROVED, by=by, at=NOON).outcome
        except MoveNotOpen as refusal:
            return refusal.code


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_four_who_decide_at_once_one_has_decided(offices):
    proposed = propose("fund_move", summary="存入 10 万元", by=offices.finance_officer, at=NOON)
    outcomes = at_once(settle, [(proposed.pk, offices.finance_officer2.pk)] * 4)
    assert sorted(outcomes) == ["approved"] + ["move_not_open"] * 3


@pytest.mark.django_db(transaction=True)
def test_it_needs_no_transaction_around_it(offices):
    proposed = propose("fund_move", summary="存入 10 万元", by=offices.finance_officer, at=NOON)
    assert not decide(proposed, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=NOON).is_open
