"""docs/money.md says what the code does: its table of accounts, and its example, carried out."""

import re
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from loans import compensation, ledger
from loans.claims.quarter import quarters_through
from loans.models import ClaimLine, LedgerEntry, Loan, Repayment
from loans.money import format_yuan, parse_yuan
from loans.penalty import ServicingTerms
from loans.plan_editions import extended
from loans.schedule import build
from loans.servicing import position, record_repayment
from loans.verification import findings
from records.models.decision import Outcome
from tests.loans.repayments import position as late
from tests.loans.repayments import repayment
from tests.loans.schedules import QUARTERLY_ON_THE_20TH
from tests.makers.claims import made
from tests.makers.loans import compensated, make_active_loan, make_policy, make_pool, moment, refreshed, written_off
from workflows.demo.policy import TERMS

SERVICING = (
    "penalty_margin_ppm",
    "charges_compound_interest",
    "allocation_order",
    "principal_first_after_days",
    "held_before_due_days",
)
PAGE = Path(settings.BASE_DIR, "docs", "money.md").read_text()


def table(header: str) -> list[tuple[str, ...]]:
    """The rows of the table under that header line."""
    _before, _header, after = PAGE.partition(f"{header}\n")
    assert _header, f"the page has no table {header}"
    rows = re.match(r"\|[-|]+\|\n((?:\|.*\|\n)+)", after)
    assert rows is not None
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows[1].splitlines()]


def test_the_page_has_the_whole_table_of_accounts():
    rows = table("| Reason | Debit | Credit | When |")
    assert [row[:3] for row in rows] == [
        (str(reason), str(debit), str(credit)) for reason, (debit, credit) in ledger.ACCOUNTS.items()
    ]


def test_the_page_has_the_figures_of_the_demo_policy():
    for column, _, figure in table("| Column | What it says | Demo (an assumption) |"):
        assert str(TERMS[column]) == figure


def test_late_and_early_money_is_counted_as_the_page_says(offices):
    policy = make_policy(offices, changes={column: TERMS[column] for column in SERVICING})
    loan = make_active_loan(make_pool(offices, programme=policy.programme), offices)
    rows = table("| She pays | Counted | Penalty | Compound | Interest | Principal | Held |")
    assert len(rows) == 7
    for paid, counted, *parts in rows:
        amount, _, paid_on = paid.partition(" on ")
        on = date.fromisoformat(counted.removeprefix("by "))
        with transaction.atomic():
            first = {"amount_fen": 6_875, "value_on": date(2026, 3, 21), "bank_serial": "R1"}
            then = {"amount_fen": parse_yuan(amount), "value_on": date.fromisoformat(paid_on), "bank_serial": "R2"}
            Repayment.objects.bulk_create(
                Repayment(loan=loan, recorded_by=offices.bank_officer, recorded_at=moment(on), **given)
                for given in (first, then)
            )
            got = position(Loan.objects.get(pk=loan.pk), on=on).allocations[1]
            transaction.set_rollback(True)
        figures = (got.penalty_fen, got.compound_fen, got.interest_fen, got.principal_fen, got.held_fen)
        assert [format_yuan(fen) for fen in figures] == parts, paid


def test_ten_days_late_cost_what_the_page_says():
    on = date(2027, 3, 20)
    terms = ServicingTerms(penalty_margin_ppm=TERMS["penalty_margin_ppm"], charges_compound_interest=True)
    paid = [repayment(row.due_on, row.interest_fen, f"r{row.number}") for row in build(QUARTERLY_ON_THE_20TH)]
    now = late(QUARTERLY_ON_THE_20TH, paid, on, servicing_terms=terms)
    figures = map(
        format_yuan, (now.principal_outstanding_fen, now.interest_unpaid_fen, now.penalty_unpaid_fen, now.payoff_fen)
    )
    said = "principal {},\ninterest {}, penalty {}, together {}.".format(*figures)
    assert said in PAGE


def test_an_extended_plan_is_as_the_page_shows_it(offices, loan):
    rows = [
        (one.due_on.isoformat(), *map(format_yuan, (one.principal_fen, one.interest_fen, one.subsidy_fen)))
        for one in extended(loan, until=date(2027, 9, 10))
    ]
    assert rows == table("| Due | Principal | Interest | Subsidy |")


def test_the_example_is_what_the_service_books(offices):
    pool = make_pool(offices)
    loan = make_active_loan(pool, offices)
    record_repayment(
        loan,
        amount_fen=2_006_875,
        value_on=date(2026, 3, 21),
        bank_serial="R1",
        by=offices.bank_officer,
        at=moment(date(2026, 3, 21)),
    )
    claimed = compensated(loan, offices, at=moment(date(2026, 9, 20)))
    at = moment(date(2026, 11, 2))
    proposal = compensation.propose_recovery(
        claimed, recovered_fen=1_000_000, value_on=at.date(), voucher_no="追 1", by=offices.bank_officer, at=at
    )
    compensation.decide_recovery(proposal, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=at)
    written_off(claimed, offices, at=moment(date(2027, 5, 10)))

    booked = [
        (entry.value_on.isoformat(), entry.reason, entry.debit, entry.credit, format_yuan(entry.amount_fen))
        for entry in LedgerEntry.objects.order_by("pk")
    ]
    assert booked == table("| Value date | Reason | Debit | Credit | Yuan |")

    balances = {
        (str(account), format_yuan(fen))
        for account, fen in ledger.trial_balance(LedgerEntry.objects.all()).items()
        if fen
    }
    assert balances == set(table("| Account | Yuan |"))
    pool = refreshed(pool)
    assert f"holds {format_yuan(pool.fund_balance_fen)} and carries {format_yuan(pool.capacity_fen)}" in PAGE
    assert not list(findings())


def test_the_claimed_year_is_what_the_service_claims(offices):
    pool = make_pool(offices, programme=make_policy(offices, changes={"subsidy_regime": "C"}).programme)
    loan, end_on = make_active_loan(pool, offices), date(2027, 3, 10)
    record_repayment(
        loan,
        amount_fen=5_228_125,
        value_on=end_on,
        bank_serial="R1",
        by=offices.bank_officer,
        at=moment(end_on),
    )
    told = []
    for quarter in quarters_through(date(2026, 3, 10), date(2027, 3, 21)):
        line = made(pool, offices, quarter).lines.get()
        days = [one for one in line.segments.all() if one.subsidised_fen]
        from_to = (days[0].from_on.isoformat(), days[-1].to_on.isoformat())
        told.append((*from_to, str(line.days), format_yuan(line.interest_fen), format_yuan(line.ours_fen)))
    assert told == table("| From | To | Days | Interest | Claimed |")
    total_fen = sum(line.ours_fen for line in ClaimLine.objects.all())
    assert f"Together {format_yuan(total_fen)}:" in PAGE
