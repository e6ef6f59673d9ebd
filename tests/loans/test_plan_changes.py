"""A plan that changes. The loan: 50,000 at 4.50 %, actual/360, quarterly on the 20th, 2026-03-10 to 2027-03-10."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from loans.models import Loan, PlanChange
from loans.models.loan import LoanState
from loans.models.plan_change import RecallGround
from loans.plan_changes import decide_plan_change, propose_extension, propose_recall
from loans.refusals import ChangedAlready, ExtensionTooLate, ExtensionTooLong, ExtensionWithoutConsent
from loans.servicing import position, record_repayment
from loans.statement import payoff_on
from loans.verification import findings
from records.models.decision import Outcome
from records.refusals import Invalid, MoveNotOpen, NotPermitted, SamePerson
from tests.makers.loans import make_active_loan, make_loan, make_policy, make_pool, moment

MATURITY = date(2027, 3, 10)
TODAY = date(2027, 3, 1)
UNTIL = date(2027, 9, 10)


def extension(loan, offices, *, on=TODAY, by=None, **changes):
    given: dict[str, Any] = {
        "until": UNTIL,
        "asked_on": date(2027, 2, 20),
        "guarantor_consented_on": date(2027, 2, 25),
        "counter_consent": "谷雨生 2027 年 2 月 24 日签了同意书",
        "agreement_no": "石农信展〔2027〕1 号",
    }
    return propose_extension(loan, **(given | changes), by=by or offices.bank_officer, at=moment(on))


def recall(loan, offices, *, on, today=None, words="钱拿去还了别人的债", by=None):
    return propose_recall(
        loan,
        on=on,
        ground=RecallGround.MISUSE,
        words=words,
        by=by or offices.bank_officer,
        at=moment(today or on),
    )


def agreed(change, offices, *, on=TODAY, outcome=Outcome.APPROVED, by=None):
    return decide_plan_change(change, outcome=outcome, by=by or offices.bank_officer2, at=moment(on))


def pay(loan, offices, amount_fen, on, serial):
    record_repayment(
        loan, amount_fen=amount_fen, value_on=on, bank_serial=serial, by=offices.bank_officer, at=moment(on)
    )


def plan(loan, edition):
    rows = loan.instalments.filter(edition=edition).order_by("number")
    return [(one.due_on.isoformat(), one.principal_fen, one.interest_fen, one.subsidy_fen) for one in rows]


def test_an_extended_loan_has_a_new_edition_of_its_plan_without_subsidy(offices, loan):
    extended = agreed(extension(loan, offices), offices)
    assert (extended.state, extended.matures_on) == (LoanState.ACTIVE, UNTIL)
    assert plan(extended, 1)[-1] == ("2027-03-10", 5_000_000, 49_375, 49_375)
    assert plan(extended, 2)[3:] == [
        ("2026-12-21", 0, 56_875, 56_875),
        ("2027-03-10", 0, 49_375, 49_375),
        ("2027-03-21", 0, 6_875, 0),
        ("2027-06-21", 0, 57_500, 0),
        ("2027-09-10", 5_000_000, 50_625, 0),
    ]
    assert [row.move for row in extended.log.all()] == ["activate", "extend"]
    assert not list(findings())


def test_in_the_extension_she_is_not_late_and_the_treasury_pays_nothing(offices, loan):
    extended = agreed(extension(loan, offices), offices)
    for one in extended.instalments.filter(edition=2, due_on__lte=date(2027, 6, 21)).order_by("number"):
        pay(extended, offices, one.due_from_her_fen, one.due_on, f"R{one.number}")
    now = position(Loan.objects.get(pk=loan.pk), on=date(2027, 6, 30))
    assert (now.days_overdue, now.overdue_principal_fen, now.penalty_due_fen) == (0, 0, 0)
    assert now.subsidy_fen == 228_125
    assert [one.subsidised_fen for one in now.segments if one.from_on >= MATURITY] == [0, 0, 0]
    last = Loan.objects.get(pk=loan.pk)
    pay(last, offices, payoff_on(last, on=UNTIL).total_fen, UNTIL, "LAST")
    assert Loan.objects.get(pk=loan.pk).state == LoanState.SETTLED
    assert not list(findings())


def test_what_was_true_before_the_extension_stays_true(offices, loan):
    before = position(loan, on=date(2027, 2, 1))
    extended = agreed(extension(loan, offices), offices)
    assert position(Loan.objects.get(pk=extended.pk), on=date(2027, 2, 1)) == before


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"guarantor_consented_on": None}, ExtensionWithoutConsent),
        ({"counter_consent": "  "}, ExtensionWithoutConsent),
        ({"until": date(2028, 3, 11)}, ExtensionTooLong),
        ({"asked_on": date(2027, 3, 11)}, ExtensionTooLate),
        ({"on": date(2027, 3, 11)}, ExtensionTooLate),
        ({"until": MATURITY}, Invalid),
        ({"agreement_no": ""}, Invalid),
    ],
    ids=["no guarantor", "no counter-guarantor", "over a year", "asked too late", "too late", "no time", "no paper"],
)
def test_an_extension_that_may_not_be_is_refused_and_leaves_nothing(offices, loan, changes, refusal):
    with pytest.raises(refusal):
        extension(loan, offices, **changes)
    assert not PlanChange.objects.exists()


def test_a_year_to_the_day_is_not_too_long(offices, loan):
    assert agreed(extension(loan, offices, until=date(2028, 3, 10)), offices).matures_on == date(2028, 3, 10)


def test_a_loan_is_extended_once(offices, loan):
    extended = agreed(extension(loan, offices), offices)
    with pytest.raises(ChangedAlready):
        extension(extended, offices, until=date(2027, 12, 10))


def test_while_one_extension_waits_no_other_is_proposed(offices, loan):
    extension(loan, offices)
    with pytest.raises(ChangedAlready):
        extension(loan, offices)


def test_what_the_second_officer_refuses_changes_nothing_and_may_be_asked_again(offices, loan):
    refused = agreed(extension(loan, offices), offices, outcome=Outcome.REFUSED)
    assert refused.matures_on == MATURITY
    assert not loan.instalments.filter(edition=2).exists()
    assert agreed(extension(loan, offices), offices).matures_on == UNTIL


def test_an_extension_that_waited_past_the_last_day_is_too_late(offices, loan):
    waiting = extension(loan, offices)
    with pytest.raises(ExtensionTooLate):
        agreed(waiting, offices, on=date(2027, 3, 11))
    assert Loan.objects.get(pk=loan.pk).matures_on == MATURITY


def test_it_takes_two_people_of_the_bank(offices, loan):
    waiting = extension(loan, offices)
    with pytest.raises(SamePerson):
        agreed(waiting, offices, by=offices.bank_officer)
    for stranger in (offices.guarantor_officer, offices.finance_officer, offices.bank_system):
        with pytest.raises(NotPermitted):
            agreed(waiting, offices, by=stranger)
        with pytest.raises(NotPermitted):
            recall(loan, offices, on=TODAY, by=stranger)


def test_a_loan_that_is_not_running_is_not_changed(offices, pool):
    with pytest.raises(MoveNotOpen):
        extension(make_loan(pool, offices), offices)


def test_a_recall_makes_everything_due_on_its_day_and_stops_the_subsidy(offices, loan):
    on = date(2026, 8, 1)
    recalled = agreed(recall(loan, offices, on=on), offices, on=on)
    assert plan(recalled, 2)[2:] == [("2026-08-01", 5_000_000, 25_625, 25_625)]
    later = position(Loan.objects.get(pk=loan.pk), on=date(2026, 8, 11))
    assert (later.overdue_principal_fen, later.overdue_since) == (5_000_000, date(2026, 3, 21))
    assert later.subsidy_fen == 6_875 + 57_500 + 25_625
    assert not list(findings())


def test_after_a_recall_what_she_owes_is_late_and_bears_penalty(offices):
    policy = make_policy(offices, changes={"penalty_margin_ppm": 500_000})
    loan = make_active_loan(make_pool(offices, programme=policy.programme), offices)
    on = date(2026, 8, 1)
    agreed(recall(loan, offices, on=on), offices, on=on)
    quote = payoff_on(Loan.objects.get(pk=loan.pk), on=date(2026, 8, 11))
    assert quote.penalty_fen == 3_125
    pay(Loan.objects.get(pk=loan.pk), offices, quote.total_fen, date(2026, 8, 11), "ALL")
    assert Loan.objects.get(pk=loan.pk).state == LoanState.SETTLED
    assert not list(findings())


def test_an_extended_loan_may_be_recalled_and_a_recalled_one_not_extended(offices, loan):
    extended = agreed(extension(loan, offices), offices)
    on = date(2027, 7, 1)
    recalled = agreed(recall(extended, offices, on=on), offices, on=on)
    assert plan(recalled, 3)[-1] == ("2027-07-01", 5_000_000, 6_250, 0)
    assert position(Loan.objects.get(pk=loan.pk), on=date(2027, 8, 1)).subsidy_fen == 228_125
    assert not list(findings())
    with pytest.raises(ChangedAlready):
        extension(recalled, offices, on=on, asked_on=on, until=date(2027, 10, 1))


@pytest.mark.parametrize("on", [date(2026, 7, 31), MATURITY])
def test_a_loan_is_recalled_from_today_and_before_its_last_day(offices, loan, on):
    with pytest.raises(Invalid):
        recall(loan, offices, on=on, today=date(2026, 8, 1))


def test_a_recall_says_why(offices, loan):
    with pytest.raises(Invalid):
        recall(loan, offices, on=date(2026, 8, 1), words=" ")


@pytest.mark.parametrize(
    "changes",
    [{"extra_days": 367}, {"guarantor_consented_on": None}, {"counter_consent": ""}, {"asked_on": date(2027, 3, 11)}],
)
def test_the_database_refuses_an_extension_that_may_not_be(offices, loan, changes):
    waiting = extension(loan, offices)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanChange.objects.filter(pk=waiting.pk).update(**changes)


def test_the_database_refuses_what_one_person_alone_changes(offices, loan):
    waiting = extension(loan, offices)
    attacks = (
        lambda: PlanChange.objects.filter(pk=waiting.pk).update(is_open=False, edition=2),
        lambda: Loan.objects.filter(pk=loan.pk).update(matures_on=UNTIL),
        lambda: loan.instalments.create(
            edition=2, number=1, due_on=UNTIL, principal_fen=1, interest_fen=0, subsidy_fen=0, due_from_her_fen=1
        ),
        lambda: PlanChange.objects.filter(pk=waiting.pk).update(extra_days=3),
        waiting.delete,
    )
    for attack in attacks:
        with pytest.raises(IntegrityError), transaction.atomic():
            attack()
