from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from records.idempotency import CLAIM, Answer, answer_once
from records.models import AuditEntry, IdempotencyKey, Notice
from records.outbox import text_message
from records.refusals import InFlight, KeyMissing, KeyReused, NotPermitted
from tests.makers.people import SHANGHAI, Offices
from tests.makers.races import at_once

NOON = datetime(2026, 9, 17, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture
def post(offices: Offices):
    """A bank's POST: it owes somebody a message, and answers with how many acts there were."""

    def _post(key: str = "k-1", body: bytes = b"{}", *, by=offices.bank_system, path="/api/v1/x", at=NOON, act=pay):
        return answer_once(act, by=by, at=at, method="POST", path=path, key=key, body=body)

    return _post


def pay() -> Answer:
    count = Notice.objects.count() + 1
    text_message(mobile="13800000001", kind="paid", text="到账", about="", once=f"payment {count}", at=NOON)
    return Answer(201, f'{{"number": {count}}}'.encode())


def test_the_same_key_and_body_get_the_same_bytes_and_no_second_act(post):
    first, second = post(), post()
    assert first == second == Answer(201, b'{"number": 1}')
    assert Notice.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(post):
    post()
    with pytest.raises(KeyReused) as refused:
        post(body=b'{"amount": "2.00"}')
    assert (refused.value.status, refused.value.code) == (422, "idempotency_key_reused")
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("key", ["", "k" * 256])
def test_without_a_key_nothing_moves(post, key):
    with pytest.raises(KeyMissing) as refused:
        post(key)
    assert refused.value.status == 400
    assert not Notice.objects.exists()


def test_a_key_belongs_to_one_user_one_method_and_one_address(post, offices: Offices):
    post()
    post(by=offices.bank_officer)
    post(path="/api/v1/y")
    assert Notice.objects.count() == 3


def test_while_the_first_is_at_work_the_second_is_told_to_wait(post):
    def during() -> Answer:
        with pytest.raises(InFlight) as refused:
            post(at=NOON + timedelta(seconds=59))
        assert refused.value.status == 409
        return pay()

    assert post(act=during).status == 201
    assert Notice.objects.count() == 1


def test_a_refused_act_gives_the_key_back(post):
    def refuse() -> Answer:
        pay()
        raise NotPermitted

    with pytest.raises(NotPermitted):
        post(act=refuse)
    assert not IdempotencyKey.objects.exists()
    assert not Notice.objects.exists()
    assert AuditEntry.objects.get().action == "POST /api/v1/x"
    assert post().status == 201


def test_a_fault_gives_the_key_back(post):
    def fail() -> Answer:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        post(act=fail)
    assert post().status == 201


def crashed(offices: Offices) -> IdempotencyKey:
    """What a server leaves that was killed at work: a claim without an answer."""
    return IdempotencyKey.objects.create(
        user=offices.bank_system,
        method="POST",
        path="/api/v1/x",
        key="k-1",
        body_sha256="44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        claimed_until=NOON + CLAIM,
        created_at=NOON,
    )


def test_after_a_crash_the_request_is_taken_over_when_its_time_is_up(post, offices: Offices):
    crashed(offices)
    with pytest.raises(InFlight):
        post(at=NOON + CLAIM)
    assert post(at=NOON + CLAIM + timedelta(seconds=1)).status == 201
    assert Notice.objects.count() == 1


def test_whoever_wakes_up_after_being_taken_over_gives_way(post):
    """The first was slower than its claim lives. Both did the work; one of them is rolled back."""

    def slow() -> Answer:
        answer = pay()
        IdempotencyKey.objects.update(claimed_until=NOON + 3 * CLAIM)  # somebody else's claim by now
        return answer

    with pytest.raises(InFlight):
        post(act=slow)
    assert not Notice.objects.exists()


def test_an_answer_is_stored_whole_or_not_at_all(offices: Offices):
    claim = crashed(offices)
    with pytest.raises(IntegrityError, match="an_answer_is_stored_with_its_status"), transaction.atomic():
        IdempotencyKey.objects.filter(pk=claim.pk).update(status=200)


def post_in_a_process(user_id: int) -> str:
    from accounts.models import User

    try:
        answer = answer_once(
            pay, by=User.objects.get(pk=user_id), at=NOON, method="POST", path="/api/v1/x", key="k", body=b"{}"
        )
    except InFlight as refusal:
        return refusal.code
    return answer.body.decode()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_six_at_once_one_acts_and_nobody_hears_of_a_second(offices: Offices):
    outcomes = at_once(post_in_a_process, [offices.bank_system.pk] * 6)
    assert set(outcomes) <= {'{"number": 1}', "in_flight"}
    assert '{"number": 1}' in outcomes
    assert Notice.objects.count() == 1
