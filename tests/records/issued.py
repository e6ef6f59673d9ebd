"""A paper to test with: a notice of acceptance as the city federation issues it."""

from collections.abc import Mapping
from datetime import datetime

from records import papers
from records.models import IssuedPaper
from records.papers import Draft
from tests.makers.people import SHANGHAI, Offices

MONDAY = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)
WORDS: Mapping[str, object] = {
    "programme": "妇女创业小额贴息贷款",
    "case_number": "W2026-0101",
    "name": "石小满",
    "id_no": "9900********0026",
    "amount": "人民币伍万元整（¥50,000.00）",
    "term_months": 12,
    "submitted_on": "2026年9月25日",
    "accepted_on": "2026年9月28日",
    "days": 7,
    "due_on": "2026年10月13日（星期二）",
    "counted": "9月29日、30日，10月8日、9日、10日（调休上班）、12日、13日",
    "provisional": False,
    "town": "石榴镇妇女联合会",
    "handler": "石榴镇妇女联合会孟春草",
    "handler_phone": "0999-0123461",
    "complaint_phone": "0999-0123457",
}


def a_draft(offices: Offices, *, about: str = "W2026-0101", words: Mapping[str, object] = WORDS) -> Draft:
    return Draft(
        kind="acceptance",
        title="受理通知书",
        template="papers/acceptance.html",
        words=words,
        issuer=offices.city_federation,
        about=about,
        series="石妇贷",
        confirms=(("申请编号", about), ("姓名", "石••")),
    )


def a_paper(offices: Offices, *, at: datetime = MONDAY, about: str = "W2026-0101") -> IssuedPaper:
    return papers.issue(a_draft(offices, about=about), by=offices.city_reviewer, at=at)
