"""`make bench` and docs/performance.md speak of the same things."""

import subprocess
import sys

from benchmarks.__main__ import BENCHMARKS
from benchmarks.schedule_engine.cases import INSTALMENTS, cases
from benchmarks.schedule_engine.ours import KINDS, terms_of
from loans.schedule import build
from tests.project.sources import ROOT

PERFORMANCE = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")


def test_every_benchmark_has_its_figures_in_the_document():
    assert {name for name in BENCHMARKS if f"\n## `{name}`" not in PERFORMANCE} == set()


def test_every_kind_of_loan_that_is_measured_is_in_the_document():
    assert {kind for kind in KINDS if f"| {kind} |" not in PERFORMANCE} == set()


def test_an_unknown_benchmark_is_told():
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks", "nothing"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 2
    assert "no benchmark is called nothing" in told.stderr


def test_every_kind_makes_whole_schedules_of_the_same_loans():
    # A settlement day cuts the first month short, and a prepayment has a row of its own.
    more = {"options": 1, "changes": 1}
    for kind in KINDS:
        for case in cases(every_start_new=kind.endswith("cold"))[:20]:
            rows = build(terms_of(case, kind))
            assert rows[-1].balance_fen == 0
            assert len(rows) == INSTALMENTS + more.get(kind, 0)
