"""python -m benchmarks [NAME…]: measure, and print what docs/performance.md is written from.

A slow machine is no fault: no figure makes this fail.
"""

from argparse import ArgumentParser
from collections.abc import Callable

from benchmarks.claims import measuring as claims
from benchmarks.schedule_engine import race
from benchmarks.slow import measuring

BENCHMARKS: dict[str, Callable[[], None]] = {
    "schedule_engine": race.run,
    "claims": claims.run,
    "slow": measuring.run,
}


def main() -> None:
    parser = ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all of them if none")
    names = parser.parse_args().names
    for unknown in set(names) - set(BENCHMARKS):
        parser.error(f"no benchmark is called {unknown}")
    for name in names or BENCHMARKS:
        print(f"\n{name}\n{'=' * len(name)}")
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
