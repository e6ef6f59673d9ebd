from datetime import date

import pytest

from loans import policies
from loans.models import Policy
from loans.refusals import NoPolicyInForce, PolicyStartsTwice
from loans.subsidy import Regime, SubsidyPayment
from records.refusals import Invalid
from tests.makers.loans import LOAN_FEN, PAID_ON, make_policy, make_programme
from tests.makers.programme import agreed

NOT_TERMS = {"id", "programme", "decision"}


@pytest.fixture
def policy(offices):
    return make_policy(offices)


def terms_like(policy, **changes):
    """The columns of a policy, as one who publishes the next version gives them."""
    columns = {
        field.name: getattr(policy, field.name) for field in Policy._meta.concrete_fields if field.name not in NOT_TERMS
    }
    return {**columns, "version": "石榴市 2026-2", "valid_from": date(2026, 7, 1), **changes}


def published(policy, offices, **changes):
    return policies.publish_policy(
        policy.programme, decision=agreed(offices, "policy"), terms=terms_like(policy, **changes)
    )


def test_the_newest_policy_that_is_valid_is_in_force(offices, policy):
    second = published(policy, offices)
    assert policies.policy_in_force(policy.programme, on=date(2026, 6, 30)) == policy
    assert policies.policy_in_force(policy.programme, on=date(2026, 7, 1)) == second


def test_an_ended_policy_is_not_in_force_after_its_last_day(offices):
    policy = make_policy(offices, changes={"valid_to": date(2026, 12, 31)})
    assert policies.policy_in_force(policy.programme, on=date(2026, 12, 31)) == policy
    with pytest.raises(NoPolicyInForce) as refused:
        policies.policy_in_force(policy.programme, on=date(2027, 1, 1))
    assert refused.value.code == "no_policy_in_force"


def test_before_its_first_policy_a_programme_has_none(policy):
    with pytest.raises(NoPolicyInForce):
        policies.policy_in_force(policy.programme, on=date(2025, 12, 31))


def test_policies_of_another_programme_do_not_count(offices, policy):
    with pytest.raises(NoPolicyInForce):
        policies.policy_in_force(make_programme("other"), on=PAID_ON)


def test_a_quote_costs_what_the_policy_says(policy):
    quote = policies.quote_for(policy, amount_fen=LOAN_FEN, term_months=12, method="interest_only", start_on=PAID_ON)
    assert (quote.total_interest_fen, quote.subsidy_fen, quote.borrower_pays_fen) == (228_125, 228_125, 0)
    assert quote.subsidy_payment == SubsidyPayment.REFUND


def test_the_subsidy_of_a_contract_rests_on_the_lpr_that_it_names(policy):
    terms = policies.subsidy_terms_of(policy, lpr_ppm=31_000)
    assert (terms.regime, terms.lpr_ppm, terms.payment) == (Regime.FULL, 31_000, SubsidyPayment.REFUND)


def test_terms_of_a_policy_come_with_its_switches(policy):
    assert policies.terms_of(policy).residence_rule == "either"


def test_one_person_alone_publishes_nothing(offices, policy):
    decision = agreed(offices, "policy")
    decision.outcome = "refused"
    with pytest.raises(AssertionError):
        policies.publish_policy(policy.programme, decision=decision, terms=terms_like(policy))


@pytest.mark.parametrize("changes", [{"version": "石榴市 2026-1"}, {"valid_from": date(2026, 1, 1)}])
def test_a_version_and_a_first_day_are_used_once(offices, policy, changes):
    with pytest.raises(PolicyStartsTwice):
        published(policy, offices, **changes)
    assert Policy.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"funding_shares": {"city": 600_000, "province": 300_000}}, "funding_shares", "shares_not_whole"),
        ({"funding_shares": {"city": 1_100_000, "province": -100_000}}, "funding_shares", "shares_not_whole"),
        ({"funding_shares": {}}, "funding_shares", "shares_not_whole"),
        ({"frequency": "weekly"}, "frequency", "unknown_value"),
        ({"day_count": "actual/actual"}, "day_count", "unknown_value"),
        ({"rest_day_rule": "monday"}, "rest_day_rule", "unknown_value"),
        ({"subsidy_regime": "Z"}, "subsidy_regime", "unknown_value"),
        ({"subsidy_payment": "cash"}, "subsidy_payment", "unknown_value"),
        ({"method_options": ["balloon"]}, "method_options", "unknown_value"),
        ({"method_options": []}, "method_options", "nothing_offered"),
        ({"term_options": []}, "term_options", "nothing_offered"),
        ({"term_options": [12, 13]}, "term_options", "term_not_whole_quarters"),
        ({"margin_ppm": 990_000}, "term_options", "rate_out_of_range"),
        ({"valid_to": date(2026, 6, 30)}, "valid_to", "ends_before_it_starts"),
        ({"amount_max_fen": 100}, "amount_max_fen", "amounts_out_of_order"),
        ({"age_max": 17}, "age_max", "ages_out_of_order"),
        ({"loss_share_ppm": 1_000_001}, "loss_share_ppm", "share_too_large"),
        ({"penalty_margin_ppm": 1_000_001}, "penalty_margin_ppm", "penalty_too_large"),
        ({"held_before_due_days": 32}, "held_before_due_days", "held_too_long"),
        ({"doubtful_from_days": 91}, "loss_from_days", "classes_out_of_order"),
        ({"allocation_order": "by_mood"}, "allocation_order", "unknown_value"),
        ({"survey_days": 3}, "promise_days", "stages_exceed_the_promise"),
        ({"residence_rule": "born"}, "residence_rule", "unknown_value"),
    ],
)
def test_a_policy_that_contradicts_itself_is_not_published(offices, policy, changes, field, code):
    with pytest.raises(Invalid) as refused:
        published(policy, offices, **changes)
    assert (field, code) in {(error.field, error.code) for error in refused.value.errors}
    assert Policy.objects.count() == 1


def test_every_regime_and_convention_that_is_known_can_be_published(offices, policy):
    for number, regime in enumerate(Regime):
        published(
            policy,
            offices,
            version=f"试 {number}",
            valid_from=date(2027, 1, 1 + number),
            subsidy_regime=str(regime),
            subsidy_payment="waived",
            frequency="monthly",
            settlement_day=None,
            day_count="30/360",
        )
    assert Policy.objects.count() == 1 + len(Regime)
