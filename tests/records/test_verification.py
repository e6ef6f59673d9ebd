"""Each thing that `verify` looks for, broken by somebody who could switch the triggers off."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from records import engine, verification
from records.models import Notice, StoredFile
from records.outbox import text_message
from records.stored_files import store
from records.triggers import install
from tests.makers.people import Offices
from tests.records.test_engine import NOON
from tests.toys.models import Lamp, LampTransition


@pytest.fixture
def lamp(offices: Offices) -> Lamp:
    lamp = Lamp.objects.create(place=offices.towns[0])
    lamp = engine.perform(lamp, Lamp.switch_on, by=offices.town_reviewer, at=NOON, colour="red")
    return engine.perform(lamp, Lamp.switch_off, by=offices.town_reviewer, at=NOON)


@contextmanager
def unguarded() -> Iterator[None]:
    install.drop_all(connection)
    try:
        yield
    finally:
        install.create_all(connection)


def found() -> list[str]:
    return list(verification.findings())


def test_a_sound_database_has_no_findings(lamp, offices):
    text_message(mobile="13800000001", kind="x", text="您好", about="", once="1", at=NOON)
    store(b"paper", content_type="application/pdf", by=offices.helper, at=NOON)
    assert found() == []
    assert list(verification.findings_in_files()) == []
    assert list(verification.remarks()) == []


def test_a_missing_trigger_is_found(lamp):
    install.drop_all(connection)
    assert len(found()) == len(install.wanted())


@pytest.mark.parametrize("change", [{"state": "ON"}, {"version": 3}, {"state": "BROKEN", "version": 0}], ids=str)
def test_a_state_that_the_log_does_not_tell_is_found(lamp, change):
    with unguarded():
        Lamp.objects.update(**change, colour="red")
    assert len(found()) == 1
    assert f"Lamp lamp {lamp.pk}" in found()[0]


def test_a_subject_that_began_in_the_middle_is_found(offices):
    with unguarded():
        Lamp.objects.create(place=offices.towns[0], state="ON", colour="red")
    assert "ON in version 0, its log says 0 moves to OFF" in found()[0]


@pytest.mark.parametrize("change", [{"version": 9}, {"source": "BROKEN"}], ids=str)
def test_a_log_row_that_does_not_follow_is_found(lamp, change):
    with unguarded():
        LampTransition.objects.filter(version=2).update(**change)
    assert any("doesn't follow from the row before" in line for line in found())


def test_a_log_row_that_went_missing_is_found(lamp):
    with unguarded():
        LampTransition.objects.filter(version=1).delete()
    assert len(found()) == 2


def test_a_value_that_no_key_opens_is_found(db, settings):
    text_message(mobile="13800000001", kind="x", text="您好", about="", once="1", at=NOON)
    settings.FIELD_KEYS = {"new": "44" * 32}
    assert found() == ["Notice.mobile: no key 'test'".replace("'test'", "b'test'"), "Notice.text: no key b'test'"]


def test_a_file_that_is_gone_is_found(offices):
    file = store(b"paper", content_type="application/pdf", by=offices.helper, at=NOON)
    default_storage.delete(file.storage_name)
    assert found() == [f"file {file.pk}: {file.storage_name} is not in the store"]


def test_a_file_that_was_changed_is_found_by_whoever_reads_it(offices):
    file = store(b"paper", content_type="application/pdf", by=offices.helper, at=NOON)
    with open(default_storage.path(file.storage_name), "ab") as opened:
        opened.write(b"!")
    assert found() == []
    assert list(verification.findings_in_files()) == [f"file {file.pk}: what is on disk isn't what was stored"]


def test_a_row_that_lies_about_its_file_is_found(offices):
    file = store(b"paper", content_type="application/pdf", by=offices.helper, at=NOON)
    with unguarded():
        StoredFile.objects.update(size_bytes=4)
    assert list(verification.findings_in_files()) == [f"file {file.pk}: 5 bytes, its row says 4"]


def test_dead_messages_are_remarked_on(db):
    text_message(mobile="13800000001", kind="x", text="您好", about="", once="1", at=NOON)
    Notice.objects.update(dead_at=NOON + timedelta(hours=5))
    assert list(verification.remarks()) == ["1 messages could not be delivered: manage.py outbox --dead"]
    assert found() == []
