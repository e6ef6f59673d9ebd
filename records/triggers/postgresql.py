"""How PostgreSQL says it: each trigger has a function of its own name."""

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
    moment = f"BEFORE {trigger.event}" if isinstance(trigger, Guard) else "AFTER INSERT"
    name = trigger.name
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${text(trigger)}$$",
        f"CREATE OR REPLACE TRIGGER {name} {moment} ON {trigger.table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def text(trigger: Trigger) -> str:
    """The body of its function; PostgreSQL keeps it as it was written."""
    if isinstance(trigger, Guard):
        row = "OLD" if trigger.event == "DELETE" else "NEW"
        refusal = f"RAISE EXCEPTION '{trigger.code}' USING ERRCODE = '{ERRCODE}'"
        return f" BEGIN IF {trigger.when} THEN {refusal}; END IF; RETURN {row}; END "
    assert isinstance(trigger, Effect)
    return f" BEGIN {trigger.statement}; RETURN NULL; END "


def drop(name: str, table: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]
