"""How PostgreSQL says it: each trigger has a function of its own name."""

from records.triggers.guards import Effect, Guard, Trigger

# check_violation, so that Django raises IntegrityError as on SQLite.
ERRCODE = "23514"


def create(trigger: Trigger) -> list[str]:
    if isinstance(trigger, Guard):
        row = "OLD" if trigger.event == "DELETE" else "NEW"
        refusal = f"RAISE EXCEPTION '{trigger.code}' USING ERRCODE = '{ERRCODE}'"
        body = f"IF {trigger.when} THEN {refusal}; END IF; RETURN {row};"
        moment = f"BEFORE {trigger.event}"
    else:
        assert isinstance(trigger, Effect)
        body = f"{trigger.statement}; RETURN NULL;"
        moment = "AFTER INSERT"
    return [
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
        f"CREATE TRIGGER {trigger.name} {moment} ON {trigger.table} FOR EACH ROW EXECUTE FUNCTION {trigger.name}()",
    ]


def drop(name: str, table: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]


INSTALLED = (
    "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE NOT t.tgisinternal AND t.tgname LIKE 'rule\\_%' AND c.relnamespace = current_schema()::regnamespace"
)
