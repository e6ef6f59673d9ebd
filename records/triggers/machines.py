"""Triggers that follow from the models: machines move only as documented, permanent rows stay as they are."""

from typing import Any

from django.apps import apps
from django.db.models import Model
from django_fsm import RETURN_VALUE

from accounts.models import WorkingDay
from records.models.machine import Machine, Transition
from records.models.permanent import Permanent
from records.triggers.guards import Effect, Guard, Trigger


def derived() -> list[Trigger]:
    """Every trigger that follows from the models that are installed."""
    # Announced working days are permanent as well; their room can't know of ours.
    triggers: list[Trigger] = permanent(WorkingDay)
    for model in apps.get_models():
        if issubclass(model, Permanent):
            triggers += permanent(model)
        if issubclass(model, Transition):
            triggers += machine(model)
    return triggers


def permanent(model: type[Model]) -> list[Trigger]:
    table = model._meta.db_table
    return [
        Guard(f"rule_{table}_unchanged", table, "UPDATE", "TRUE", "row_is_permanent"),
        Guard(f"rule_{table}_undeleted", table, "DELETE", "TRUE", "row_is_permanent"),
    ]


def machine(log: type[Transition]) -> list[Trigger]:
    """The guards of a machine and of its log; the log row is what moves the subject."""
    subject = subject_of(log)
    table, log_table = subject._meta.db_table, log._meta.db_table
    first = state_field(subject).get_default()
    moves = documented_moves(subject)
    triples = ", ".join(f"('{move}', '{source}', '{target}')" for move, source, target in moves)
    pairs = ", ".join(sorted({f"('{source}', '{target}')" for _move, source, target in moves}))
    return [
        Guard(
            f"rule_{table}_starts",
            table,
            "INSERT",
            f"NEW.state <> '{first}' OR NEW.version <> 0",
            "not_in_first_state",
        ),
        Guard(f"rule_{table}_stays", table, "DELETE", "TRUE", "subject_is_never_deleted"),
        Guard(
            f"rule_{table}_moves",
            table,
            "UPDATE",
            "(NEW.state <> OLD.state OR NEW.version <> OLD.version) AND ("
            f"(OLD.state, NEW.state) NOT IN (VALUES {pairs}) OR NEW.version <> OLD.version + 1 OR NOT EXISTS ("
            f"SELECT 1 FROM {log_table} t WHERE t.subject_id = NEW.id AND t.version = NEW.version "
            "AND t.source = OLD.state AND t.target = NEW.state))",
            "move_not_logged",
        ),
        Guard(
            f"rule_{log_table}_fits",
            log_table,
            "INSERT",
            f"(NEW.move, NEW.source, NEW.target) NOT IN (VALUES {triples}) OR NOT EXISTS ("
            f"SELECT 1 FROM {table} s WHERE s.id = NEW.subject_id AND s.state = NEW.source "
            "AND s.version = NEW.version - 1)",
            "move_not_documented",
        ),
        Effect(
            f"rule_{log_table}_drives",
            log_table,
            f"UPDATE {table} SET state = NEW.target, version = NEW.version WHERE id = NEW.subject_id",
        ),
    ]


def documented_moves(subject: type[Machine]) -> list[tuple[str, str, str]]:
    """(move, source, target) of every declared transition, those that return to a remembered state spelled out."""
    found: list[tuple[str, str, str]] = []
    for one in state_field(subject).get_all_transitions(subject):
        targets = one.target.allowed_states if isinstance(one.target, RETURN_VALUE) else [one.target]
        found += [(one.name, str(one.source), str(target)) for target in targets]
    return sorted(found)


def subject_of(log: type[Transition]) -> type[Machine]:
    options: Any = log._meta
    subject: type[Machine] = options.get_field("subject").related_model
    return subject


def state_field(subject: type[Machine]) -> Any:
    options: Any = subject._meta
    return options.get_field("state")
