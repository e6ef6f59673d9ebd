"""Draws the machines from their own declarations, so that no diagram can differ from the code."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override
from django_fsm import RETURN_VALUE

from accounts.models.organisation import OrganisationKind
from accounts.roles import HEAD_ONLY, MACHINE_PERMISSIONS, OWN_CASE, PERMISSIONS, Role
from loans.models import Loan, SubsidyClaim
from records.engine import permission_of, transitions
from records.models import Machine
from records.triggers.machines import state_field
from workflows.models import Application, Matter
from workflows.wording import MOVES

Words = Mapping[str, Promise | str]

# A move that leads out of so many states would cover the drawing; the table has it.
MANY = 4
LANGUAGE = "zh-hans"
BEGIN, END = "<!-- drawn by make docs -->", "<!-- end of drawing -->"

DOCUMENT = """# States and moves

Drawn from the code by `make docs`; a test fails when this page and the machines differ. Every move goes through
`records.engine.perform`, which locks the row, asks for version, state, permission and separation of duties, and writes
the log row that moves the subject ([ADR 3](adr/0003-log-row-drives-the-move.md)).

## Application

{application}

Moves that lead out of many states are only in the table. Where a policy has no publicity or no guarantor, the stage is
passed over.

{application_moves}

## Loan

{loan}

{loan_moves}

## Subsidy claim

What the bank asks the treasury for a quarter's interest; three working days for the bank, three for the guarantor,
five for the treasury (`loans/claims/clocks.py`).

{claim}

{claim_moves}

## Matter

What she puts to an office beside her application: who answers it and within how many working days stands in
`workflows/matter_kinds.py`.

{matter}

{matter_moves}
"""


def document() -> str:
    """The whole of docs/states.md."""
    with override(LANGUAGE):
        return DOCUMENT.format(
            application=diagram(Application, words=MOVES),
            application_moves=table(Application, words=MOVES),
            loan=diagram(Loan, words={}),
            loan_moves=table(Loan, words={}),
            claim=diagram(SubsidyClaim, words={}),
            claim_moves=table(SubsidyClaim, words={}),
            matter=diagram(Matter, words={}),
            matter_moves=table(Matter, words={}),
        )


def readme_with_diagram(readme: str) -> str:
    """The text of README.md with the application's diagram between its two marks."""
    before, _begin, rest = readme.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    with override(LANGUAGE):
        return f"{before}{BEGIN}\n{diagram(Application, words=MOVES)}\n{END}{after}"


def diagram(machine: type[Machine], *, words: Words) -> str:
    """A mermaid diagram of one machine, in the language that is active."""
    labels = _labels(machine)
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {state_field(machine).get_default()}"]
    lines += [f'    state "{label}" as {state}' for state, label in labels.items()]
    edges: dict[tuple[str, str], list[str]] = {}
    for move, pairs in _pairs(machine).items():
        if len({source for source, _target in pairs}) < MANY and len({target for _source, target in pairs}) < MANY:
            for pair in pairs:
                edges.setdefault(pair, []).append(str(words.get(move, move)))
    lines += [f"    {source} --> {target} : {' / '.join(moves)}" for (source, target), moves in edges.items()]
    return "\n".join([*lines, "```"])


def table(machine: type[Machine], *, words: Words) -> str:
    """Every move of one machine: its name, from where to where, who holds it, and what it says."""
    labels = _labels(machine)
    rows = ["| Move | | From → to | Who | |", "|---|---|---|---|---|"]
    for move, pairs in _pairs(machine).items():
        says = (getattr(machine, move).__doc__ or "").strip()
        who = _holders(permission_of(machine, move))
        rows.append(f"| `{move}` | {words.get(move, '')} | {_ways(pairs, labels)} | {who} | {says} |")
    return "\n".join(rows)


def _labels(machine: type[Machine]) -> dict[str, str]:
    return {str(state): str(label) for state, label in state_field(machine).flatchoices}


def _pairs(machine: type[Machine]) -> dict[str, list[tuple[str, str]]]:
    """The pairs (source, target) of each move, moves and states in the order of the machine."""
    order = list(_labels(machine))
    found: dict[str, list[tuple[str, str]]] = {}
    for one in transitions(machine):
        found.setdefault(one.name, []).extend((str(one.source), target) for target in _targets(one))
    return {
        move: sorted(pairs, key=lambda pair: [order.index(state) for state in pair]) for move, pairs in found.items()
    }


def _ways(pairs: list[tuple[str, str]], labels: dict[str, str]) -> str:
    """From where to where in words: sources that lead to the same states are told together."""
    targets: dict[str, list[str]] = {}
    for source, target in pairs:
        targets.setdefault(source, []).append(labels[target])
    sources: dict[str, list[str]] = {}
    for source, reached in targets.items():
        # What leads to so many states leads back to where the subject was.
        sources.setdefault("where it was" if len(reached) >= MANY else " · ".join(reached), []).append(labels[source])
    return "<br>".join(f"{' · '.join(names)} → {reached}" for reached, names in sources.items())


def _targets(one: Any) -> list[str]:
    targets = one.target.allowed_states if isinstance(one.target, RETURN_VALUE) else [one.target]
    return [str(target) for target in targets]


def _holders(permission: str) -> str:
    holders = ["申请人本人"] if permission in OWN_CASE else []
    holders += [str(Role(role).label) for role, granted in PERMISSIONS.items() if permission in granted]
    machines = [OrganisationKind(kind).label for kind, granted in MACHINE_PERMISSIONS.items() if permission in granted]
    holders += [f"{kind}的系统" for kind in machines]
    return " · ".join(holders) + ("（负责人）" if permission in HEAD_ONLY else "")
