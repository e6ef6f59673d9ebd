import json
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction

from applicants.models import Applicant
from loans import guarantees
from loans.models import Guarantee, GuaranteeMove, GuaranteePool
from loans.verification import findings
from records.refusals import Refusal
from records.triggers import install
from records.unit_of_work import unit_of_work
from tests.makers.loans import LOAN_FEN, PAID_ON, make_borrower, make_pool, make_programme, refreshed
from tests.makers.people import OPENED_AT, Offices, office_tree

PROCESSES, TRIES, ROOM = 16, 20, 50

Way = Callable[[GuaranteePool, Offices, Applicant, str], str]


def main() -> None:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        offices = office_tree()
        applicant = make_borrower(offices)
        pools = [
            make_pool(offices, programme=make_programme(f"race-{number}"), deposit_fen=ROOM * LOAN_FEN // 5)
            for number in range(3)
        ]
    outcomes = {
        "by_the_code": race(reserve, pools[0], offices, applicant),
        "naively_with_triggers": race(read_then_write, pools[1], offices, applicant),
    }
    install.drop_all(connection)
    outcomes["naively_without_triggers"] = race(read_then_write, pools[2], offices, applicant)
    print(json.dumps(outcomes, ensure_ascii=False))  # noqa: T201 - this is what the program is for


def race(way: Way, pool: GuaranteePool, offices: Offices, applicant: Applicant) -> dict[str, Any]:
    """What it came to: places taken as the racers count them and as the rows do, and how the others were refused."""
    connections.close_all()  # no connection may be shared with a child
    fork = multiprocessing.get_context("fork")
    start, answers = fork.Barrier(PROCESSES), fork.Queue()

    def run(racer: int) -> None:
        start.wait()
        answers.put(Counter(way(pool, offices, applicant, f"{pool.pk}-{racer}-{n}") for n in range(TRIES)))

    racers = [fork.Process(target=run, args=(racer,)) for racer in range(PROCESSES)]
    for one in racers:
        one.start()
    told: Counter[str] = sum((answers.get(timeout=120) for _ in racers), Counter())
    for one in racers:
        one.join()
    return {
        "taken": told.pop("taken"),
        "refused": dict(told),
        "rows": Guarantee.objects.filter(pool=pool).count(),
        "reserved_fen": refreshed(pool).reserved_fen,
        "findings": list(findings()),
    }


def reserve(pool: GuaranteePool, offices: Offices, applicant: Applicant, number: str) -> str:
    """As the guarantor's page does it."""
    try:
        unit_of_work(
            lambda: guarantees.reserve(
                pool,
                applicant=applicant,
                case_number=number,
                amount_fen=LOAN_FEN,
                letter_no=number,
                counter_guarantees=[],
                by=offices.guarantor_officer,
                at=OPENED_AT,
            ),
            by=offices.guarantor_officer,
            at=OPENED_AT,
        )
    except Refusal as refusal:
        return refusal.code
    return "taken"


def read_then_write(pool: GuaranteePool, offices: Offices, applicant: Applicant, number: str) -> str:
    """As one writes it who has not thought of the others: look whether there is room, then take it."""
    pool = refreshed(pool)
    if pool.available_fen < LOAN_FEN:
        return "no_room_seen"
    time.sleep(0.002)
    try:
        with transaction.atomic():
            guarantee = Guarantee.objects.create(
                pool=pool,
                applicant=applicant,
                case_number=number,
                letter_no=number,
                amount_fen=LOAN_FEN,
                made_by=offices.guarantor_officer,
                made_at=OPENED_AT,
            )
            GuaranteeMove.objects.create(
                guarantee=guarantee,
                pool=pool,
                kind="reserve",
                reserved_delta_fen=LOAN_FEN,
                value_on=PAID_ON,
                posted_by=offices.guarantor_officer,
                posted_at=OPENED_AT,
            )
            pool.reserved_fen += LOAN_FEN
            pool.save()
    except IntegrityError as error:
        return str(error).splitlines()[0]
    return "taken"
