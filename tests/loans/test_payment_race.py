"""What two systems of the bank tell of one loan at the same moment ends in one truth. The racers: tests/loans/race/."""

import pytest

from tests.loans.race.payments import ROUNDS
from tests.loans.test_pool_race import database_of_its_own, raced

__all__ = ["database_of_its_own"]


@pytest.fixture
def outcomes(database_of_its_own):
    return raced(database_of_its_own, "payments")


@pytest.mark.postgresql
def test_payments_reversals_and_pay_offs_at_once_end_in_one_truth(outcomes):
    for name, one in outcomes.items():
        if name != "without_locks":
            assert one["findings"] == [], name
    assert outcomes["one_serial"]["answers"] == {"done": ROUNDS, "repayment_already_recorded": 3 * ROUNDS}
    assert outcomes["one_serial"]["rows"] == [1] * ROUNDS
    reversed_once = outcomes["a_payment_and_a_reversal"]
    assert reversed_once["answers"] == {"done": 2 * ROUNDS, "repayment_already_reversed": ROUNDS}
    assert reversed_once["rows"] == [3] * ROUNDS
    # The pay-off and a part are each possible alone; whoever comes second finds it settled, or pays too much.
    paid_off = outcomes["a_pay_off_and_payments"]["answers"]
    assert paid_off.pop("done") >= ROUNDS
    assert set(paid_off) <= {"loan_not_repaying", "overpaid"}
    # Without the loan's lock and the triggers the same code does harm; so the race is one.
    assert outcomes["without_locks"]["findings"] != []
