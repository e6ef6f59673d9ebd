import pytest

from loans.within_policy import amount_errors, term_errors
from tests.makers.loans import make_policy


@pytest.fixture
def policy(offices):
    return make_policy(offices)


def words(errors):
    return [str(error.message).replace("\N{NO-BREAK SPACE}", " ") for error in errors]


@pytest.mark.parametrize("amount_fen", [1_000_000, 3_500_000, 10_000_000])
def test_amounts_of_the_policy_are_offered_from_the_least_to_the_most(policy, amount_fen):
    assert amount_errors(policy, amount_fen) == []


@pytest.mark.parametrize("amount_fen", [0, 999_900, 10_000_100, 99_000_000])
def test_an_amount_outside_says_what_the_policy_offers(policy, amount_fen):
    assert words(amount_errors(policy, amount_fen)) == ["金额要在 1 万元到 10 万元之间"]


def test_an_amount_between_the_steps_says_the_step(policy):
    errors = amount_errors(policy, 5_050_000)
    assert words(errors) == ["金额要是 1,000 元的整数倍"]
    assert errors[0].limits == {"min": 10_000, "max": 100_000, "step": 1_000}


def test_a_term_and_a_method_that_the_policy_hasnt_are_both_named(policy):
    assert [error.field for error in term_errors(policy, 18, "bullet")] == ["term_months", "method"]


def test_what_isnt_chosen_yet_isnt_wrong_yet(policy):
    assert term_errors(policy, None, "") == []
