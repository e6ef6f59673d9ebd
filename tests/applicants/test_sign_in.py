"""Signing in by phone and code."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from applicants import sign_in
from applicants.models import Phone, SignInCode
from records.models import Notice
from records.models.notice import Channel

pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
MOBILE = "13800000001"


def code_in_the_message() -> str:
    found = re.search(r"\d{6}", Notice.objects.latest("pk").text)
    assert found is not None
    return found.group()


def test_the_right_code_signs_a_new_phone_in_and_makes_its_user():
    sign_in.send_code(MOBILE, at=AT)
    user = sign_in.check_code(MOBILE, code_in_the_message(), at=AT + timedelta(minutes=1))
    assert (user.kind, user.has_usable_password()) == ("applicant", False)
    assert Phone.objects.get(user=user).mobile == MOBILE


def test_the_same_phone_is_the_same_user_next_time():
    sign_in.send_code(MOBILE, at=AT)
    first = sign_in.check_code(MOBILE, code_in_the_message(), at=AT)
    sign_in.send_code(MOBILE, at=AT + timedelta(hours=1))
    second = sign_in.check_code(MOBILE, code_in_the_message(), at=AT + timedelta(hours=1))
    assert first == second
    assert User.objects.filter(kind="applicant").count() == 1


def test_a_code_works_once():
    sign_in.send_code(MOBILE, at=AT)
    code = code_in_the_message()
    sign_in.check_code(MOBILE, code, at=AT)
    with pytest.raises(sign_in.WrongCode):
        sign_in.check_code(MOBILE, code, at=AT)


def test_a_code_is_too_old_after_ten_minutes():
    sign_in.send_code(MOBILE, at=AT)
    with pytest.raises(sign_in.WrongCode):
        sign_in.check_code(MOBILE, code_in_the_message(), at=AT + timedelta(minutes=10))


def test_five_wrong_tries_spoil_the_right_code_too():
    sign_in.send_code(MOBILE, at=AT)
    right = code_in_the_message()
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(5):
        with pytest.raises(sign_in.WrongCode):
            sign_in.check_code(MOBILE, wrong, at=AT)
    with pytest.raises(sign_in.WrongCode):
        sign_in.check_code(MOBILE, right, at=AT)
    assert SignInCode.objects.get().tries == 5


def test_a_fresh_code_replaces_the_one_before():
    sign_in.send_code(MOBILE, at=AT)
    old = code_in_the_message()
    sign_in.send_code(MOBILE, at=AT + timedelta(minutes=2))
    if code_in_the_message() != old:
        with pytest.raises(sign_in.WrongCode):
            sign_in.check_code(MOBILE, old, at=AT + timedelta(minutes=2))
    sign_in.check_code(MOBILE, code_in_the_message(), at=AT + timedelta(minutes=2))


def test_another_phone_cannot_use_the_code():
    sign_in.send_code(MOBILE, at=AT)
    with pytest.raises(sign_in.WrongCode):
        sign_in.check_code("13800000002", code_in_the_message(), at=AT)
    assert not User.objects.exists()


def test_a_second_code_within_a_minute_is_refused():
    sign_in.send_code(MOBILE, at=AT)
    with pytest.raises(sign_in.TooSoon):
        sign_in.send_code(MOBILE, at=AT + timedelta(seconds=59))
    assert Notice.objects.count() == 1


def test_ten_codes_a_day_are_enough():
    for minute in range(10):
        sign_in.send_code(MOBILE, at=AT + timedelta(minutes=2 * minute))
    with pytest.raises(sign_in.TooManyCodes):
        sign_in.send_code(MOBILE, at=AT + timedelta(minutes=30))
    sign_in.send_code(MOBILE, at=AT + timedelta(days=1, minutes=30))


def ask_for_sixty_phones_from(address: str) -> None:
    for number in range(sign_in.CODES_AN_HOUR_FROM_ONE_NETWORK):
        sign_in.send_code(f"139{number:08d}", at=AT, from_address=address)


def test_one_network_cannot_plague_a_town_with_codes():
    ask_for_sixty_phones_from("203.0.113.9")
    with pytest.raises(sign_in.TooManyFromOneNetwork):
        sign_in.send_code(MOBILE, at=AT + timedelta(minutes=59), from_address="203.0.113.9")
    sign_in.send_code(MOBILE, at=AT + timedelta(minutes=61), from_address="203.0.113.9")


def test_another_network_is_not_held_back():
    ask_for_sixty_phones_from("203.0.113.9")
    sign_in.send_code(MOBILE, at=AT, from_address="203.0.113.10")


def test_where_no_address_can_be_told_only_the_phones_are_counted():
    ask_for_sixty_phones_from("")
    sign_in.send_code(MOBILE, at=AT)


def test_a_code_that_is_read_aloud_is_said_twice_digit_by_digit():
    sign_in.send_code(MOBILE, at=AT, channel=Channel.VOICE)
    notice = Notice.objects.get()
    said = re.findall(r"(?:\d，){5}\d", notice.text)
    assert notice.channel == Channel.VOICE
    assert len(said) == 2
    assert said[0] == said[1]
    sign_in.check_code(MOBILE, said[0].replace("，", ""), at=AT)


def test_neither_code_nor_number_lies_open_in_the_database(django_assert_num_queries):
    from django.db import connection

    sign_in.send_code(MOBILE, at=AT, from_address="203.0.113.9")
    code = code_in_the_message()
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile, text FROM records_notice")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT code_hash, mobile_index, address_index FROM applicants_signincode")
        stored += str(cursor.fetchall())
    assert MOBILE not in stored
    assert code not in stored
    assert "203.0.113.9" not in stored
