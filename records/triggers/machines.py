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
    moves = documented_moves(subject)
    return [
        *_of_subject(subject, log._meta.db_table, moves),
        *_of_log(log._meta.db_table, subject._meta.db_table, moves),
    ]


def _of_subject(subject: type[Machine], log_table: str, moves: list[tuple[str, str, str]]) -> list[Trigger]:
    """It begins in its first state, is never deleted, and changes its state only where its log says so."""
    table, first = subject._meta.db_table, state_field(subject).get_default()
    pairs = ", ".join(sorted({f"('{source}', '{target}')" for _move, source, target in moves}))
    begins = f"NEW.state <> '{first}' OR NEW.version <> 0"
    moved = (
        "(NEW.state <> OLD.state OR NEW.version <> OLD.version) AND ("
        f"(OLD.state, NEW.state) NOT IN (VALUES {pairs}) OR NEW.version <> OLD.version + 1 OR NOT EXISTS ("
        f"SELECT 1 FROM {log_table} t WHERE t.subject_id = NEW.id AND t.version = NEW.version "
        "AND t.source = OLD.state AND t.target = NEW.state))"
    )
    return [
        Guard(f"rule_{table}_starts", table, "INSERT", begins, "not_in_first_state"),
        Guard(f"rule_{table}_stays", table, "DELETE", "TRUE", "subject_is_never_deleted"),
        Guard(f"rule_{table}_moves", table, "UPDATE", moved, "move_not_logged"),
    ]


def _of_log(log_table: str, table: str, moves: list[tuple[str, str, str]]) -> list[Trigger]:
    """A row tells a documented move from where the subject is, and carries it out."""
    triples = ", ".join(f"('{move}', '{source}', '{target}')" for move, source, target in moves)
    strays = (
        f"(NEW.move, NEW.source, NEW.target) NOT IN (VALUES {triples}) OR NOT EXISTS ("
        f"SELECT 1 FROM {table} s WHERE s.id = NEW.subject_id AND s.state = NEW.source "
        "AND s.version = NEW.version - 1)"
    )
    drives = f"UPDATE {table} SET state = NEW.target, version = NEW.version WHERE id = NEW.subject_id"
    return [
        Guard(f"rule_{log_table}_fits", log_table, "INSERT", strays, "move_not_documented"),
        Effect(f"rule_{log_table}_drives", log_table, drives),
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
