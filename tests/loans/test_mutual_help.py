"""Gifts come in, help without interest goes out by two people, and comes back: never more than there is."""

from datetime import date, timedelta

import pytest
from django.db import connection

from applicants.models import HelpedMother
from loans import mutual_help
from loans.models import GuaranteePool, LedgerEntry, MutualHelp, MutualHelpMove
from loans.mutual_help_refusals import MutualHelpExhausted, MutualHelpRepaidTooMuch
from loans.refusals import VoucherUsed
from loans.verification import findings
from records.models.decision import Outcome
from records.refusals import Invalid, MoveNotOpen, NotPermitted, SamePerson
from records.triggers import install
from tests.makers.mutual_help import GIVEN_FEN, HELP_FEN, a_fund, agreed, paid, proposed, refreshed
from tests.makers.people import OPENED_AT, office_tree

TODAY = OPENED_AT.date()


@pytest.fixture
def fund(offices):
    return a_fund(offices)


def give(fund, offices, **changes):
    gift = {"amount_fen": 5_000, "value_on": TODAY, "voucher_no": "捐 1", "by": offices.city_reviewer, "at": OPENED_AT}
    return mutual_help.donate(fund, **{**gift, **changes})


def repay(helped, offices, **changes):
    back = {"amount_fen": 5_000, "value_on": TODAY, "voucher_no": "还 1", "by": offices.city_reviewer, "at": OPENED_AT}
    return mutual_help.repay(helped, **{**back, **changes})


def test_a_gift_is_named_or_anonymous_and_fills_the_fund(fund, offices):
    named = give(fund, offices, donor=" 石榴市女企业家协会 ", purpose="给孩子上学的母亲")
    assert (named.donor, named.purpose) == ("石榴市女企业家协会", "给孩子上学的母亲")
    assert fund.moves.earliest("pk").donor == ""
    assert refreshed(fund).balance_fen == GIVEN_FEN + 5_000


@pytest.mark.parametrize("changes", [{"amount_fen": 0}, {"amount_fen": -1}, {"value_on": TODAY + timedelta(days=1)}])
def test_a_gift_is_some_money_that_came(fund, offices, changes):
    with pytest.raises(Invalid):
        give(fund, offices, **changes)
    assert refreshed(fund).balance_fen == GIVEN_FEN


def test_a_voucher_is_booked_once(fund, offices):
    give(fund, offices)
    with pytest.raises(VoucherUsed):
        give(fund, offices)
    assert fund.moves.filter(voucher_no="捐 1").count() == 1


def test_help_waits_for_a_second_person_and_then_stands_in_the_register(fund, offices):
    helped = proposed(fund, offices)
    assert refreshed(fund).balance_fen == GIVEN_FEN
    assert not HelpedMother.objects.exists()
    with pytest.raises(SamePerson):
        mutual_help.decide_help(helped, outcome=Outcome.APPROVED, by=offices.city_reviewer, at=OPENED_AT)
    agreed(helped, offices)
    assert refreshed(fund).balance_fen == GIVEN_FEN - HELP_FEN
    mother = HelpedMother.objects.get()
    assert (mother.name_masked, mother.amount_fen, mother.village) == ("谷••", HELP_FEN, offices.villages[0])
    assert mother.mutual_help_move.help == helped
    with pytest.raises(MoveNotOpen):
        agreed(helped, offices)
    assert not list(findings())


def test_help_that_was_refused_moves_nothing(fund, offices):
    helped = proposed(fund, offices)
    mutual_help.decide_help(helped, outcome=Outcome.REFUSED, by=offices.leader, at=OPENED_AT, reason="低保已经覆盖")
    assert refreshed(fund).balance_fen == GIVEN_FEN
    assert not HelpedMother.objects.exists()


def test_no_more_goes_out_than_is_there(fund, offices):
    with pytest.raises(MutualHelpExhausted) as refused:
        proposed(fund, offices, amount_fen=GIVEN_FEN + 1)
    assert refused.value.short_fen == 1
    first, second = (proposed(fund, offices, amount_fen=GIVEN_FEN) for _number in range(2))
    agreed(first, offices)
    with pytest.raises(MutualHelpExhausted):
        agreed(second, offices)
    # Nothing of the second stays: it still waits, and no mother stands in the register for it.
    assert MutualHelp.objects.get(pk=second.pk).decision.is_open
    assert HelpedMother.objects.count() == 1
    assert refreshed(fund).balance_fen == 0


def test_what_she_gives_back_helps_another_one(offices):
    helped = paid(offices)
    repay(helped, offices, amount_fen=HELP_FEN - 1)
    assert mutual_help.left_fen_of(helped) == 1
    with pytest.raises(MutualHelpRepaidTooMuch) as refused:
        repay(helped, offices, amount_fen=2, voucher_no="还 2")
    assert refused.value.short_fen == 1
    repay(helped, offices, amount_fen=1, voucher_no="还 2")
    assert refreshed(helped.fund).balance_fen == GIVEN_FEN
    assert not list(findings())


def test_nothing_comes_back_of_what_never_went_out(fund, offices):
    with pytest.raises(MutualHelpRepaidTooMuch):
        repay(proposed(fund, offices), offices)


def test_the_plan_repays_what_she_had_and_nothing_more(fund, offices):
    plan = mutual_help.plan_of(proposed(fund, offices, amount_fen=200_000))
    assert [part.amount_fen for part in plan] == [28_571] * 6 + [28_574]
    assert sum(part.amount_fen for part in plan) == 200_000
    year = OPENED_AT.year + 1
    assert [part.due_on for part in plan[:3]] == [date(year, 1, 31), date(year, 2, 28), date(year, 3, 31)]


def test_only_the_city_federation_keeps_it(fund, offices):
    helped = proposed(fund, offices)
    for other in (offices.town_reviewer, offices.finance_officer, offices.bank_officer, offices.clock):
        with pytest.raises(NotPermitted):
            give(fund, offices, by=other)
        with pytest.raises(NotPermitted):
            repay(helped, offices, by=other)
        with pytest.raises(NotPermitted):
            mutual_help.decide_help(helped, outcome=Outcome.APPROVED, by=other, at=OPENED_AT)


def test_it_has_no_pool_and_no_line_in_the_banks_ledger(offices):
    repay(paid(offices), offices)
    assert not GuaranteePool.objects.exists()
    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_verify_finds_what_got_past_the_triggers():
    offices = office_tree()
    helped = proposed(a_fund(offices), offices)
    install.drop_all(connection)
    try:
        back = {"fund": helped.fund, "help": helped, "kind": "repayment", "amount_fen": 7, "voucher_no": "X"}
        MutualHelpMove.objects.create(**back, value_on=TODAY, posted_by=offices.leader, posted_at=OPENED_AT)
    finally:
        install.create_all(connection)
    assert [one for one in findings() if "more came back than went out" in one]
    assert [one for one in findings() if "its rows sum to" in one]
