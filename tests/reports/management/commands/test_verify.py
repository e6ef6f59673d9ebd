import pytest
from django.core.management import call_command
from django.db import connection

from records.triggers import install
from tests.makers.people import Offices


def test_a_sound_database_passes(offices: Offices, capsys):
    call_command("verify")
    assert "都成立" in capsys.readouterr().out


def test_a_broken_invariant_is_one_line_and_exit_one(offices: Offices, capsys):
    install.drop_all(connection)
    with pytest.raises(SystemExit) as left:
        call_command("verify", files=True)
    assert left.value.code == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == len(install.wanted()) + 1
    assert said[-1] == f"{len(install.wanted())} 处不成立。"
