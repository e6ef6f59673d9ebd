"""Repayments and entries that can't be true."""

from datetime import date
from typing import Any

from loans.models import LedgerEntry, Repayment
from tests.loans.triggers.attacks.scene import AT, Scene, attack, sql
from tests.makers.loans import PAID_ON


@attack("loan_is_not_paid_out")
def a_repayment_before_the_money(scene: Scene) -> None:
    repayment_row(scene, loan=scene.approved)


@attack("reversal_is_no_mirror")
def a_reversal_of_another_amount(scene: Scene) -> None:
    repayment_row(scene, loan=scene.active, amount_fen=1, reverses=scene.repayment, reason="记错")


@attack("reversal_is_no_mirror")
def a_reversal_before_its_repayment(scene: Scene) -> None:
    repayment_row(
        scene, loan=scene.active, amount_fen=100_000, reverses=scene.repayment, reason="记错", value_on=date(2026, 3, 9)
    )


def repayment_row(scene: Scene, **changes: Any) -> None:
    columns = {"value_on": PAID_ON, "amount_fen": 100, "bank_serial": "X"}
    row = Repayment(recorded_by=scene.offices.bank_officer, recorded_at=AT, **{**columns, **changes})
    row.save(force_insert=True)


@attack("row_is_permanent")
def an_edited_repayment(scene: Scene) -> None:
    sql("UPDATE loans_repayment SET amount_fen = 1")


@attack("row_is_permanent")
def an_edited_entry(scene: Scene) -> None:
    sql("UPDATE loans_ledgerentry SET amount_fen = 1")


@attack("row_is_permanent")
def a_deleted_entry(scene: Scene) -> None:
    sql("DELETE FROM loans_ledgerentry")


@attack("row_is_permanent")
def a_moved_deposit(scene: Scene) -> None:
    sql("UPDATE loans_fundmove SET value_on = '2026-01-01'")


@attack("entry_is_not_in_the_table")
def an_entry_between_accounts_that_do_not_meet(scene: Scene) -> None:
    entry_row(scene, reason="deposit", debit="pool_deposit", credit="bank_funds")


@attack("entry_is_not_in_the_table")
def an_entry_the_wrong_way_round(scene: Scene) -> None:
    entry_row(scene, reason="deposit", debit="treasury", credit="pool_deposit")


@attack("reversal_is_no_mirror")
def a_reversal_of_another_sum(scene: Scene) -> None:
    entry = LedgerEntry.objects.filter(reason="deposit").latest("pk")
    entry_row(scene, reason="deposit", debit=entry.credit, credit=entry.debit, amount_fen=1, reverses=entry)


@attack("write_off_takes_two_people")
def a_loss_that_nobody_agreed_on(scene: Scene) -> None:
    entry_row(scene, loan=scene.active, reason="fund_loss", debit="fund_loss", credit="claim_principal")


def entry_row(scene: Scene, **changes: Any) -> None:
    columns = {"amount_fen": 100, "value_on": PAID_ON, "source": "x"}
    row = LedgerEntry(pool=scene.pool, posted_by=scene.offices.finance_officer, posted_at=AT, **{**columns, **changes})
    row.save(force_insert=True)
