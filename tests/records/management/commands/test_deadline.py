import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import User, WorkingDay

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("deadline", *arguments, stdout=out)
    return out.getvalue()


def test_the_answer_as_json():
    assert json.loads(run("--start", "2026-09-17", "--days", "7", "--format", "json")) == {
        "due_on": "2026-09-28",
        "provisional": False,
        "counted": [
            "2026-09-18",
            "2026-09-20",
            "2026-09-21",
            "2026-09-22",
            "2026-09-23",
            "2026-09-24",
            "2026-09-28",
        ],
    }


def test_pauses_are_taken_out():
    start = ["--start", "2026-09-17", "--days", "7", "--format", "json"]
    once = json.loads(run(*start, "--pause", "2026-09-22..2026-10-09"))
    twice = json.loads(run(*start, "--pause", "2026-09-22..2026-10-09", "--pause", "2026-10-10..2026-10-12"))
    assert once["due_on"] == "2026-10-14"
    assert twice["due_on"] == "2026-10-16"


def test_an_open_pause_leaves_no_date():
    answer = ["--start", "2026-09-17", "--days", "7", "--pause", "2026-09-22.."]
    assert json.loads(run(*answer, "--format", "json"))["due_on"] is None
    assert "到期日待定" in run(*answer)


def test_the_answer_in_words():
    said = run("--start", "2026-09-17", "--days", "7").splitlines()
    assert said[0] == "最晚 2026-09-28 星期一 办完"
    assert said[2] == "第 2 天 2026-09-20 星期日（国庆节调休上班）"
    assert len(said) == 8


def test_an_estimate_says_that_it_is_one():
    answer = ["--start", "2026-12-28", "--days", "7"]
    assert "推定" in run(*answer)
    assert json.loads(run(*answer, "--format", "json"))["provisional"] is True


def test_notices_entered_later_count():
    at = datetime(2026, 9, 1, tzinfo=UTC)
    WorkingDay.objects.create(
        day=date(2026, 9, 28),
        is_working=False,
        name="防台风",
        source="市政府通知",
        published_at=at,
        entered_at=at,
        entered_by=User.objects.create_user("clerk"),
    )
    answer = json.loads(run("--start", "2026-09-17", "--days", "7", "--format", "json"))
    assert answer["due_on"] == "2026-09-29"


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["--start", "17.9.2026", "--days", "7"], "日期写成"),
        (["--start", "2026-09-17", "--days", "0"], "天数写"),
        (["--start", "2026-09-17", "--days", "-1"], "天数写"),
        (["--start", "2026-09-17", "--days", "10000"], "天数写"),
        (["--start", "2026-09-17", "--days", "7", "--pause", "2026-09-22"], "暂停写成"),
        (["--start", "2026-09-17", "--days", "7", "--pause", "2026-09-22..x"], "日期写成"),
        (["--start", "2026-09-17", "--days", "7", "--pause", "2026-09-22..2026-09-21"], "末日早于首日"),
    ],
)
def test_a_wrong_argument_is_told_how_to_write_it(arguments, advice):
    with pytest.raises(CommandError, match=advice):
        run(*arguments)


def test_it_answers_on_a_database_without_tables(tmp_path):
    root = Path(__file__).parents[4]
    answer = subprocess.run(
        [sys.executable, root / "manage.py", "deadline", "--start=2026-09-30", "--days=7", "--format=json"],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings.demo",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(answer.stdout)["due_on"] == "2026-10-15"
