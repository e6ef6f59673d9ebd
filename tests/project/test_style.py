"""House rules that a linter can't know. A budget that is broken is an alarm: split the thing, or move the budget."""

import ast
from pathlib import Path

import pytest

from tests.project.sources import ROOT, functions, line_count, python_files, templates, tree_of

FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 250, 40, 100
# The machine of 28 moves is read in one piece.
LONG_FILES = {"workflows/models/application.py"}
# Names that say nothing of what is inside.
EMPTY_NAMES = {"utils", "util", "helpers", "common", "misc", "constants", "managers", "services"}
# Where "now" is read, and handed down from: the edge of the system.
EDGES = {"web", "api", "commands"}
EDGE_FILES = {"tasks.py", "edge.py"}
CLOCK_READS = {("timezone", "now"), ("timezone", "localdate"), ("datetime", "now"), ("date", "today"), ("time", "time")}


def test_no_file_is_longer_than_a_few_screens():
    long = {str(path): line_count(path) for path in python_files() if line_count(path) > FILE_LINES}
    assert {path: length for path, length in long.items() if path not in LONG_FILES} == {}


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Its length without what explains it."""
    first = function.body[0]
    is_explained = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    explanation = (first.end_lineno or 0) - first.lineno + 1 if is_explained else 0
    return (function.end_lineno or 0) - function.lineno + 1 - explanation


def test_no_function_is_longer_than_a_screen():
    long = {
        f"{path}:{function.name}": length
        for path in python_files()
        for function in functions(path)
        if (length := lines_of(function)) > FUNCTION_LINES
    }
    assert long == {}


def test_no_template_is_longer_than_two_screens():
    assert {str(path): line_count(path) for path in templates() if line_count(path) > TEMPLATE_LINES} == {}


def test_every_file_is_named_for_what_is_in_it():
    paths = [path for path in python_files() if path.parts[:2] != ("config", "settings")]
    assert [str(path) for path in paths if EMPTY_NAMES & {path.stem, *path.parts[:-1]}] == []


def is_edge(path: Path) -> bool:
    return path.name in EDGE_FILES or bool(EDGES & set(path.parts))


def clock_reads(path: Path) -> list[str]:
    return [
        f"{path}:{node.lineno}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in CLOCK_READS
        # `timezone.localdate(at)` reads no clock: it says which day a moment falls on.
        and not (node.func.attr == "localdate" and node.args)
    ]


def test_the_clock_is_read_at_the_edge_and_handed_down():
    assert [read for path in python_files() if not is_edge(path) for read in clock_reads(path)] == []


def test_reading_the_clock_is_noticed_where_it_happens():
    """The test above can fail: views and commands do read it."""
    assert any(clock_reads(path) for path in python_files() if is_edge(path))


def test_no_module_writes_a_model_in_its_save():
    overridden = [
        f"{path}:{function.name}"
        for path in python_files()
        if "models" in path.parts
        for function in functions(path)
        if function.name in {"save", "delete", "clean"}
    ]
    assert overridden == []


def test_the_only_signals_we_listen_to_are_the_two_of_migrate():
    listening = [
        str(path)
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.ImportFrom) and {"receiver", "Signal"} & {name.name for name in node.names})
        or (isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals")
    ]
    assert listening == ["records/apps.py"]


@pytest.mark.parametrize("mark", ["TODO", "FIXME", "XXX", "lorem ipsum"])
def test_nothing_is_left_for_later(mark):
    found = [str(path) for path in [*python_files(), *templates()] if mark in (ROOT / path).read_text(encoding="utf-8")]
    assert found == []
