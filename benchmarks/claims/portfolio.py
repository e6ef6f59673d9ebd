"""Very many loans, made from a few true ones: copied row by row inside the database, each with a woman of its own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, models

from accounts.models import User
from applicants.models import Applicant
from loans.models import GuaranteePool, Instalment, LedgerEntry, Loan
from loans.servicing import record_repayment
from records.triggers import install
from tests.makers.loans import make_active_loan, make_pool, moment
from tests.makers.people import Offices

PAID_ON, METHODS = date(2026, 2, 10), ("interest_only", "equal_instalment", "equal_principal")
QUARTER_ON, PAID_LATE_ON = date(2026, 4, 1), date(2026, 5, 5)


def make_portfolio(offices: Offices, *, loans: int) -> GuaranteePool:
    """So many loans in their second quarter: a third of each method, half of those repaid as planned, half late.

    The quarter of those who repay principal late is cut on the day when they do.
    """
    pool = make_pool(offices)
    sources = [_source(pool, offices, method, is_late=late) for late in (False, True) for method in METHODS]
    # What the triggers ask of each loan was asked of those that are copied.
    install.drop_all(connection)
    for number, loan in enumerate(sources, start=1):
        _copy(loan, copies=loans // len(sources), first_id=number * 10_000_000)
    install.create_all(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return pool


def _source(pool: GuaranteePool, offices: Offices, method: str, *, is_late: bool) -> Loan:
    loan = make_active_loan(pool, offices, method=method, paid_on=PAID_ON)
    for one in loan.instalments.filter(due_on__lt=date(2026, 6, 21)):
        paid_on = PAID_LATE_ON if is_late else one.due_on
        record_repayment(
            Loan.objects.get(pk=loan.pk),
            amount_fen=one.due_from_her_fen,
            value_on=paid_on,
            bank_serial=f"{loan.number}-{one.number}",
            by=offices.bank_officer,
            at=moment(paid_on, 18),
        )
    return loan


def _copy(loan: Loan, *, copies: int, first_id: int) -> None:
    its_id = f"{first_id} + g"
    _insert(User, {"id": loan.applicant.user_id}, copies, id=its_id, username=f"'copy {first_id} ' || g")
    person = {"id": its_id, "user_id": its_id, "id_no": "'x'", "id_index": f"'{first_id} ' || g"}
    _insert(Applicant, {"id": loan.applicant_id}, copies, **person)
    names = ("number", "contract_no", "bank_loan_no", "bank_serial")
    unique = {name: f"'{name[0]}{first_id // 10_000_000} ' || g" for name in names}
    _insert(Loan, {"id": loan.pk}, copies, id=its_id, applicant_id=its_id, guarantee_id="NULL", **unique)
    _insert(Instalment, {"loan_id": loan.pk}, copies, loan_id=its_id)
    entry = {"loan_id": its_id, "source": f"t.id || ':{first_id} ' || g"}
    _insert(LedgerEntry, {"loan_id": loan.pk}, copies, **entry)


def _insert(model: type[models.Model], where: Mapping[str, Any], copies: int, **changed: str) -> None:
    """Each row that fits, so many times; columns that are not named stay as they are, ids count on."""
    columns = [field.column for field in model._meta.concrete_fields]
    columns = [column for column in columns if column != "id" or "id" in changed]
    # Nobody signs in as one of them, and no two may share a code.
    wanted = [changed.get(column, "gen_random_uuid()" if column == "code" else f"t.{column}") for column in columns]
    ((key, value),) = where.items()
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(wanted)} "
            f"FROM {table} t, generate_series(1, {copies}) g WHERE t.{key} = %s",
            [value],
        )
