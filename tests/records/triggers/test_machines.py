"""What the database refuses a machine, tried by SQL and by whatever of Django's writes rows. On both databases."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from records import engine
from tests.makers.people import Offices
from tests.records.test_engine import NOON
from tests.toys.models import Lamp, LampTransition


@pytest.fixture
def lamp(offices: Offices) -> Lamp:
    return Lamp.objects.create(place=offices.towns[0], colour="red")


def sql(statement: str, *values: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def refused(code: str):
    return pytest.raises(IntegrityError, match=code)


def log_row(lamp: Lamp, offices: Offices, **changed: object) -> LampTransition:
    row = {"version": 1, "move": "switch_on", "source": "OFF", "target": "ON"} | changed
    return LampTransition(subject=lamp, by=offices.town_reviewer, at=NOON, before_sha256="", **row)


def test_the_log_row_is_what_moves_it(lamp, offices):
    log_row(lamp, offices).save()
    lamp = Lamp.objects.get()
    assert (lamp.state, lamp.version) == ("ON", 1)


@pytest.mark.parametrize(
    "change",
    ["state = 'ON'", "state = 'ON', version = 1", "version = 1", "state = 'BROKEN', version = 5", "version = 4000000"],
)
def test_no_state_and_no_version_changes_by_hand(lamp, change):
    with refused("move_not_logged"):
        sql(f"UPDATE toys_lamp SET {change} WHERE id = %s", lamp.pk)
    assert Lamp.objects.get().state == "OFF"


def test_an_old_log_row_does_not_cover_a_second_move(lamp, offices):
    """Back and forth, and then a hand that repeats what the log has already."""
    engine.perform(lamp, Lamp.switch_on, by=offices.town_reviewer, at=NOON, colour="red")
    engine.perform(lamp, Lamp.switch_off, by=offices.town_reviewer, at=NOON)
    with refused("move_not_logged"):
        sql("UPDATE toys_lamp SET state = 'ON', version = 3 WHERE id = %s", lamp.pk)
    with refused("move_not_logged"):
        sql("UPDATE toys_lamp SET state = 'ON', version = 1 WHERE id = %s", lamp.pk)


def test_everything_else_of_it_may_change(lamp):
    assert sql("UPDATE toys_lamp SET colour = 'blue' WHERE id = %s", lamp.pk) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"target": "BROKEN"},
        {"source": "ON"},
        {"source": "BROKEN", "target": "OFF"},
        {"move": "switch_off"},
        {"move": "explode"},
        {"version": 2},
        {"version": 0},
        {"move": "drop", "source": "ON", "target": "BROKEN"},
    ],
    ids=str,
)
def test_no_log_row_that_is_no_documented_move_from_here(lamp, offices, changed):
    with refused("move_not_documented"), transaction.atomic():
        log_row(lamp, offices, **changed).save()
    assert (Lamp.objects.get().state, Lamp.objects.get().version) == ("OFF", 0)


def test_the_log_has_one_row_of_each_version(lamp, offices):
    log_row(lamp, offices).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        log_row(lamp, offices).save()


def test_the_log_is_not_edited_and_not_deleted(lamp, offices):
    log_row(lamp, offices).save()
    with refused("row_is_permanent"):
        sql("UPDATE toys_lamptransition SET reason = 'nicer'")
    with refused("row_is_permanent"):
        sql("DELETE FROM toys_lamptransition")
    with refused("row_is_permanent"), transaction.atomic():
        LampTransition.objects.all().delete()


def test_it_is_never_deleted(lamp):
    with refused("subject_is_never_deleted"):
        sql("DELETE FROM toys_lamp WHERE id = %s", lamp.pk)


def test_it_begins_at_the_beginning_whoever_makes_it(lamp, offices):
    place = offices.towns[0]
    with refused("not_in_first_state"), transaction.atomic():
        Lamp.objects.create(place=place, state="ON", colour="red")
    with refused("not_in_first_state"), transaction.atomic():
        Lamp.objects.bulk_create([Lamp(place=place, state="BROKEN")])
    with refused("not_in_first_state"), transaction.atomic():
        Lamp.objects.create(place=place, version=3)
    with refused("not_in_first_state"), transaction.atomic():
        Lamp.objects.update_or_create(pk=99, defaults={"place": place, "state": "ON", "colour": "red"})


def test_no_bulk_update_walks_past_the_machine(lamp):
    with refused("move_not_logged"), transaction.atomic():
        Lamp.objects.filter(pk=lamp.pk).update(state="ON")
    with refused("move_not_logged"), transaction.atomic():
        lamp.__dict__["state"] = "ON"
        Lamp.objects.bulk_update([lamp], ["state"])


def test_no_fixture_walks_past_the_machine(lamp, tmp_path):
    said = io.StringIO()
    call_command("dumpdata", "toys.lamp", stdout=said)
    rows = json.loads(said.getvalue())
    rows[0]["fields"]["state"] = "ON"
    fixture = tmp_path / "lamps.json"
    fixture.write_text(json.dumps(rows))
    with refused("move_not_logged"):
        call_command("loaddata", str(fixture), verbosity=0)


def test_a_row_put_in_the_place_of_another_is_a_deletion(lamp):
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's own")
    with refused("subject_is_never_deleted"):
        sql(
            "INSERT OR REPLACE INTO toys_lamp (id, version, colour, was, state, place_id) "
            "SELECT id, 0, 'blue', '', 'OFF', place_id FROM toys_lamp"
        )
    assert Lamp.objects.get().colour == "red"
