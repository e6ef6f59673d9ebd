"""Processes race for one loan after the other: what each of them brings about, and whether the rows still agree."""

import json
import multiprocessing
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction

from loans.models import Loan, Repayment
from loans.servicing import record_repayment, reverse_repayment
from loans.statement import payoff_on
from loans.verification import findings
from records import engine
from records.models.machine import Machine
from records.refusals import Refusal
from records.triggers import install
from records.unit_of_work import unit_of_work
from tests.makers.loans import make_active_loan, make_policy, make_pool, moment
from tests.makers.people import Offices, office_tree

ROUNDS = 8
DAY = date(2026, 4, 20)
AT = moment(DAY)
PART_FEN = 100_000
CHANGES = {"penalty_margin_ppm": 500_000, "charges_compound_interest": True, "held_before_due_days": 10}

Way = Callable[[Loan, Offices, int], object]


def main() -> None:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        offices = office_tree()
        pool = make_pool(offices, programme=make_policy(offices, changes=CHANGES).programme, deposit_fen=10**11)
        loans = {name: [make_active_loan(pool, offices) for _ in range(ROUNDS)] for name in (*RACES, "without_locks")}
        for loan in loans["a_payment_and_a_reversal"]:
            pay(loan, offices, amount_fen=PART_FEN, serial=f"FIRST-{loan.number}")
    outcomes = {name: race(ways, loans[name], offices) for name, ways in RACES.items()}
    # The control: the same code, which no longer waits for whoever else writes to the loan.
    engine.lock = read_only  # type: ignore[assignment]
    install.drop_all(connection)
    outcomes["without_locks"] = race(RACES["a_pay_off_and_payments"], loans["without_locks"], offices)
    print(json.dumps(outcomes, ensure_ascii=False))  # noqa: T201 - this is what the program is for


def read_only(subject: Machine) -> Machine:
    return type(subject)._default_manager.get(pk=subject.pk)


def race(ways: Sequence[Way], loans: Sequence[Loan], offices: Offices) -> dict[str, Any]:
    """Each way is a process of its own; all begin with a loan at once. How often each answer came, what is wrong."""
    connections.close_all()  # no connection may be shared with a child
    fork = multiprocessing.get_context("fork")
    start, answers = fork.Barrier(len(ways)), fork.Queue()

    def run(racer: int, way: Way) -> None:
        told: Counter[str] = Counter()
        for loan in loans:
            start.wait(60)
            told[answer(way, loan, offices, racer)] += 1
        answers.put(told)

    racers = [fork.Process(target=run, args=one) for one in enumerate(ways)]
    for one in racers:
        one.start()
    told: Counter[str] = sum((answers.get(timeout=120) for _ in racers), Counter())
    for one in racers:
        one.join()
    rows = Counter(Repayment.objects.filter(loan__in=loans).values_list("loan", flat=True))
    return {"answers": dict(told), "rows": sorted(rows.values()), "findings": list(findings())}


def answer(way: Way, loan: Loan, offices: Offices, racer: int) -> str:
    """As the bank's page or system does it; each process has read the loan before the race."""
    try:
        unit_of_work(lambda: way(loan, offices, racer), by=offices.bank_officer, at=AT)
    except Refusal as refusal:
        return refusal.code
    except IntegrityError as error:
        return str(error).splitlines()[0]
    return "done"


def pay(loan: Loan, offices: Offices, *, amount_fen: int, serial: str) -> Repayment:
    by = offices.bank_officer
    return record_repayment(loan, amount_fen=amount_fen, value_on=DAY, bank_serial=serial, by=by, at=AT)


def the_same_serial(loan: Loan, offices: Offices, racer: int) -> object:
    return pay(loan, offices, amount_fen=PART_FEN, serial=f"SAME-{loan.number}")


def a_part(loan: Loan, offices: Offices, racer: int) -> object:
    return pay(loan, offices, amount_fen=PART_FEN, serial=f"PART-{loan.number}-{racer}")


def the_pay_off(loan: Loan, offices: Offices, racer: int) -> object:
    """The sum that was quoted before anybody else paid."""
    total_fen = payoff_on(Loan.objects.get(pk=loan.pk), on=DAY).total_fen
    return pay(loan, offices, amount_fen=total_fen, serial=f"ALL-{loan.number}-{racer}")


def the_reversal(loan: Loan, offices: Offices, racer: int) -> object:
    return reverse_repayment(
        Repayment.objects.get(bank_serial=f"FIRST-{loan.number}"),
        bank_serial=f"BACK-{loan.number}-{racer}",
        value_on=DAY,
        reason="扣错了人",
        by=offices.bank_officer,
        at=AT,
    )


RACES: dict[str, list[Way]] = {
    "one_serial": [the_same_serial] * 4,
    "a_payment_and_a_reversal": [a_part, the_reversal, the_reversal],
    # The two sums are quoted on the same morning: both together would be too much.
    "a_pay_off_and_payments": [the_pay_off, the_pay_off, a_part],
}
