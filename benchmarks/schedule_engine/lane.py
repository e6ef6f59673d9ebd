"""One runner's process: it runs a round or shows its rows when the race asks for it."""

import json
import sys
from collections.abc import Callable, Iterable
from hashlib import sha256
from time import process_time

from benchmarks.floor import floor_seconds

PrincipalAndInterest = Iterable[tuple[int, int]]


def serve(
    run: Callable[[], int],
    *,
    rows: Callable[[], Iterable[PrincipalAndInterest]],
    before: Callable[[], None] | None = None,
) -> None:
    """Answer `round` and `rows`, one JSON line each. `run` makes all schedules and says how many it made."""
    for line in sys.stdin:
        if line.strip() == "rows":
            answer: object = [_digest(schedule) for schedule in rows()]
        else:
            answer = _measured(run, before)
        print(json.dumps(answer), flush=True)


def _measured(run: Callable[[], int], before: Callable[[], None] | None) -> dict[str, float]:
    floor = floor_seconds()
    if before is not None:
        before()
    began = process_time()
    count = run()
    return {"count": count, "seconds": process_time() - began, "floor": min(floor, floor_seconds())}


def _digest(schedule: PrincipalAndInterest) -> str:
    """A schedule's rows in fen, short enough to send."""
    return sha256(repr([(int(principal), int(interest)) for principal, interest in schedule]).encode()).hexdigest()
