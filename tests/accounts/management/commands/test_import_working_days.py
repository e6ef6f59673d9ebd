from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.calendars import calendar_in_force
from accounts.models import User, WorkingDay

pytestmark = pytest.mark.django_db

NOTICE = """date,is_working,name,source,published_at
2021-03-01,false,防汛,市政府通知,2021-02-20
2021-03-06,true,防汛,市政府通知,2021-02-20
2021-03-07,false,防汛,市政府通知,2021-02-20
"""


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "notice.csv"
    path.write_text(NOTICE, encoding="utf-8")
    return path


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_working_days", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_preview_says_what_changes_and_writes_nothing(notice):
    said = run(notice)
    assert "2021-03-01 星期一 休息（防汛），原来上班" in said
    assert "2021-03-06 星期六 上班（防汛），原来休息" in said
    assert "新录 3 天，其中 2 天变了。" in said
    assert "还没写入" in said
    assert not WorkingDay.objects.exists()


def test_applied_it_is_in_force_under_the_name_of_who_entered_it(notice, offices):
    assert "已写入" in run(notice, "--apply", "--by", "city")
    assert [row.entered_by.username for row in WorkingDay.objects.all()] == ["city"] * 3
    assert not calendar_in_force().is_working(WorkingDay.objects.all()[0].day)


def test_applied_twice_it_writes_once(notice, offices):
    run(notice, "--apply", "--by", "city")
    assert "新录 0 天" in run(notice, "--apply", "--by", "city")
    assert WorkingDay.objects.count() == 3


def test_one_bad_line_stops_the_whole_file(notice, offices):
    notice.write_text(NOTICE + "2021-02-30,true,防汛,市政府通知,2021-02-20\n", encoding="utf-8")
    with pytest.raises(CommandError, match="第 5 行：日期写成") as refused:
        run(notice, "--apply", "--by", "city")
    assert refused.value.returncode == 1
    assert not WorkingDay.objects.exists()


@pytest.mark.parametrize("by", ["", "nobody", "woman", "gone", "town", "bank", "auditor"])
def test_only_the_city_can_enter_it(notice, offices, by):
    User.objects.create_user("woman", kind="applicant")
    User.objects.create_user("gone", is_active=False)
    with pytest.raises(CommandError, match="市妇联工作人员的用户名"):
        run(notice, "--apply", "--by", by)
    assert not WorkingDay.objects.exists()


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        run(tmp_path / "nowhere.csv")
