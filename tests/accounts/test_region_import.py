import pytest
from django.core.management import CommandError, call_command

from accounts.csv_rows import UnreadableRows
from accounts.models import Region
from accounts.region_import import changes, enter_regions, read_regions

GOOD = """code,name,level,valid_from
990000101201,河湾村,village,2026-01-01
990000101000,石榴镇,town,2026-01-01
990000000000,石榴市,city,2026-01-01
"""


def problems_of(text: str) -> str:
    with pytest.raises(UnreadableRows) as refused:
        read_regions(text.encode())
    return str(refused.value)


def test_a_village_comes_in_under_its_town_and_city_whatever_the_order_of_lines(db):
    enter_regions(read_regions(GOOD.encode()))
    village = Region.objects.get(parent__name="石榴镇", parent__parent__name="石榴市")
    assert village.code == "990000101201"
    assert Region.objects.get(level="city").contains(village)


def test_the_same_file_again_changes_nothing(db):
    enter_regions(read_regions(GOOD.encode()))
    assert changes(read_regions(GOOD.encode())) == []


def test_a_renamed_and_a_closed_place_are_told_and_kept(db):
    enter_regions(read_regions(GOOD.encode()))
    later = (
        "code,name,level,valid_from,valid_to\n"
        "990000101000,石榴街道,town,2026-01-01,\n"
        "990000101201,河湾村,village,2026-01-01,2026-06-30\n"
    )
    found = changes(read_regions(later.encode()))
    assert [(change.kind, change.before) for change in found] == [("renamed", "石榴镇"), ("closed", "河湾村")]
    enter_regions(read_regions(later.encode()))
    assert Region.objects.get(code="990000101000").name == "石榴街道"
    assert Region.objects.get(code="990000101201").valid_to is not None


def test_levels_in_chinese_and_a_file_in_gb18030_are_read(db):
    text = "code,name,level,valid_from\n990000000000,石榴市,市,2026/1/1\n"
    assert read_regions(text.encode("gb18030"))[0].name == "石榴市"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("99000000000,石榴市,city,2026-01-01", "代码写 12 位数字"),
        ("990000101000,石榴市,city,2026-01-01", "代码写 12 位数字"),
        ("990000101000,河湾村,village,2026-01-01", "代码写 12 位数字"),
        ("990000000000,石榴市,province,2026-01-01", "级别写"),
        ("990000000000,,city,2026-01-01", "名称要写"),
        ("990000000000,石榴市,city,", "启用日期写成"),
        ("990000000000,石榴市,city,2026-02-30", "日期写成"),
        ("990000000000,石榴市,city,2026-01-01,多", "多了一格"),
        ("990000102000,樱桃镇,town,2026-01-01", "上级 990000000000 不在文件里"),
    ],
)
def test_a_bad_line_is_named_with_what_to_write(db, line, words):
    assert f"第 2 行：{words}" in problems_of("code,name,level,valid_from\n" + line)


def test_every_bad_line_is_named_at_once(db):
    said = problems_of(GOOD + "x,y,city,2026-01-01\n990000000000,石榴市,city,2026-01-01\n")
    assert "第 5 行" in said
    assert "第 6 行" in said
    assert "写了两遍" in said


@pytest.mark.parametrize("text", ["", "code,name,level,valid_from\n"])
def test_an_empty_file_is_no_list(db, text):
    with pytest.raises(UnreadableRows):
        read_regions(text.encode())


def test_a_missing_column_is_named(db):
    assert "缺少这些列：valid_from" in problems_of("code,name,level\n1,2,3\n")


def test_a_town_does_not_become_a_village(db):
    enter_regions(read_regions(GOOD.encode()))
    Region.objects.filter(code="990000101201").update(level="town", parent_id="990000000000")
    assert "以前录的是另一级" in problems_of(GOOD)


def test_the_command_writes_only_when_told_to(db, tmp_path, capsys):
    file = tmp_path / "regions.csv"
    file.write_text(GOOD, encoding="utf-8")
    call_command("import_regions", str(file))
    assert "新增 990000101000 石榴镇" in capsys.readouterr().out
    assert not Region.objects.exists()
    call_command("import_regions", str(file), "--apply")
    assert Region.objects.count() == 3


def test_the_command_says_which_file_it_could_not_read(db, tmp_path):
    with pytest.raises(CommandError, match="读不到"):
        call_command("import_regions", str(tmp_path / "absent.csv"))
