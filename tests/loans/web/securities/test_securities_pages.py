"""反担保台账: the guarantor's register, narrowed and as a file, and the form of each kind."""

import io
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from loans import guarantees
from loans.models import CounterGuarantee, Security, SecurityRelease
from tests.makers.loans import make_guarantee, moment
from tests.makers.women import an_id_no
from tests.workflows.web.offices_at_work import browser_of, page_of

TODAY = date(2026, 4, 1)
SIGNED_IN = 3
PERSON = {
    "full_name_1": "谷雨生",
    "id_no_1": an_id_no(1),
    "income_fen": "4200",
    "spouse_consent": "未婚",
    "evidence": "承诺书，1 号柜",
}


@pytest.fixture(autouse=True)
def april() -> Iterator[None]:
    with time_machine.travel(moment(TODAY), tick=False):
        yield


@pytest.fixture
def officer(offices):
    return browser_of(offices.guarantor_officer)


@pytest.fixture
def counter(pool, offices) -> CounterGuarantee:
    return make_guarantee(pool, offices).counter_guarantees.get()


def url_of(counter) -> str:
    return f"/securities/{counter.pk}"


def test_it_is_written_down_and_corrected_by_another_row(counter, officer):
    assert "还没登记" in page_of(officer.get("/securities"))
    assert officer.post(url_of(counter), PERSON).status_code == 302
    text = page_of(officer.get(url_of(counter)))
    assert "4,200.00 元" in text
    assert an_id_no(1) not in text
    assert officer.post(url_of(counter), PERSON | {"income_fen": "5000"}).status_code == 302
    assert "5,000.00 元" in page_of(officer.get(url_of(counter)))
    assert Security.objects.filter(counter_guarantee=counter).count() == 2
    assert "谷雨生" in page_of(officer.get("/securities?standing=held&kind=person"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"spouse_consent": " "}, "这一项要写"),
        ({"evidence": ""}, "写上材料名称和存放的地方"),
        ({"income_fen": "很多"}, "金额"),
        ({"id_no_1": "99000019850312002"}, "身份证号"),
        ({"id_no_1": an_id_no(1, birth_on=date(2015, 1, 1))}, "反担保人要满 18 岁"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_recorded(counter, officer, changed, words):
    answer = officer.post(url_of(counter), PERSON | changed)
    assert answer.status_code == 422
    assert words in page_of(answer)
    assert not Security.objects.exists()


def test_every_kind_has_a_form(pool, offices, officer):
    guarantee = make_guarantee(pool, offices)
    for kind, word in {"mortgage": "不动产权证号", "group": "第 4 个人，身份证号", "exempt": "为什么免"}.items():
        counter = CounterGuarantee.objects.create(guarantee=guarantee, kind=kind, description="见登记")
        assert word in page_of(officer.get(url_of(counter)))
        assert officer.post(url_of(counter), {}).status_code == 422


def test_when_the_promise_is_over_it_is_set_free(counter, offices, officer):
    guarantees.void(counter.guarantee, by=offices.guarantor_officer, at=moment(TODAY))
    assert "谷雨生" in page_of(officer.get("/securities?standing=to_release"))
    assert officer.post(url_of(counter), {"words": " "}).status_code == 422
    assert officer.post(url_of(counter), {"words": "承诺书退还"}).status_code == 302
    assert SecurityRelease.objects.get().words == "承诺书退还"
    text = page_of(officer.get(url_of(counter)))
    assert "承诺书退还" in text
    assert '<form method="post" novalidate' not in text
    assert "没有这样的反担保" in page_of(officer.get("/securities?standing=to_release"))


@pytest.mark.parametrize("who", ["bank_officer", "finance_officer", "leader", "helper"])
def test_it_is_the_guarantor_s_own(counter, offices, who):
    browser = browser_of(getattr(offices, who))
    for url in ("/securities", "/securities.xlsx", url_of(counter)):
        assert browser.get(url).status_code == 404
    assert browser.post(url_of(counter), PERSON).status_code == 404
    assert not Security.objects.exists()


def test_the_file_holds_what_the_page_shows_and_no_formula(pool, offices, officer):
    guarantee = make_guarantee(pool, offices)
    CounterGuarantee.objects.create(guarantee=guarantee, kind="pledge", description="=1+1")
    sheet = load_workbook(io.BytesIO(officer.get("/securities.xlsx?kind=pledge").content)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert len(rows) == 1
    assert rows[0][1] == "=1+1"
    assert sheet.cell(3, 2).data_type == "s"
    assert rows[0][4] == 50_000


def test_the_register_asks_a_fixed_number_of_questions(
    pool, offices, officer, django_assert_max_num_queries: DjangoAssertNumQueries
):
    for number in range(5):
        counter = make_guarantee(pool, offices).counter_guarantees.get()
        officer.post(url_of(counter), PERSON | {"id_no_1": an_id_no(number + 1)})
    assert Security.objects.count() == 5
    with django_assert_max_num_queries(SIGNED_IN + 5):
        officer.get("/securities")
