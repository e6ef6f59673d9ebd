"""The demo's programme, policy and pool. These figures are nobody's policy; the page that shows them says so."""

from datetime import date, datetime
from typing import Any, Final

from accounts.models import Organisation, User
from loans.funds import decide_fund_move, propose_fund_move
from loans.models import GuaranteePool, Policy, Programme
from loans.models.fund import FundMoveKind
from loans.policies import publish_policy
from records.decisions import decide, propose
from records.models.decision import Outcome

DEPOSIT_FEN: Final = 100_000_000
LEVERAGE: Final = 5

CLAUSES: Final = {
    "woman": "第二条第一项",
    "age": "第二条第二项",
    "registered_or_resident": "第二条第三项",
    "public_payroll": "第二条第四项",
    "other_loans": "第三条第一项",
    "overdue_debt": "第三条第二项",
    "one_loan_per_household": "第三条第三项",
    "partners_eligible": "第三条第五项",
    "lifetime_loans": "第三条第四项",
    "project_supported": "第四条第一项",
    "use_of_funds_clear": "第四条第二项",
    "amount_within_policy": "第五条第一项",
    "term_offered": "第五条第二项",
    "business_evidence": "第四条第三项",
    "age_at_maturity": "第五条第三项",
    "voluntary": "第六条第一项",
    "seen_in_person": "第六条第二项",
    "business_real": "第六条第三项",
}


# The columns of 「石榴市 2026-1」 that are the same on whatever day the demo begins.
TERMS: Final[dict[str, Any]] = {
    "version": "石榴市 2026-1",
    "document_no": "石妇发〔2026〕1号（示范）",
    "amount_min_fen": 1_000_000,
    "amount_max_fen": 10_000_000,
    "amount_step_fen": 100_000,
    "term_options": [12, 24, 36],
    "method_options": ["interest_only", "equal_instalment", "equal_principal"],
    "frequency": "quarterly",
    "settlement_day": 20,
    "day_count": "actual/360",
    "lpr_ppm": 30_000,
    "margin_ppm": 15_000,
    "requires_woman": True,
    "age_min": 18,
    "age_max": 60,
    "allowed_other_loans": ["student", "poverty_alleviation", "housing", "car", "small_consumer"],
    "excluded_projects": [],
    "lifetime_loans_max": 3,
    # An assumption, like all of these: no document that we know of says how many may borrow together.
    "partners_max": 2,
    "clauses": CLAUSES,
    "subsidy_regime": "A",
    "subsidy_payment": "refund",
    "funding_shares": {"province": 500_000, "city": 500_000},
    "loss_share_ppm": 800_000,
    "compensation_after_days": 90,
    # Assumptions again: penalty interest half the contract rate on top, and what a class of risk begins with.
    "penalty_margin_ppm": 500_000,
    "charges_compound_interest": True,
    "allocation_order": "penalty_first",
    "principal_first_after_days": 90,
    "held_before_due_days": 10,
    "special_mention_from_days": 1,
    "substandard_from_days": 91,
    "doubtful_from_days": 271,
    "loss_from_days": 361,
    "limitation_years": 3,
    "two_person_guarantee_from_fen": 8_000_000,
    "counter_guarantee_from_fen": 5_000_000,
    "promise_days": 7,
    "promise_start": "town_accept",
    "intake_days": 2,
    "survey_days": 2,
    "eligibility_days": 1,
    "guarantee_days": 2,
    "bank_days": 2,
    "publicity_days": 0,
    "has_guarantor_stage": True,
    "visitors_min": 2,
    "supplement_days": 10,
    "signing_days": 10,
    "draft_calendar_days": 60,
    "consent_hours": 72,
    "waitlist_calendar_days": 180,
    "appeal_calendar_days": 20,
}


def terms(valid_from: date) -> dict[str, Any]:
    """The columns of 「石榴市 2026-1」, valid from a day on; the LPR is that day's."""
    return {**TERMS, "valid_from": valid_from, "lpr_on": valid_from}


def make_programme(
    offices: dict[str, Organisation], people: dict[str, User], *, opened_at: datetime, valid_from: date
) -> tuple[Policy, GuaranteePool]:
    """Programme and policy, agreed on by two people, and the pool with its deposit of a million yuan."""
    programme = Programme.objects.create(
        code="startup", name="妇女创业小额贴息贷款", short_name="巾帼创业贷", paper_prefix="石妇贷"
    )
    proposal = propose("policy", summary="发布 石榴市 2026-1", by=people["city"], at=opened_at)
    approved = decide(proposal, outcome=Outcome.APPROVED, by=people["leader"], at=opened_at)
    policy = publish_policy(programme, decision=approved, terms=terms(valid_from))
    pool = GuaranteePool.objects.create(
        name="妇女创业贷款担保基金",
        programme=programme,
        guarantor=offices["guarantor"],
        bank=offices["bank"],
        finance=offices["finance"],
        leverage=LEVERAGE,
    )
    deposit = propose_fund_move(
        pool,
        kind=FundMoveKind.DEPOSIT,
        amount_fen=DEPOSIT_FEN,
        value_on=valid_from,
        voucher_no=f"财预{valid_from:%Y}-001",
        by=people["finance"],
        at=opened_at,
    )
    decide_fund_move(deposit, outcome=Outcome.APPROVED, by=people["finance2"], at=opened_at)
    pool.refresh_from_db()
    return policy, pool
