"""Every move of every machine has somebody who may make it, and every permission somebody who asks for it."""

from typing import Any

import pytest
from django.apps import apps

from accounts.roles import HEAD_ONLY, MACHINE_PERMISSIONS, OWN_CASE, PERMISSIONS
from records.engine import permission_of, transitions
from records.models.machine import Machine
from records.triggers.machines import documented_moves, state_field
from tests.project.sources import APPS, ROOT, python_files

MACHINES: list[Any] = [
    model for model in apps.get_models() if issubclass(model, Machine) and model._meta.app_label in APPS
]
HELD = OWN_CASE.union(*PERMISSIONS.values(), *MACHINE_PERMISSIONS.values())
MOVES = [(machine, move) for machine in MACHINES for move in sorted({one.name for one in transitions(machine)})]


@pytest.mark.parametrize(("machine", "move"), MOVES, ids=lambda part: getattr(part, "__name__", part))
def test_somebody_may_make_each_move(machine, move):
    assert permission_of(machine, move) in HELD


@pytest.mark.parametrize(("machine", "move"), MOVES, ids=lambda part: getattr(part, "__name__", part))
def test_each_move_says_what_it_means(machine, move):
    assert (getattr(machine, move).__doc__ or "").strip().endswith((".", "?"))


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.__name__)
def test_every_state_can_be_reached(machine):
    first = state_field(machine).get_default()
    reached = {str(first)} | {target for _move, _source, target in documented_moves(machine)}
    assert reached == {str(state) for state, _label in state_field(machine).flatchoices}


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.__name__)
def test_nobody_sets_its_state_by_assignment(machine):
    assert state_field(machine).protected
    with pytest.raises(AttributeError):
        machine().state = "ELSEWHERE"


def test_every_permission_is_asked_for_somewhere():
    """One that nobody asks for is a promise that the code doesn't keep."""
    sources = [path for path in python_files() if path.name != "roles.py"]
    text = "\n".join((ROOT / path).read_text(encoding="utf-8") for path in sources)
    asked = {permission for permission in HELD | HEAD_ONLY if f'"{permission}"' in text}
    assert (HELD | HEAD_ONLY) - asked == set()
