"""Triggers are dropped before a migration and stand again after it, on both databases."""

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations import Migration

from records.triggers import install
from records.triggers.guards import Guard
from tests.toys.models import Lamp

NAME = "rule_toys_lamp_moves"


def warned() -> list[str]:
    return [str(message.msg) for message in run_checks(databases=["default"]) if message.id == "records.W001"]


def drop(name: str, table: str) -> None:
    with connection.cursor() as cursor:
        for statement in install.DIALECTS[connection.vendor].drop(name, table):
            cursor.execute(statement)


@pytest.mark.django_db
def test_every_trigger_stands_on_a_fresh_database():
    assert install.missing(connection) == []
    assert warned() == []
    assert {one.name for one in install.installed(connection)} == {trigger.name for trigger in install.wanted()}


@pytest.mark.django_db
def test_every_trigger_has_a_name_that_both_databases_keep_whole():
    names = [trigger.name for trigger in install.wanted()]
    assert len(names) == len(set(names))
    assert [name for name in names if len(name) > 63] == [], "PostgreSQL cuts names at 63 letters"
    assert [name for name in names if not name.startswith("rule_")] == [], "or nobody finds it again"


@pytest.mark.django_db
def test_a_missing_trigger_is_told_of_and_migrate_is_the_cure():
    drop(NAME, "toys_lamp")
    assert install.missing(connection) == [NAME]
    assert warned() == [f"trigger {NAME} is missing: run manage.py migrate"]
    install.create_all(connection)
    assert install.missing(connection) == []


@pytest.mark.django_db
def test_a_trigger_that_says_something_else_counts_as_missing():
    drop(NAME, "toys_lamp")
    toothless = Guard(NAME, "toys_lamp", "UPDATE", "1 = 2", "never")
    with connection.cursor() as cursor:
        for statement in install.DIALECTS[connection.vendor].create(toothless):
            cursor.execute(statement)
    assert install.missing(connection) == [NAME]


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_trigger_that_was_switched_off_counts_as_missing():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE toys_lamp DISABLE TRIGGER USER")
    assert NAME in install.missing(connection)


@pytest.mark.django_db(transaction=True)
def test_migrate_puts_back_what_is_missing():
    drop(NAME, "toys_lamp")
    call_command("migrate", verbosity=0, run_syncdb=True)
    assert install.missing(connection) == []


def alter_table() -> None:
    """What `migrate` does around a migration that alters a table."""
    plan = [(Migration("0002_alter", "toys"), False)]
    emit_pre_migrate_signal(0, False, "default", apps=apps, plan=plan)
    assert install.installed(connection) == []
    before = Lamp._meta.get_field("colour")
    after: models.CharField[str, str] = models.CharField(max_length=40, blank=True)
    after.set_attributes_from_name("colour")
    with connection.schema_editor() as editor:
        editor.alter_field(Lamp, before, after)
    with connection.schema_editor() as editor:
        editor.alter_field(Lamp, after, before)
    emit_post_migrate_signal(0, False, "default", apps=apps, plan=plan)


@pytest.mark.django_db(transaction=True)
def test_the_guards_survive_a_table_that_a_migration_makes_anew(offices):
    lamp = Lamp.objects.create(place=offices.towns[0])
    alter_table()
    assert install.missing(connection) == []
    with pytest.raises(IntegrityError, match="move_not_logged"), transaction.atomic():
        Lamp.objects.filter(pk=lamp.pk).update(state="ON")
    with pytest.raises(IntegrityError, match="subject_is_never_deleted"), transaction.atomic():
        lamp.delete()


@pytest.mark.django_db
def test_with_nothing_to_migrate_the_guards_stay_up_all_the_while():
    emit_pre_migrate_signal(0, False, "default", apps=apps, plan=[])
    assert install.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_a_failure_half_way_leaves_the_old_triggers(monkeypatch):
    broken = Guard("rule_broken", "toys_lamp", "UPDATE", "no such column", "never")
    wanted = [*install.wanted(), broken]
    monkeypatch.setattr(install, "wanted", lambda: wanted)
    with pytest.raises(Exception, match=r"(?i)syntax|column"):
        install.create_all(connection)
    monkeypatch.undo()
    assert install.missing(connection) == []
