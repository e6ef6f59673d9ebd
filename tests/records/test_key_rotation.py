from django.apps import apps
from django.core.management import call_command

from records.encryption import EncryptedTextField
from records.models import Notice, Permanent
from records.outbox import text_message
from records.stored_files import read, store
from tests.makers.people import Offices
from tests.records.test_engine import NOON

OLD, NEW = {"old": "33" * 32}, {"new": "44" * 32}


def test_after_it_the_old_key_can_be_taken_out_of_use(offices: Offices, settings, capsys):
    settings.FIELD_KEYS = OLD
    text_message(mobile="13800000001", kind="x", text="您好", about="", once="1", at=NOON)
    text_message(mobile="", kind="x", text="没有号码", about="", once="2", at=NOON)
    file = store(b"a paper", content_type="application/pdf", by=offices.helper, at=NOON)
    settings.FIELD_KEYS = NEW | OLD
    call_command("rotate_keys")
    assert "换了 3 个值、1 个文件" in capsys.readouterr().out
    settings.FIELD_KEYS = NEW
    assert {(notice.mobile, notice.text) for notice in Notice.objects.all()} == {
        ("13800000001", "您好"),
        ("", "没有号码"),
    }
    assert read(file) == b"a paper"


def test_a_second_run_finds_nothing_to_do(offices: Offices, capsys):
    text_message(mobile="13800000001", kind="x", text="您好", about="", once="1", at=NOON)
    store(b"a paper", content_type="application/pdf", by=offices.helper, at=NOON)
    call_command("rotate_keys")
    assert "换了 0 个值、0 个文件" in capsys.readouterr().out


def test_no_encrypted_column_is_in_a_table_that_cannot_be_rewritten():
    for model in apps.get_models():
        if issubclass(model, Permanent):
            assert not any(isinstance(field, EncryptedTextField) for field in model._meta.concrete_fields), model
