import pytest

from loans.models import GuaranteePool, Loan
from tests.makers.loans import make_active_loan, make_pool
from tests.makers.people import Offices


@pytest.fixture
def pool(offices: Offices) -> GuaranteePool:
    """1,000,000 yuan of the treasury, five times of which may be promised."""
    return make_pool(offices)


@pytest.fixture
def loan(pool: GuaranteePool, offices: Offices) -> Loan:
    """50,000 yuan at 4.50 %, paid out on 2026-03-10 for a year, interest each quarter."""
    return make_active_loan(pool, offices)
