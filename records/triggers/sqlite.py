"""How SQLite says it."""

from records.triggers.guards import Effect, Guard, Trigger

# Names and texts of the triggers that the file holds.
INSTALLED = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'rule\\_%' ESCAPE '\\'"


def create(trigger: Trigger) -> list[str]:
    return [text(trigger)]


def text(trigger: Trigger) -> str:
    """The statement that creates it; SQLite keeps it as it was written."""
    if isinstance(trigger, Guard):
        moment = f"BEFORE {trigger.event} ON {trigger.table}"
        refusal = f"SELECT RAISE(ABORT, '{trigger.code}')"
        return f"CREATE TRIGGER {trigger.name} {moment} WHEN {trigger.when} BEGIN {refusal}; END"
    assert isinstance(trigger, Effect)
    return f"CREATE TRIGGER {trigger.name} AFTER INSERT ON {trigger.table} BEGIN {trigger.statement}; END"


def drop(name: str, table: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {name}"]
