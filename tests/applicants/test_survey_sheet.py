"""摸底 in Excel: what goes out is text, what comes in is looked at row by row, and nothing comes in twice."""

import io
import uuid

import openpyxl
import pytest

from applicants import survey_ledger, survey_sheet
from applicants.models import SurveyedWoman
from applicants.survey_ledger import Told
from applicants.survey_sheet import COLUMNS, NotASheet, apply, lines_of, sheet_of
from tests.makers.cases import MONDAY


def a_sheet(*rows, headings=None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(headings or COLUMNS.values()))
    for row in rows:
        sheet.append([row.get(name, "") for name in COLUMNS])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def a_row(offices, **changes):
    village = offices.villages[0]
    given = {"village": f"{village.parent} {village}", "full_name": "申请人甲", "place": "三组 7 号"}
    return given | {"age_band": "30 到 45 岁", "willing": "愿意申请", "mobile": 13800000001} | changes


def read(offices, *rows):
    return lines_of(a_sheet(*rows), villages=offices.villages)


def test_a_good_row_is_kept_once_however_often_the_file_comes(offices):
    content = a_sheet(a_row(offices), a_row(offices, full_name="申请人乙", willing="不贷"))
    for kept in (2, 0):
        lines = lines_of(content, villages=offices.villages)
        assert apply(lines, by=offices.town_reviewer, at=MONDAY) == kept
    row = SurveyedWoman.objects.get(full_name="申请人甲")
    assert (row.age_band, row.willing, row.mobile, row.sent_at) == ("from_30", "yes", "13800000001", MONDAY)
    assert SurveyedWoman.objects.count() == 2


def test_somebody_elses_import_in_the_meantime_adds_nothing_twice(offices):
    lines = read(offices, a_row(offices))
    apply(lines, by=offices.city_reviewer, at=MONDAY)
    assert apply(lines, by=offices.town_reviewer, at=MONDAY) == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"village": "别处 村"}, "镇和村写成"),
        ({"full_name": ""}, "姓名不对"),
        ({"willing": ""}, "“愿不愿意申请”要从这些里选"),
        ({"age_band": "四十"}, "“年龄”要从这些里选"),
        ({"mobile": "138"}, "电话要写 11 位手机号"),
        ({"wants": "养" * 61}, "最多写 60 个字"),
        ({"doing": "=1+1"}, "有一格是公式"),
    ],
)
def test_a_bad_row_says_why_and_isnt_kept(offices, changes, said):
    lines = read(offices, a_row(offices), a_row(offices, **{"full_name": "申请人丙"} | changes))
    assert said in lines[1].reason
    assert (lines[0].number, lines[1].number) == (2, 3)
    assert apply(lines, by=offices.town_reviewer, at=MONDAY) == 1


def test_the_same_woman_twice_in_one_file_is_one(offices):
    lines = read(offices, a_row(offices), a_row(offices))
    assert [line.is_new for line in lines] == [True, False]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 broken", a_sheet(headings=["别的", "表"])],
    ids=["empty", "broken", "another table"],
)
def test_what_is_no_such_table_is_refused(offices, content):
    with pytest.raises(NotASheet):
        lines_of(content, villages=offices.villages)


def test_too_many_rows_are_refused(offices, monkeypatch):
    monkeypatch.setattr(survey_sheet, "MOST_ROWS", 2)
    with pytest.raises(NotASheet):
        read(offices, *(a_row(offices, full_name=f"申请人{name}") for name in "甲乙丙"))


def test_what_goes_out_is_text_with_masked_numbers_and_comes_in_as_known(offices):
    told = Told(full_name="申请人甲", place="=HYPERLINK(1)", wants="=1+1", willing="yes", mobile="13800000001")
    village = offices.villages[0]
    survey_ledger.keep(told, key=uuid.uuid4(), village=village, is_whole=True, by=offices.helper, at=MONDAY)
    content = sheet_of(SurveyedWoman.objects.all(), state_of=lambda row: "愿意", at=MONDAY)
    cells = next(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2))
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert {cell.value for cell in cells} >= {"=1+1", "138••••0001", "愿意"}
    SurveyedWoman.objects.update(place="三组", wants="养鸡")
    again = lines_of(
        sheet_of(SurveyedWoman.objects.all(), state_of=lambda row: "", at=MONDAY), villages=offices.villages
    )
    assert [line.is_known for line in again] == [True]
