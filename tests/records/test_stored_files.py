import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from records.encryption import CannotDecrypt
from records.models import StoredFile
from records.stored_files import read, store
from tests.makers.people import Offices
from tests.records.test_engine import NOON

PICTURE = b"\xff\xd8\xff" + bytes(range(256)) * 20


@pytest.fixture
def stored(offices: Offices) -> StoredFile:
    return store(PICTURE, content_type="image/jpeg", by=offices.helper, at=NOON)


def on_disk(file: StoredFile) -> bytes:
    with default_storage.open(file.storage_name) as opened:
        return bytes(opened.read())


def overwrite(file: StoredFile, content: bytes) -> None:
    with open(default_storage.path(file.storage_name), "wb") as opened:
        opened.write(content)


def test_a_file_comes_out_as_it_went_in(stored):
    assert read(stored) == PICTURE
    assert (stored.size_bytes, stored.content_type, stored.stored_at) == (len(PICTURE), "image/jpeg", NOON)


def test_the_disk_holds_nothing_readable_and_no_name_that_tells(stored):
    assert PICTURE[:16] not in on_disk(stored)
    assert stored.storage_name.endswith(".bin")


def test_the_same_picture_twice_is_two_files(stored, offices):
    again = store(PICTURE, content_type="image/jpeg", by=offices.helper, at=NOON)
    assert again.sha256 == stored.sha256
    assert again.storage_name != stored.storage_name


def test_a_changed_file_is_noticed(stored):
    sealed = bytearray(on_disk(stored))
    sealed[-1] ^= 1
    overwrite(stored, bytes(sealed))
    with pytest.raises(CannotDecrypt):
        read(stored)


@pytest.mark.parametrize("length", [0, 3, 20])
def test_a_file_cut_short_is_noticed(stored, length):
    overwrite(stored, on_disk(stored)[:length])
    with pytest.raises(CannotDecrypt):
        read(stored)


def test_a_file_put_in_the_place_of_another_is_noticed(stored, offices):
    other = store(b"another", content_type="image/jpeg", by=offices.helper, at=NOON)
    overwrite(stored, on_disk(other))
    with pytest.raises(CannotDecrypt):
        read(stored)


def test_its_row_is_never_changed(stored):
    with pytest.raises(IntegrityError, match="row_is_permanent"), transaction.atomic():
        StoredFile.objects.update(sha256="0" * 64)


def test_a_row_that_is_rolled_back_leaves_a_file_that_nobody_finds(offices):
    with transaction.atomic():
        store(PICTURE, content_type="image/jpeg", by=offices.helper, at=NOON)
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()
