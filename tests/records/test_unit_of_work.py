from datetime import datetime

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from records.models import AuditEntry, Notice
from records.outbox import text_message
from records.refusals import Busy, NotPermitted
from records.unit_of_work import ATTEMPTS, unit_of_work
from tests.makers.people import SHANGHAI, Offices
from tests.makers.races import at_once
from tests.toys.models import Lamp

NOON = datetime(2026, 9, 17, 12, 0, tzinfo=SHANGHAI)


class SerializationFailure(Exception):
    sqlstate = "40001"


class DiskFull(Exception):
    sqlstate = "53100"


def lost(cause: Exception) -> OperationalError:
    error = OperationalError("could not serialize access")
    error.__cause__ = cause
    return error


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch):
    monkeypatch.setattr("records.unit_of_work.time.sleep", lambda _seconds: None)


def owe(number: int) -> None:
    text_message(mobile="13800000001", kind="test", text="您好", about="", once=f"message {number}", at=NOON)


def test_what_it_did_is_there_and_what_it_says_comes_back(db):
    def act() -> str:
        owe(1)
        return "done"

    assert unit_of_work(act, by=None, at=NOON) == "done"
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("losses", [1, 2])
def test_a_transaction_that_lost_is_tried_again_from_the_start(db, losses):
    tries = []

    def act() -> int:
        tries.append(1)
        owe(len(tries))
        if len(tries) <= losses:
            raise lost(SerializationFailure())
        return len(tries)

    assert unit_of_work(act, by=None, at=NOON) == losses + 1
    # What the lost tries wrote is gone.
    assert list(Notice.objects.values_list("once", flat=True)) == [f"message {losses + 1}"]


def test_after_three_losses_it_is_busy_and_nothing_was_written(db, offices: Offices):
    tries = []

    def act() -> None:
        tries.append(1)
        owe(len(tries))
        raise lost(SerializationFailure())

    with pytest.raises(Busy):
        unit_of_work(act, by=offices.town_reviewer, at=NOON, action="accept", about="W2026-0101")
    assert len(tries) == ATTEMPTS == 3
    assert not Notice.objects.exists()


def test_a_locked_sqlite_file_is_waited_for_too(db):
    tries = []

    def act() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("database is locked")

    unit_of_work(act, by=None, at=NOON)
    assert len(tries) == 2


@pytest.mark.parametrize("fault", [lost(DiskFull()), OperationalError("no such table: x"), IntegrityError("check")])
def test_a_fault_is_not_tried_again(db, fault):
    tries = []

    def act() -> None:
        tries.append(1)
        raise fault

    with pytest.raises(type(fault)):
        unit_of_work(act, by=None, at=NOON)
    assert len(tries) == 1


def test_a_refusal_leaves_nothing_but_its_line_in_the_audit(db, offices: Offices):
    def act() -> None:
        owe(1)
        raise NotPermitted

    with pytest.raises(NotPermitted):
        unit_of_work(act, by=offices.town_reviewer, at=NOON, action="accept", about="W2026-0101")
    assert not Notice.objects.exists()
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.action, entry.about, entry.outcome, entry.at) == (
        offices.town_reviewer,
        "accept",
        "W2026-0101",
        "not_permitted",
        NOON,
    )


def test_an_act_that_succeeds_is_not_audited_as_refused(db):
    unit_of_work(lambda: owe(1), by=None, at=NOON)
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_is_the_outermost_transaction_or_none():
    with transaction.atomic(), pytest.raises(RuntimeError):
        unit_of_work(lambda: None, by=None, at=NOON)


def hold_one_ask_other(argument: tuple[int, int]) -> str:
    """Lock two rows in the order given, with time for the other process to lock its first."""
    import time

    first, second = argument
    turns = []

    def act() -> None:
        turns.append(1)
        Lamp.objects.select_for_update().get(pk=first)
        if len(turns) == 1:
            time.sleep(0.5)
        Lamp.objects.select_for_update().get(pk=second)

    unit_of_work(act, by=None, at=NOON)
    return "done" if len(turns) == 1 else "done again"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_wait_for_each_other_both_get_done(offices: Offices):
    one, other = (Lamp.objects.create(place=offices.towns[0]).pk for _ in range(2))
    outcomes = at_once(hold_one_ask_other, [(one, other), (other, one)])
    assert sorted(outcomes) == ["done", "done again"]


@pytest.mark.postgresql
def test_a_transaction_that_waits_for_a_lock_gives_up_in_time(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("3s",)
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("30s",)
