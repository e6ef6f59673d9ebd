"""The trial balance of any day foots to nil, and both books go along as a file."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from openpyxl import load_workbook

from loans.ledger import trial_balance, turnovers
from loans.models import LedgerEntry
from loans.web.pool_books import turned_in
from tests.makers.loans import compensated, make_active_loan, moment, recovered, written_off
from tests.workflows.web.offices_at_work import browser_of, page_of

TODAY = date(2026, 8, 26)


@pytest.fixture(autouse=True)
def august() -> Iterator[None]:
    with time_machine.travel(moment(TODAY), tick=False):
        yield


@pytest.fixture
def busy(pool, offices):
    """Money in, a loan out, a compensation, a recovery, a loss."""
    loan = compensated(make_active_loan(pool, offices), offices, at=moment(date(2026, 6, 20)))
    recovered(loan, offices, recovered_fen=1_111_112, at=moment(date(2026, 7, 1)))
    written_off(loan, offices, at=moment(date(2026, 8, 3)))
    return pool


@pytest.fixture
def finance(offices):
    return browser_of(offices.finance_officer)


@pytest.mark.parametrize("on", [date(2025, 1, 1), date(2026, 3, 10), date(2026, 6, 20), date(2026, 7, 1), TODAY])
def test_both_sides_are_even_on_any_day(busy, on):
    sums = [row.sums_fen for row in turned_in(busy, on=on)]
    debited, credited, debit, credit = (sum(column) for column in zip(*sums, strict=True)) if sums else (0, 0, 0, 0)
    assert debited == credited
    assert debit == credit
    assert bool(sums) == (on.year > 2025)


def test_turnovers_and_balances_tell_the_same(busy):
    entries = LedgerEntry.objects.all()
    turned = turnovers(entries)
    assert {account: one - other for account, (one, other) in turned.items()} == trial_balance(entries)
    assert sum(one for one, _other in turned.values()) == sum(entries.values_list("amount_fen", flat=True))


def test_the_page_shows_the_day_that_is_asked_for(busy, finance):
    url = f"/pool/{busy.pk}/accounts"
    assert "基金损失" in page_of(finance.get(url))
    march = page_of(finance.get(f"{url}?on=2026-03-10"))
    assert "基金损失" not in march
    assert "50,000.00" in march
    assert "到这一天还没有记过账" in page_of(finance.get(f"{url}?on=2025-01-01"))
    assert "基金损失" in page_of(finance.get(f"{url}?on=gestern"))


def test_the_files_foot_as_the_pages_do(busy, finance):
    accounts = rows_of(finance.get(f"/pool/{busy.pk}/accounts.xlsx"))
    assert round(sum(row[1] for row in accounts) - sum(row[2] for row in accounts), 2) == 0
    book = rows_of(finance.get(f"/pool/{busy.pk}/fund.xlsx?year=2026"))
    assert book[0][4] == 0
    assert round(book[0][4] + sum(row[3] for row in book[1:]) - book[-1][4], 2) == 0
    assert [row[0] for row in book[1:]] == ["存入", "代偿支出", "追回"]
    assert all(isinstance(row[5], str) for row in book[1:])


def rows_of(response) -> list[tuple[Any, ...]]:
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    return list(sheet.iter_rows(min_row=3, values_only=True))


@pytest.mark.parametrize("who", ["helper", "town_reviewer", "auditor"])
def test_nobody_else_reads_the_books(busy, offices, who):
    browser = browser_of(getattr(offices, who))
    for page in ("accounts", "accounts.xlsx", "fund.xlsx"):
        assert browser.get(f"/pool/{busy.pk}/{page}").status_code == 404


def test_the_finance_bureau_sees_the_months_ahead(pool, loan, finance):
    text = page_of(finance.get("/finance")).replace("\N{NO-BREAK SPACE}", " ")
    assert "1 元代偿 = 5 元额度" in text
    assert "到 2027 年 8 月 26 日在保和预留 0 元，还能用 500 万元。" in text
    assert text.count('fill="#9D1F45"') >= 13
