from datetime import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from records import engine
from records.refusals import MoveNotOpen, NotPermitted, SamePerson, Stale
from tests.makers.people import SHANGHAI, Offices
from tests.makers.races import at_once
from tests.toys.models import Lamp

NOON = datetime(2026, 9, 17, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture
def lamp(offices: Offices) -> Lamp:
    return Lamp.objects.create(place=offices.towns[0])


def lit(lamp: Lamp, offices: Offices) -> Lamp:
    return engine.perform(lamp, Lamp.switch_on, by=offices.town_reviewer, at=NOON, colour="red")


def test_a_move_changes_state_and_fields_and_leaves_its_row_in_the_log(lamp, offices):
    moved = engine.perform(lamp, Lamp.switch_on, by=offices.town_reviewer, at=NOON, reason="dusk", colour="red")
    assert (moved.state, moved.version, moved.colour) == ("ON", 1, "red")
    row = Lamp.objects.get().log.get()
    assert (row.version, row.move, row.source, row.target) == (1, "switch_on", "OFF", "ON")
    assert (row.by, row.at, row.reason) == (offices.town_reviewer, NOON, "dusk")
    assert row.acting_as == offices.town_reviewer.memberships.get()


def test_what_it_returns_is_what_the_database_holds(lamp, offices):
    moved = lit(lamp, offices)
    stored = Lamp.objects.get()
    assert (moved.state, moved.version, moved.colour) == (stored.state, stored.version, stored.colour)


def test_the_log_keeps_a_fingerprint_of_the_row_before(lamp, offices):
    before = engine.fingerprint(lamp)
    assert lit(lamp, offices).log.get().before_sha256 == before
    assert engine.fingerprint(Lamp.objects.get()) != before


def test_whoever_saw_an_older_version_is_told_that_somebody_was_quicker(lamp, offices):
    lit(lamp, offices)
    with pytest.raises(Stale) as refused:
        engine.perform(lamp, Lamp.switch_off, by=offices.town_reviewer2, at=NOON, version=0)
    assert refused.value.current == 1
    assert engine.perform(lamp, Lamp.switch_off, by=offices.town_reviewer2, at=NOON, version=1).version == 2


def test_a_version_from_the_future_is_stale_too(lamp, offices):
    with pytest.raises(Stale):
        engine.perform(lamp, Lamp.switch_on, by=offices.town_reviewer, at=NOON, version=7, colour="red")


def test_too_late_is_said_before_not_yours(lamp, offices):
    """Whoever may not make the move and comes in the wrong state hears of the state."""
    with pytest.raises(MoveNotOpen) as refused:
        engine.perform(lamp, Lamp.switch_off, by=offices.auditor, at=NOON)
    assert (refused.value.move, refused.value.state) == ("switch_off", "OFF")


@pytest.mark.parametrize("who", ["other_town_reviewer", "auditor", "helper", "bank_officer", "clock"])
def test_nobody_moves_what_is_not_theirs(lamp, offices, who):
    with pytest.raises(NotPermitted):
        engine.perform(lamp, Lamp.switch_on, by=getattr(offices, who), at=NOON, colour="red")
    assert Lamp.objects.get().state == "OFF"
    assert not Lamp.objects.get().log.exists()


def test_the_city_acts_for_a_town(lamp, offices):
    moved = engine.perform(lamp, Lamp.switch_on, by=offices.city_reviewer, at=NOON, colour="red")
    assert moved.log.get().acting_as.organisation == offices.city_federation


def test_what_she_did_before_may_forbid_what_her_role_allows(lamp, offices):
    engine.perform(lamp, Lamp.drop, by=offices.city_reviewer, at=NOON)
    with pytest.raises(SamePerson):
        engine.perform(lamp, Lamp.mend, by=offices.city_reviewer, at=NOON)
    assert engine.perform(lamp, Lamp.mend, by=offices.city_reviewer2, at=NOON).state == "OFF"


def test_a_way_back_leads_to_where_it_was(lamp, offices):
    lit(lamp, offices)
    engine.perform(lamp, Lamp.drop, by=offices.town_reviewer, at=NOON)
    assert engine.perform(lamp, Lamp.mend, by=offices.city_reviewer, at=NOON).state == "ON"


def test_a_move_whose_fields_the_database_refuses_leaves_nothing(lamp, offices):
    with pytest.raises(IntegrityError), transaction.atomic():
        engine.perform(lamp, Lamp.switch_on, by=offices.town_reviewer, at=NOON, colour="")
    assert (Lamp.objects.get().state, Lamp.objects.get().version) == ("OFF", 0)
    assert not Lamp.objects.get().log.exists()


def test_a_move_that_fails_at_its_log_row_takes_its_fields_back(lamp, offices, monkeypatch):
    def broken(*_args, **_fields):
        raise DatabaseError("disk full")

    monkeypatch.setattr("django.db.models.query.QuerySet.create", broken)
    with pytest.raises(DatabaseError):
        lit(lamp, offices)
    assert Lamp.objects.get().colour == ""


def test_the_moves_that_are_open_come_in_the_order_of_the_machine(lamp, offices):
    assert list(engine.open_moves(lamp, by=offices.town_reviewer)) == ["switch_on", "drop"]
    assert list(engine.open_moves(lit(lamp, offices), by=offices.town_reviewer)) == ["switch_off", "drop"]
    assert list(engine.open_moves(lamp, by=offices.other_town_reviewer)) == []


def test_a_field_that_the_move_does_not_carry_is_a_programmers_error(lamp, offices):
    with pytest.raises(TypeError):
        engine.perform(lamp, Lamp.drop, by=offices.town_reviewer, at=NOON, colour="red")


def switched(argument: tuple[int, int]) -> str:
    lamp_id, user_id = argument
    from accounts.models import User

    try:
        engine.perform(Lamp.objects.get(pk=lamp_id), Lamp.drop, by=User.objects.get(pk=user_id), at=NOON, version=0)
    except (Stale, MoveNotOpen) as refusal:
        return refusal.code
    return "moved"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_six_who_press_at_once_one_moves_it(offices):
    lamp = Lamp.objects.create(place=offices.towns[0])
    outcomes = at_once(switched, [(lamp.pk, offices.town_reviewer.pk)] * 6)
    assert sorted(outcomes) == ["moved"] + ["stale"] * 5
    lamp = Lamp.objects.get()
    assert (lamp.state, lamp.version, lamp.log.count()) == ("BROKEN", 1, 1)
