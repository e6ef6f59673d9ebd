from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations import Migration

from loans.triggers import TRIGGERS
from loans.verification import findings
from records.triggers import install
from tests.loans.triggers.attacks import ATTACKS, Scene, a_scene
from tests.makers.people import Offices, office_tree


@pytest.fixture
def scene(offices: Offices) -> Scene:
    return a_scene(offices)


def refusal_of(name: str, scene: Scene) -> str:
    """What the database says to the attack; nothing of it stays."""
    _code, act = ATTACKS[name]
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        act(scene)
    return str(refused.value)


@pytest.mark.parametrize("name", ATTACKS)
def test_the_database_refuses(name, scene):
    assert ATTACKS[name][0] in refusal_of(name, scene)
    assert not list(findings())


def test_every_rule_of_ours_is_tried():
    tried = {code for code, _act in ATTACKS.values()}
    # Over the limit needs a compensation first: tests/loans/test_over_limit.py.
    assert {trigger.code for trigger in TRIGGERS if hasattr(trigger, "code")} <= tried | {"pool_over_limit"}


@pytest.mark.django_db(transaction=True)
def test_every_rule_survives_an_altered_table():
    """To alter a table SQLite builds it anew and forgets its triggers; `migrate` makes them again."""
    with every_table_altered():
        assert install.missing(connection) == []
        with transaction.atomic():
            scene = a_scene(office_tree())
        for name, (code, _act) in ATTACKS.items():
            assert code in refusal_of(name, scene), name
        assert not list(findings())


@pytest.mark.django_db(transaction=True)
def test_without_the_triggers_the_database_would_take_it():
    """The tests above see the triggers at work, and not something else that happens to refuse."""
    with transaction.atomic():
        scene = a_scene(office_tree())
    install.drop_all(connection)
    try:
        ATTACKS["a_promise_that_reserves_less_than_it_says"][1](scene)
        ATTACKS["committed_by_hand"][1](scene)
        ATTACKS["another_rate"][1](scene)
        ATTACKS["an_edited_entry"][1](scene)
    finally:
        install.create_all(connection)
    assert len(list(findings())) >= 4


@contextmanager
def every_table_altered() -> Iterator[None]:
    """As a migration does it, for one column of each table; put back afterwards."""
    altered = [
        model for model in apps.get_app_config("loans").get_models() if "historical" not in model.__name__.lower()
    ]
    _migrate(altered, add=True)
    try:
        yield
    finally:
        _migrate(altered, add=False)


def _migrate(altered: list[type[models.Model]], *, add: bool) -> None:
    plan = [(Migration("alter_every_table", "loans"), False)]
    emit_pre_migrate_signal(verbosity=0, interactive=False, db="default", plan=plan)
    with connection.schema_editor() as editor:
        for model in altered:
            # A constraint makes SQLite build the table anew.
            constraint = models.CheckConstraint(name=f"{model._meta.db_table}_ids", condition=models.Q(id__gt=0))
            (editor.add_constraint if add else editor.remove_constraint)(model, constraint)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default", plan=plan)
