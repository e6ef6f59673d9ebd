"""A programme as 石榴市 runs it: the demo policy, and a pool with the treasury's million in it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection

from loans import funds
from loans.models import GuaranteePool, Policy, Programme
from loans.models.fund import FundMoveKind
from records import decisions
from records.models import Decision
from records.models.decision import Outcome
from records.triggers import install
from tests.makers.people import OPENED_AT, Offices

MILLION_YUAN_FEN = 100_000_000
CLAUSES = {
    "woman": "第 2 条",
    "age": "第 3 条",
    "registered_or_resident": "第 4 条",
    "public_payroll": "第 5 条",
    "other_loans": "第 6 条",
    "project_supported": "第 7 条",
    "amount_within_policy": "第 8 条",
    "term_offered": "第 9 条",
}


def a_programme(
    offices: Offices, *, deposit_fen: int = MILLION_YUAN_FEN, changes: Mapping[str, Any] | None = None
) -> Programme:
    """With the policy 石榴市 2026-1, `changes` apart, and a pool of so much money, five times of which it may carry."""
    programme = Programme.objects.create(
        code="start-up", name="妇女创业小额贴息贷款", short_name="巾帼创业贷", paper_prefix="石妇贷"
    )
    a_policy(programme, offices, changes=changes)
    pool = GuaranteePool.objects.create(
        name="妇女创业贷款担保基金",
        programme=programme,
        guarantor=offices.guarantor,
        bank=offices.bank,
        finance=offices.finance,
        leverage=5,
    )
    if deposit_fen:
        deposit(pool, offices, amount_fen=deposit_fen)
    return programme


def a_policy(programme: Programme, offices: Offices, *, changes: Mapping[str, Any] | None = None) -> Policy:
    columns: dict[str, Any] = {
        "version": "石榴市 2026-1",
        "document_no": "石妇字〔2026〕1 号",
        "valid_from": date(2026, 1, 1),
        "amount_min_fen": 1_000_000,
        "amount_max_fen": 10_000_000,
        "amount_step_fen": 100_000,
        "term_options": [12, 24, 36],
        "method_options": ["interest_only", "equal_instalment", "equal_principal"],
        "frequency": "quarterly",
        "settlement_day": 20,
        "day_count": "actual/360",
        "lpr_ppm": 30_000,
        "lpr_on": date(2025, 12, 22),
        "margin_ppm": 15_000,
        "age_min": 18,
        "age_max": 60,
        "allowed_other_loans": ["student", "poverty_alleviation", "housing", "car", "small_consumer"],
        "lifetime_loans_max": 3,
        "clauses": CLAUSES,
        "subsidy_regime": "A",
        "subsidy_payment": "refund",
        "funding_shares": {"city": 1_000_000},
        "loss_share_ppm": 800_000,
        "compensation_after_days": 90,
        "limitation_years": 3,
        "two_person_guarantee_from_fen": 8_000_000,
        "counter_guarantee_from_fen": 3_000_000,
        "promise_days": 7,
        "promise_start": "town_accept",
        "intake_days": 2,
        "survey_days": 2,
        "eligibility_days": 1,
        "guarantee_days": 2,
        "bank_days": 2,
        "visitors_min": 2,
        "supplement_days": 10,
        "signing_days": 10,
        "draft_calendar_days": 60,
        "consent_hours": 72,
        "waitlist_calendar_days": 180,
        "appeal_calendar_days": 20,
    }
    return Policy.objects.create(
        programme=programme, decision=agreed(offices, "policy"), **(columns | dict(changes or {}))
    )


def policies_say(**columns: Any) -> None:
    """As if every policy had been published like this. What is published can't be edited: the guard steps aside."""
    guard = next(one for one in install.wanted() if one.name == "rule_loans_policy_unchanged")
    dialect = install.DIALECTS[connection.vendor]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A trigger isn't dropped from a table with checks that wait for the end.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in dialect.drop(guard.name, guard.table):
            cursor.execute(statement)
        Policy.objects.update(**columns)
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for statement in dialect.create(guard):
            cursor.execute(statement)


def deposit(pool: GuaranteePool, offices: Offices, *, amount_fen: int, voucher_no: str = "存 2026-1") -> None:
    proposal = funds.propose_fund_move(
        pool,
        kind=FundMoveKind.DEPOSIT,
        amount_fen=amount_fen,
        value_on=OPENED_AT.date(),
        voucher_no=voucher_no,
        by=offices.finance_officer,
        at=OPENED_AT,
    )
    funds.decide_fund_move(proposal, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=OPENED_AT)


def agreed(offices: Offices, kind: str) -> Decision:
    """Something that two people have agreed on."""
    proposed = decisions.propose(kind, summary=kind, by=offices.city_reviewer, at=OPENED_AT)
    return decisions.decide(proposed, outcome=Outcome.APPROVED, by=offices.leader, at=OPENED_AT)
