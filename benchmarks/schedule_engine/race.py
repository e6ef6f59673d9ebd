"""The race: every runner in a process of its own, a round each in turn, the median of all rounds.

Others may be using the machine. Turns are short and interleaved, so that a busy minute falls on all runners, and
time is that of the CPU. Ratios are taken round by round before their median is: to loankit, and to a fixed loop
of plain Python that each runner times beside its own round.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.floor import ROUNDS
from benchmarks.schedule_engine.ours import KINDS
from benchmarks.schedule_engine.venvs import ROOT, NotInstalled, python_with

TURNS = 15
PEERS = {
    "loankit": "loankit==0.1.0",
    "repaykit": "repaykit==1.0.0",
    "amortization": "amortization==3.0.1",
    "numpy-financial": "numpy-financial==1.0.0",
}
WITHOUT_CENTS = {"amortization": "floats", "numpy-financial": "floats, unrounded"}
OURS = "30/360"


class Turn(NamedTuple):
    """One runner's round."""

    a_second: float
    a_floor: float
    """Schedules in the time of one floor loop."""


class Runner:
    """A process that waits for its turn."""

    def __init__(self, name: str, python: Path | str, module: str, *arguments: str) -> None:
        self.name = name
        self.turns: list[Turn] = []
        command = [str(python), "-m", f"benchmarks.schedule_engine.{module}", *arguments]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def take_turn(self) -> None:
        told = self._ask("round")
        self.turns.append(Turn(told["count"] / told["seconds"], told["count"] / told["seconds"] * told["floor"]))

    def rows(self) -> list[str]:
        """A digest of each schedule's principal and interest in fen."""
        return list(self._ask("rows"))

    def stop(self) -> None:
        self._process.communicate()

    def _ask(self, what: str) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(what, file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())


def run() -> None:
    with _runners() as runners:
        for runner in runners:
            runner.take_turn()  # to warm up: caches, and the processor's clock
            runner.turns.clear()
        for _ in range(TURNS):
            for runner in runners:
                runner.take_turn()
        by_name = {runner.name: runner for runner in runners}
        _print_figures(runners, by_name.get("loankit"))
        _print_agreement(by_name)


@contextmanager
def _runners() -> Iterator[list[Runner]]:
    runners = [Runner(kind, sys.executable, "ours", kind) for kind in KINDS]
    for name, requirement in PEERS.items():
        try:
            python = python_with(name, requirement)
        except NotInstalled as error:
            print(f"Not measured: {name}. {error}")
        else:
            runners.append(Runner(name, python, f"peer_{name.replace('-', '_')}"))
    try:
        yield runners
    finally:
        for runner in runners:
            runner.stop()


def _print_figures(runners: Iterable[Runner], loankit: Runner | None) -> None:
    print(f"Schedules of 24 instalments: the median of {TURNS} rounds in turn, by CPU time.")
    print(f"A floor is the time of {ROUNDS:,} steps of plain Python.\n")
    print(f"{'':30}{'a second':>10}{'lowest':>10}{'a floor':>9}{'to loankit':>12}")
    for runner in runners:
        rates = [turn.a_second for turn in runner.turns]
        a_floor = median(turn.a_floor for turn in runner.turns)
        line = f"{runner.name:30}{median(rates):>10,.0f}{min(rates):>10,.0f}{a_floor:>9,.0f}"
        print(f"{line}{_to_loankit(runner, loankit):>12}  {WITHOUT_CENTS.get(runner.name, '')}".rstrip())


def _to_loankit(runner: Runner, loankit: Runner | None) -> str:
    if loankit is None:
        return ""
    pairs = zip(runner.turns, loankit.turns, strict=True)
    return f"{median(ours.a_second / theirs.a_second for ours, theirs in pairs):.2f}"


def _print_agreement(by_name: dict[str, Runner]) -> None:
    ours = by_name[OURS].rows()
    print()
    for name in PEERS:
        if name in by_name:
            same = sum(one == other for one, other in zip(ours, by_name[name].rows(), strict=True))
            print(f"{name}: {same:,} of {len(ours):,} schedules are ours by 30/360 to the cent")
