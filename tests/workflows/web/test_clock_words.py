"""The clock says the same in the list, on the case, to the partner and to her: one table of what each reads."""

from datetime import datetime

import pytest
import time_machine

from tests.makers import cases
from tests.makers.people import SHANGHAI, Offices
from tests.project.town import signed_in
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows.states import State

pytestmark = pytest.mark.django_db

ACCEPTED = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)  # due on Tuesday 13 October


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 11, 0, tzinfo=SHANGHAI)


# where the case waits, when it is looked at, the tag of the lists, the tag at the head of the case and on her page
TABLE = [
    (State.DISBURSEMENT, at(9, 28), "还剩 7 天", "还剩 7 个工作日"),
    (State.DISBURSEMENT, at(10, 9), "还剩 4 天", "还剩 4 个工作日"),
    (State.DISBURSEMENT, at(10, 10), "还剩 3 天", "还剩 3 个工作日"),
    (State.DISBURSEMENT, at(10, 12), "还剩 2 天", "还剩 2 个工作日"),
    (State.DISBURSEMENT, at(10, 13), "今天到期", "今天到期"),
    (State.DISBURSEMENT, at(10, 14), "已超 1 天", "已超 1 个工作日"),
    (State.DISBURSEMENT, at(10, 15), "已超 2 天", "已超 2 个工作日"),
    (State.SIGNING, at(10, 9), "已暂停：等签约", "已暂停：等签约"),
    (State.TERMS_OFFERED, at(10, 9), "已暂停：等确认条件", "已暂停：等确认条件"),
    (State.DISBURSED, at(9, 28), "按时 用 0 天", "按时 用 0 天"),
]


@pytest.mark.parametrize(("state", "now", "in_lists", "on_pages"), TABLE)
def test_everybody_reads_the_same(offices: Offices, programme, state, now, in_lists, on_pages):
    with time_machine.travel(now, tick=False):
        case = cases.a_case_in(state, offices, at=ACCEPTED)
        read = [
            (offices.city_reviewer, "/work?tab=all", in_lists),
            (offices.bank_officer, "/partner?tab=all", in_lists),
            (offices.city_reviewer, f"/case/{case.number}", on_pages),
            (offices.bank_officer, f"/case/{case.number}", on_pages),
        ]
        for user, address, words in read:
            page = page_of(browser_of(user).get(address))
            assert f"{words}</span>" in page, address
        assert f"{on_pages}</span>" in page_of(signed_in(case).get(f"/my/{case.number}"))


def test_before_acceptance_it_has_not_begun(offices: Offices, programme):
    with time_machine.travel(ACCEPTED, tick=False):
        case = cases.a_submitted_case(offices, at=ACCEPTED)
        for address in ("/work?tab=all", f"/case/{case.number}"):
            assert "未起算</span>" in page_of(browser_of(offices.city_reviewer).get(address)), address
