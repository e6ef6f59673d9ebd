import base64

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from records.encryption import CannotDecrypt, blind_index, decrypt, encrypt
from records.models import Notice
from records.models.notice import Channel
from tests.records.test_engine import NOON

OLD, NEW = {"old": "33" * 32}, {"new": "44" * 32}


def owed(mobile: str = "13800000001", text: str = "您好") -> Notice:
    return Notice.objects.create(
        channel=Channel.SMS, kind="x", mobile=mobile, text=text, once="x", created_at=NOON, next_try_at=NOON
    )


def column(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM records_notice")
        return str(cursor.fetchone()[0])


def put(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE records_notice SET {name} = %s", [value])


@given(st.binary(max_size=300), st.text(max_size=30))
def test_what_goes_in_comes_out(plain, context):
    assert decrypt(encrypt(plain, context=context), context=context) == plain


@given(st.binary(min_size=1, max_size=60), st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_one_changed_byte_is_noticed(plain, place, change):
    sealed = bytearray(encrypt(plain, context="x"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(CannotDecrypt):
        decrypt(bytes(sealed), context="x")


@pytest.mark.parametrize("sealed", [b"", b"test:", b"test:short", b"unknown:" + b"x" * 40, b"\xff:" + b"x" * 40])
def test_what_was_never_encrypted_is_not_decrypted(sealed):
    with pytest.raises(CannotDecrypt):
        decrypt(sealed, context="x")


def test_a_value_of_one_context_is_none_of_another():
    with pytest.raises(CannotDecrypt):
        decrypt(encrypt(b"x", context="a"), context="b")


def test_equal_values_are_sealed_differently():
    assert encrypt(b"x", context="a") != encrypt(b"x", context="a")


def test_a_value_without_its_key_is_not_read(settings):
    settings.FIELD_KEYS = OLD
    sealed = encrypt(b"x", context="a")
    settings.FIELD_KEYS = NEW
    with pytest.raises(CannotDecrypt, match="old"):
        decrypt(sealed, context="a")


@pytest.mark.django_db
def test_a_column_holds_nothing_readable():
    owed()
    for name, plain in (("mobile", "13800000001"), ("text", "您好")):
        stored = column(name)
        assert plain not in stored
        assert plain.encode() not in base64.b64decode(stored.partition(":")[2])
    assert Notice.objects.get().mobile == "13800000001"


@pytest.mark.django_db
def test_a_new_key_in_front_writes_and_the_old_one_still_reads(settings):
    settings.FIELD_KEYS = OLD
    owed()
    settings.FIELD_KEYS = NEW | OLD
    notice = Notice.objects.get()
    assert notice.mobile == "13800000001"
    notice.save()
    settings.FIELD_KEYS = NEW
    assert Notice.objects.get().mobile == "13800000001"


@pytest.mark.django_db
def test_a_value_copied_into_another_column_is_not_read():
    owed()
    put("text", column("mobile"))
    with pytest.raises(CannotDecrypt):
        Notice.objects.get()


@pytest.mark.django_db
@pytest.mark.parametrize("stored", ["13800000001", "test:not base64!", "test:AAAA", "test:"])
def test_a_column_that_was_written_by_hand_is_not_believed(stored):
    owed()
    put("mobile", stored)
    with pytest.raises(CannotDecrypt):
        Notice.objects.get()


@pytest.mark.django_db
def test_an_encrypted_column_can_be_asked_only_whether_it_is_empty():
    owed(mobile="")
    assert Notice.objects.filter(mobile="").count() == 1
    for question in ({"mobile": "13800000001"}, {"mobile__contains": "138"}, {"mobile__in": ["13800000001"]}):
        with pytest.raises(TypeError):
            Notice.objects.filter(**question).count()


def test_a_blind_index_finds_equal_values_of_one_purpose_only(settings):
    index = blind_index("13800000001", purpose="mobile")
    assert len(index) == 64
    assert index == blind_index("13800000001", purpose="mobile")
    assert index != blind_index("13800000002", purpose="mobile")
    assert index != blind_index("13800000001", purpose="account")
    # Purpose and value don't run into each other.
    assert blind_index("bc", purpose="a") != blind_index("c", purpose="ab")
    settings.INDEX_KEYS = {"other": "55" * 32}
    assert index != blind_index("13800000001", purpose="mobile")
