from datetime import datetime, timedelta
from typing import ClassVar

import pytest

from records.models import Notice
from records.models.notice import Channel
from records.outbox import BATCH, CLAIM, MAX_ATTEMPTS, inbox_message, send_due, send_now, text_message
from records.sms import NotDelivered
from tests.makers.people import SHANGHAI, Offices
from tests.makers.races import at_once

NOON = datetime(2026, 9, 17, 12, 0, tzinfo=SHANGHAI)


class Gateway:
    """A gateway that remembers what it took, and is down while `is_down`."""

    taken: ClassVar[list[tuple[str, str, str]]] = []
    is_down: ClassVar[bool] = False

    def send(self, *, mobile: str, text: str, reference: str) -> None:
        if self.is_down:
            raise NotDelivered("gateway is down" * 50)
        self.taken.append((mobile, text, reference))


@pytest.fixture(autouse=True)
def gateway(settings, monkeypatch) -> type[Gateway]:
    settings.SMS_BACKEND = f"{__name__}.Gateway"
    monkeypatch.setattr(Gateway, "taken", [])
    monkeypatch.setattr(Gateway, "is_down", False)
    return Gateway


def owe(once: str = "accepted W2026-0101", *, at: datetime = NOON) -> None:
    text_message(mobile="13800000001", kind="accepted", text="您的申请收下了", about="W2026-0101", once=once, at=at)


def due(at: datetime) -> int:
    return send_due(now=lambda: at)


@pytest.mark.django_db
def test_a_message_goes_out_once(gateway):
    owe()
    assert due(NOON) == 1
    assert due(NOON) == 0
    assert gateway.taken == [("13800000001", "您的申请收下了", "accepted W2026-0101")]
    assert Notice.objects.get().sent_at == NOON


@pytest.mark.django_db
def test_the_same_act_told_twice_is_one_message(gateway):
    owe()
    owe()
    assert due(NOON) == 1


@pytest.mark.django_db
def test_number_and_words_are_encrypted_in_the_table():
    from django.db import connection

    owe()
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile, text FROM records_notice")
        assert not any("138" in column or "您" in column for column in cursor.fetchone())


@pytest.mark.django_db
def test_a_gateway_that_is_down_is_tried_again_later_and_later(gateway):
    owe()
    gateway.is_down = True
    waits, at = [], NOON
    for _ in range(8):
        assert due(at) == 0
        next_try_at = Notice.objects.get().next_try_at
        assert due(next_try_at - timedelta(seconds=1)) == 0, "too early"
        waits.append((next_try_at - at).total_seconds())
        at = next_try_at
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600]
    assert Notice.objects.get().last_error.startswith("gateway is down")
    gateway.is_down = False
    assert due(at) == 1
    assert Notice.objects.get().last_error == ""


@pytest.mark.django_db
def test_in_the_end_a_message_is_dead_and_says_why(gateway):
    owe()
    gateway.is_down = True
    at = NOON
    for _ in range(MAX_ATTEMPTS):
        due(at)
        at = Notice.objects.get().next_try_at
    notice = Notice.objects.get()
    assert (notice.attempts, notice.dead_at is not None) == (MAX_ATTEMPTS, True)
    gateway.is_down = False
    assert due(at + timedelta(days=1)) == 0


@pytest.mark.django_db
def test_what_a_dead_worker_had_in_hand_comes_back(gateway):
    owe()
    Notice.objects.update(claimed_until=NOON + CLAIM)
    assert due(NOON + CLAIM) == 0
    assert due(NOON + CLAIM + timedelta(seconds=1)) == 1


@pytest.mark.django_db
def test_a_message_is_not_sent_before_its_time(gateway):
    owe(at=NOON + timedelta(hours=1))
    assert due(NOON) == 0


@pytest.mark.django_db
def test_many_go_out_in_batches(gateway):
    for number in range(BATCH + 3):
        owe(f"message {number}")
    assert [due(NOON), due(NOON)] == [BATCH, 3]


@pytest.mark.django_db
def test_a_code_goes_out_at_once_and_only_once(gateway):
    owe("code 1")
    send_now("code 1", at=NOON)
    send_now("code 1", at=NOON)
    assert due(NOON) == 0
    assert len(gateway.taken) == 1


@pytest.mark.django_db
def test_a_code_that_could_not_go_out_at_once_is_left_to_the_worker(gateway):
    owe("code 1")
    gateway.is_down = True
    send_now("code 1", at=NOON)
    gateway.is_down = False
    assert due(NOON + timedelta(seconds=30)) == 1


def test_a_line_in_the_inbox_is_delivered_by_being_there(offices: Offices, gateway):
    inbox_message(offices.town_reviewer, kind="due", text="今天到期", about="W2026-0101", once="due 1", at=NOON)
    notice = Notice.objects.get()
    assert (notice.channel, notice.to_user, notice.sent_at) == (Channel.INBOX, offices.town_reviewer, NOON)
    assert due(NOON) == 0
    assert gateway.taken == []


def work_off(_turn: int) -> int:
    return sum(send_due(now=lambda: NOON) for _ in range(4))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_message_once(settings):
    settings.SMS_BACKEND = "records.sms.OutboxPage"
    for number in range(60):
        owe(f"message {number}")
    assert sum(at_once(work_off, [1, 2])) == 60
    assert set(Notice.objects.values_list("attempts", flat=True)) == {1}
