"""One quarter's subsidy through three offices, each on its own page."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from loans.models import SubsidyClaim
from loans.models.claim import ClaimState
from tests.makers.claims import handed_in, made, opined, paid, reviewed, submitted
from tests.makers.loans import make_active_loan, moment
from tests.workflows.web.offices_at_work import browser_of, page_of


@pytest.fixture(autouse=True)
def the_day_after_the_interest_date() -> Iterator[None]:
    with time_machine.travel(moment(date(2026, 6, 22), 9), tick=False):
        yield


@pytest.fixture
def bank(offices):
    return browser_of(offices.bank_officer)


@pytest.fixture
def bank2(offices):
    return browser_of(offices.bank_officer2)


@pytest.fixture
def finance(offices):
    return browser_of(offices.finance_officer)


@pytest.fixture
def finance2(offices):
    return browser_of(offices.finance_officer2)


def plain(response):
    return page_of(response).replace("\N{NO-BREAK SPACE}", " ")


def act(browser, claim, name, **sent):
    claim = SubsidyClaim.objects.get(pk=claim.pk)
    fields = {f"{name}-{field}": value for field, value in sent.items()}
    return browser.post(f"/subsidy/{claim.pk}", {"act": name, "version": claim.version, **fields})


def row_act(browser, line, name, **sent):
    fields = {f"{name}-{field}": value for field, value in sent.items()}
    return browser.post(f"/subsidy/{line.claim_id}/rows/{line.pk}", {"act": name, **fields})


def test_before_the_interest_date_the_bank_is_told_from_when_it_may_claim(loan, bank):
    with time_machine.travel(moment(date(2026, 3, 15)), tick=False):
        text = plain(bank.get("/subsidy"))
    assert "本季还没到结息日。3 月 21 日起可以申报" in text
    assert 'action="/subsidy/new"' not in text


def test_the_treasury_is_told_until_when_the_bank_has_time(loan, finance):
    assert "农信还没有报本季贴息。截止日 6 月 24 日" in plain(finance.get("/subsidy"))


def test_a_quarter_through_all_the_offices(pool, loan, offices, bank, bank2, finance, finance2):
    assert "做这一季的申报" in page_of(bank.get("/subsidy"))
    sent = bank.post("/subsidy/new", {"pool": pool.pk, "from_on": "2026-03-21"})
    claim = SubsidyClaim.objects.get()
    assert sent.headers["Location"] == f"/subsidy/{claim.pk}"
    page = plain(bank.get(f"/subsidy/{claim.pk}"))
    for words in ("50,000.00 × 92 天 × 4.50%", "575.00", "要由另一位同事提交", "2026 年第 2 季度贴息"):
        assert words in page
    line = claim.lines.get()
    assert row_act(bank, line, "figure", amount="610.60", reason="").status_code == 409
    assert row_act(bank, line, "figure", amount="610.60", reason="按 365 天").status_code == 302
    assert act(bank2, claim, "submit").status_code == 302
    guarantor = browser_of(offices.guarantor_officer)
    assert act(guarantor, claim, "opine", agrees="no").status_code == 422
    assert act(guarantor, claim, "opine", agrees="yes").status_code == 302

    page = plain(finance.get(f"/subsidy/{claim.pk}"))
    assert "本季贴息比系统算的多 35.60 元，涉及 1 笔。" in page
    assert "+35.60" in page
    assert "还有 1 行没有定" in plain(act(finance, claim, "propose"))
    assert row_act(finance, line, "ask", words="为什么多？").status_code == 302
    assert "为什么多？" in page_of(bank.get(f"/subsidy/{claim.pk}/rows/{line.pk}"))
    assert row_act(bank, line, "answer", words="算错了").status_code == 302
    assert row_act(finance, line, "ours").status_code == 302
    assert act(finance, claim, "propose").status_code == 302
    assert "等另一位同事同意" in page_of(finance.get(f"/subsidy/{claim.pk}"))
    assert act(finance2, claim, "decide", outcome="approved", reason="").status_code == 302
    order = page_of(finance.get(f"/subsidy/{claim.pk}/order?view=html"))
    assert "人民币伍佰柒拾伍元整" in order
    paid_on = {"paid_on": "2026-06-22", "voucher_no": "财贴 7", "advanced_by": "city"}
    assert act(finance, claim, "pay", **paid_on).status_code == 302
    page = plain(finance.get(f"/subsidy/{claim.pk}"))
    for words in ("财贴 7", "市财政垫付", "已拨付"):
        assert words in page
    assert SubsidyClaim.objects.get().state == ClaimState.PAID
    assert "575.00" in page_of(finance.get("/subsidy/years/2026"))


def test_the_order_prints_on_one_page_of_a4(pool, loan, offices, finance):
    claim = reviewed(opined(submitted(pool, offices), offices), offices)
    content = finance.get(f"/subsidy/{claim.pk}/order").content
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") <= 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_bank_reads_its_own_list_in(pool, loan, offices, bank, encoding):
    claim = made(pool, offices)
    content = f"贷款编号,贴息金额,原因\n{loan.number},610.60,按 365 天算的\n"
    file = SimpleUploadedFile("list.csv", content.encode(encoding))
    assert act(bank, claim, "say", file=file).status_code == 302
    line = claim.lines.get()
    assert (line.bank_fen, line.bank_reason) == (61_060, "按 365 天算的")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("贷款编号,贴息金额\nL2026-9999,1\n", "不在这一季里"),
        ("贷款编号,贴息金额\n{number},很多\n", "第 2 行：金额读不懂"),
        ("{number},1\n{number},1\n", "写了两次"),
        ("{number},999\n", "写明原因再报"),
    ],
)
def test_a_bad_list_is_refused_whole_and_in_words(pool, loan, offices, bank, content, words):
    claim = made(pool, offices)
    file = SimpleUploadedFile("list.csv", content.format(number=loan.number).encode())
    answer = act(bank, claim, "say", file=file)
    assert answer.status_code in (400, 409, 422)
    assert words in plain(answer)
    assert claim.lines.get().bank_fen == 57_500


def test_a_draft_is_the_banks_alone_and_nobody_else_is_told_of_claims(pool, loan, offices, finance):
    claim = made(pool, offices)
    assert finance.get(f"/subsidy/{claim.pk}").status_code == 404
    handed_in(claim, offices)
    assert finance.get(f"/subsidy/{claim.pk}").status_code == 200
    for who in ("leader", "town_reviewer", "auditor", "sysadmin"):
        browser = browser_of(getattr(offices, who))
        for path in ("/subsidy", f"/subsidy/{claim.pk}", "/subsidy/forecast", "/subsidy/years/2026"):
            assert browser.get(path).status_code == 404
    for path in ("/subsidy/forecast", "/subsidy/years/2026", "/subsidy/forecast.xlsx"):
        assert browser_of(offices.bank_officer).get(path).status_code == 404


def test_what_somebody_else_did_meanwhile_is_said(pool, loan, offices, bank2):
    claim = made(pool, offices)
    handed_in(claim, offices)
    answer = bank2.post(f"/subsidy/{claim.pk}", {"act": "submit", "version": "0"}, follow=True)
    assert "刚被改过" in page_of(answer)


def test_every_table_is_an_excel_file(pool, loan, offices, finance):
    claim = paid(pool, offices)
    for path in (f"/subsidy/{claim.pk}.xlsx", "/subsidy/years/2026.xlsx", "/subsidy/forecast.xlsx"):
        answer = finance.get(path)
        names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
        assert "xl/worksheets/sheet1.xml" in names, path


def test_the_forecast_is_compared_with_the_budget(pool, loan, finance):
    page = plain(finance.get("/subsidy/forecast?appropriation=1000"))
    assert "预算不够：至少还差" in page
    assert "预算够用" in plain(finance.get("/subsidy/forecast?appropriation=10万"))
    assert finance.get("/subsidy/forecast?appropriation=x").status_code == 422


@pytest.mark.parametrize("count", [1, 6])
def test_a_claim_of_any_size_takes_the_same_queries(pool, offices, finance, count, django_assert_max_num_queries):
    for _ in range(count):
        make_active_loan(pool, offices)
    claim = submitted(pool, offices)
    with django_assert_max_num_queries(14):
        finance.get(f"/subsidy/{claim.pk}")
    with django_assert_max_num_queries(12):
        finance.get("/subsidy")
