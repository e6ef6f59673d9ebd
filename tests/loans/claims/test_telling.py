import pytest

from records.models import Notice
from tests.makers.claims import SUMMER, opined, paid, reviewed, submitted
from tests.makers.loans import make_active_loan, make_policy, make_pool


@pytest.fixture
def her_loan(pool, offices):
    loan = make_active_loan(pool, offices)
    loan.applicant.mobile, loan.applicant.account_no = "13900000000", "6230580000001234"
    loan.applicant.save()
    return loan


def told():
    return list(Notice.objects.filter(kind="subsidy_paid").values_list("mobile", "text", "about"))


def test_she_hears_what_comes_and_on_which_card(her_loan, pool, offices):
    assert not Notice.objects.filter(kind="subsidy_paid").exists()
    paid(pool, offices)
    text = f"政府贴息 575.00 元到{offices.bank.short_name}了，会退到您尾号 1234 的卡里。"
    assert told() == [("13900000000", text, her_loan.number)]


def test_nothing_is_said_before_the_money_went(her_loan, pool, offices):
    reviewed(opined(submitted(pool, offices), offices), offices)
    assert told() == []


def test_each_quarter_is_told_once(her_loan, pool, offices):
    paid(pool, offices)
    paid(pool, offices, SUMMER)
    assert len(told()) == 2


def test_where_the_bank_never_charged_it_nothing_comes(offices):
    pool = make_pool(offices, programme=make_policy(offices, changes={"subsidy_payment": "waived"}).programme)
    loan = make_active_loan(pool, offices)
    loan.applicant.mobile = "13900000000"
    loan.applicant.save()
    paid(pool, offices)
    assert told() == []
