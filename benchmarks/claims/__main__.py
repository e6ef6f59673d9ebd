"""python -m benchmarks.claims: a quarter's subsidy of many loans on PostgreSQL, computed, and written as a claim."""

import os
from statistics import median
from time import perf_counter, process_time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
django.setup()

from django.db import connection, transaction  # noqa: E402

from benchmarks.claims.portfolio import QUARTER_ON, make_portfolio  # noqa: E402
from benchmarks.floor import floor_seconds  # noqa: E402
from loans.claims import lives, making  # noqa: E402
from loans.claims.figures import figures_of  # noqa: E402
from loans.claims.quarter import quarter_of  # noqa: E402
from loans.models import ClaimSegment, Loan  # noqa: E402
from tests.makers.loans import moment  # noqa: E402
from tests.makers.people import office_tree  # noqa: E402

LOANS, ROUNDS = 99_000, 3


def main() -> None:
    connection.settings_dict["TEST"]["MIGRATE"] = False
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with transaction.atomic():
            offices = office_tree()
        pool = make_portfolio(offices, loans=LOANS)
        quarter, count = quarter_of(QUARTER_ON), Loan.objects.count()
        load = os.getloadavg()[0]
        print(f"{count} loans, {connection.vendor}, load {load:.1f}, floor {floor_seconds() * 1000:.0f} ms")

        arithmetic = []
        for _round in range(ROUNDS):
            read = [one for chunk in lives.chunks(Loan.objects.all(), before=quarter.to_on) for one in chunk]
            began = process_time()
            sums_fen = sum(figures_of(one.life, quarter).subsidy_fen for one in read)
            arithmetic.append(process_time() - began)
        print(f"arithmetic, CPU time {count / median(arithmetic):>9,.0f} loans/s  ({sums_fen / 100:,.2f} yuan)")

        whole = []
        for _round in range(ROUNDS):
            began = perf_counter()
            for chunk in lives.chunks(Loan.objects.all(), before=quarter.to_on):
                for one in chunk:
                    figures_of(one.life, quarter)
            whole.append(perf_counter() - began)
        print(f"read and computed    {count / median(whole):>9,.0f} loans/s")

        at = moment(quarter.to_on)
        began, began_cpu = perf_counter(), process_time()
        claim = making.open_claim(pool, quarter, by=offices.bank_officer, at=at)
        while making.compute_some(claim, at=at):
            pass
        seconds, cpu_seconds = perf_counter() - began, process_time() - began_cpu
        print(f"written as a claim   {count / seconds:>9,.0f} loans/s  ({cpu_seconds / seconds:.0%} of it here)")
        segments = ClaimSegment.objects.filter(line__claim=claim).count()
        print(f"{claim.lines.count()} lines, {segments} segments, load {os.getloadavg()[0]:.1f}")
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
