"""The demo office: its half-year is lived through the stages, so whatever it shows can happen."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from accounts.models import Region
from applicants.models import Course, EnrolmentMove, HelpedMother, TrainingBase, Workshop
from loans.models import GuaranteePool, Loan, Repayment
from loans.servicing import position
from loans.verification import findings as loan_findings
from records.models import Notice
from workflows.models import Application, ApplicationTransition, FollowUp, FollowUpDraft, Matter, Rating
from workflows.states import State
from workflows.verification import findings as case_findings

pytestmark = pytest.mark.django_db

ENDS_ON = date(2026, 11, 24)


def demo() -> str:
    said = StringIO()
    call_command("demo", on=ENDS_ON, stdout=said)
    return said.getvalue()


def everything() -> dict[str, int]:
    models = (Application, ApplicationTransition, FollowUp, Loan, Repayment, Notice, Course, Region)
    return {model.__name__: model.objects.count() for model in models}


def test_the_half_year_ends_as_it_was_reported_and_a_second_run_changes_nothing():
    assert "helper" in demo()
    cases = Application.objects.all()
    states = Counter(cases.values_list("state", flat=True))

    assert cases.filter(submitted_at__isnull=False).count() == 100
    assert states[State.DRAFT] + states[State.AWAITING_CONSENT] == 6
    assert states[State.DISBURSED] == 50
    # Every place but PUBLICITY, which this policy doesn't have.
    assert set(states) == {str(state) for state in State} - {str(State.PUBLICITY)}
    assert cases.filter(due_on__lt=ENDS_ON, ended_on__isnull=True).count() == 1
    assert cases.filter(log__move="return_for_rework").distinct().count() >= 1

    paid = Loan.objects.paid_out()
    pool = GuaranteePool.objects.get()
    repaid_fen = sum(position(loan, on=ENDS_ON).principal_paid_fen for loan in paid)
    assert paid.aggregate(total=Sum("amount_fen"))["total"] == 250_000_000
    assert len(set(paid.values_list("amount_fen", flat=True))) > 20
    assert set(paid.values_list("method", flat=True)) == {"interest_only", "equal_instalment", "equal_principal"}
    assert pool.fund_balance_fen == 100_000_000
    assert repaid_fen > 0
    assert pool.committed_fen + repaid_fen == 250_000_000

    bases = Counter(TrainingBase.objects.values_list("kind", flat=True))
    assert (bases["training"], bases["model"], Workshop.objects.count()) == (19, 17, 57)
    assert Course.objects.aggregate(total=Sum("taken_before"))["total"] == 1_000
    assert EnrolmentMove.objects.filter(kind="cancelled").count() == 1
    assert (Course.objects.filter(taken_before__gt=0).count(), HelpedMother.objects.count()) == (20, 53)

    assert sorted(Matter.objects.values_list("kind", "state")) == [
        ("appeal", "OPEN"),
        ("appeal", "REFUSED"),
        ("complaint", "ANSWERED"),
        ("complaint", "OPEN"),
        ("doubt", "ANSWERED"),
        ("doubt", "OPEN"),
        ("misuse", "OPEN"),
    ]
    assert FollowUp.objects.count() > 40
    assert FollowUp.objects.filter(risk="high").count() == 1
    assert FollowUpDraft.objects.filter(ready_at__isnull=False).count() == 1
    assert Rating.objects.count() > 20
    assert [*loan_findings(), *case_findings()] == []

    before = everything()
    assert "nothing was changed" in demo()
    assert everything() == before


def test_a_database_with_an_office_of_its_own_is_left_alone():
    Region.objects.create(code="110000000000", name="别的市", level="city", valid_from=date(2020, 1, 1))
    with pytest.raises(CommandError, match="office of its own"):
        demo()
    assert Region.objects.count() == 1


def test_production_has_no_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="stays out of production"):
        demo()
