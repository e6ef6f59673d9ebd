"""How PostgreSQL says it: each trigger has a function of its own name."""

import re

from records.triggers.guards import Effect, Guard, Trigger

# check_violation, so that Django raises IntegrityError as on SQLite.
ERRCODE = "23514"

# Names and texts of the triggers that the schema holds; one that was switched off counts as absent.
INSTALLED = (
    "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' "
    "AND t.tgname LIKE 'rule\\_%' AND c.relnamespace = current_schema()::regnamespace"
)


def create(trigger: Trigger) -> list[str]:
    name, table = trigger.name, trigger.table
    moment, each = f"AFTER INSERT ON {table}", "ROW"
    if isinstance(trigger, Guard) and trigger.at_once:
        row = _row_of(trigger)
        moment, each = f"AFTER {trigger.event} ON {table} REFERENCING {row} TABLE AS changed", "STATEMENT"
    elif isinstance(trigger, Guard):
        moment = f"BEFORE {trigger.event} ON {table}"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${text(trigger)}$$",
        f"CREATE OR REPLACE TRIGGER {name} {moment} FOR EACH {each} EXECUTE FUNCTION {name}()",
    ]


def text(trigger: Trigger) -> str:
    """The body of its function; PostgreSQL keeps it as it was written."""
    if isinstance(trigger, Guard):
        row = _row_of(trigger)
        refusal = f"RAISE EXCEPTION '{trigger.code}' USING ERRCODE = '{ERRCODE}'"
        if trigger.at_once:
            when = re.sub(rf"\b{row}\.", "r.", trigger.when)
            return f" BEGIN IF EXISTS (SELECT 1 FROM changed r WHERE {when}) THEN {refusal}; END IF; RETURN NULL; END "
        return f" BEGIN IF {trigger.when} THEN {refusal}; END IF; RETURN {row}; END "
    assert isinstance(trigger, Effect)
    return f" BEGIN {trigger.statement}; RETURN NULL; END "


def _row_of(guard: Guard) -> str:
    return "OLD" if guard.event == "DELETE" else "NEW"


def drop(name: str, table: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]
