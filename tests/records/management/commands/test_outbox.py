from datetime import timedelta

from django.core.management import call_command

from records.models import Notice
from records.outbox import inbox_message, text_message
from tests.makers.people import Offices
from tests.records.test_engine import NOON


def owe(offices: Offices) -> None:
    text_message(mobile="13800000001", kind="accepted", text="收下了", about="W2026-0101", once="1", at=NOON)
    inbox_message(offices.town_reviewer, kind="due", text="今天到期", about="W2026-0102", once="2", at=NOON)


def test_the_last_messages_are_shown_oldest_first(offices: Offices, capsys):
    owe(offices)
    call_command("outbox")
    first, second = capsys.readouterr().out.splitlines()
    assert first == "2026-09-17 12:00  13800000001  待发  accepted  W2026-0101  收下了"
    assert second == "2026-09-17 12:00  孟春草  已发  due  W2026-0102  今天到期"


def test_only_as_many_as_were_asked_for(offices: Offices, capsys):
    owe(offices)
    call_command("outbox", last=1)
    assert "今天到期" in capsys.readouterr().out


def test_dead_ones_say_why(offices: Offices, capsys):
    owe(offices)
    Notice.objects.filter(once="1").update(dead_at=NOON + timedelta(hours=5), last_error="number unknown")
    call_command("outbox", dead=True)
    assert "发不出去：number unknown" in capsys.readouterr().out


def test_in_real_use_it_shows_neither_numbers_nor_words(offices: Offices, capsys, settings):
    settings.DEMO = False
    owe(offices)
    call_command("outbox")
    said = capsys.readouterr().out
    assert "*******0001" in said
    assert "13800000001" not in said
    assert "收下了" not in said
