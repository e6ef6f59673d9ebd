from http import HTTPStatus

import pytest

from loans.models import MutualHelp, MutualHelpMove
from tests.makers.mutual_help import HELP_FEN, a_fund, paid, proposed, refreshed
from tests.workflows.web.offices_at_work import browser_of, page_of

HELP = {
    "name": "谷小满",
    "need": "丈夫生病",
    "purpose": "买种苗",
    "amount": "2000",
    "first_due_on": "2099-01-31",
    "instalments": "10",
    "voucher_no": "帮 1",
}


@pytest.fixture
def city(offices):
    return browser_of(offices.city_reviewer)


def test_a_gift_is_written_down_without_a_name(offices, city):
    fund = a_fund(offices)
    sent = {"amount": "500", "donor": "", "purpose": "", "value_on": "2026-03-10", "voucher_no": "捐 1"}
    assert city.post("/mutual-help/donate", sent).status_code == HTTPStatus.FOUND
    assert fund.moves.get(voucher_no="捐 1").amount_fen == 50_000
    again = city.post("/mutual-help/donate", sent)
    assert again.status_code == HTTPStatus.CONFLICT
    assert "这个凭证号登记过了" in page_of(again)
    assert 'value="500"' in page_of(again)


def test_a_form_sent_empty_says_what_is_missing_and_writes_nothing(offices, city):
    a_fund(offices)
    before = MutualHelpMove.objects.count()
    for path, words in (("donate", "写上凭证号"), ("new", "写上她的姓名")):
        answer = city.post(f"/mutual-help/{path}", {})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert words in page_of(answer)
    assert (MutualHelpMove.objects.count(), MutualHelp.objects.count()) == (before, 0)


def test_help_goes_out_by_the_second_person_and_comes_back(offices, city):
    fund = a_fund(offices)
    sent = {**HELP, "village": offices.villages[0].code}
    assert city.post("/mutual-help/new", sent).status_code == HTTPStatus.FOUND
    path = f"/mutual-help/{MutualHelp.objects.get().pk}"
    assert "要由另一位同事复核" in page_of(city.get(path))
    assert city.post(path, {"outcome": "approved", "reason": ""}).status_code == HTTPStatus.FORBIDDEN
    leader = browser_of(offices.leader)
    assert leader.post(path, {"outcome": "approved", "reason": ""}).status_code == HTTPStatus.FOUND
    assert refreshed(fund).balance_fen == 1_000_000 - 200_000
    back = {"amount": "2000", "value_on": "2026-03-10", "voucher_no": "还 1"}
    too_much = leader.post(path, {**back, "amount": "2000.01"})
    assert too_much.status_code == HTTPStatus.CONFLICT
    assert "比她没还的还多 0.01 元" in page_of(too_much)
    assert leader.post(path, back).status_code == HTTPStatus.FOUND
    assert "还清了" in page_of(leader.get(path))
    assert refreshed(fund).balance_fen == 1_000_000


def test_more_than_the_balance_is_refused_and_keeps_what_was_typed(offices, city):
    a_fund(offices)
    answer = city.post("/mutual-help/new", {**HELP, "village": offices.villages[0].code, "amount": "很多"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    answer = city.post("/mutual-help/new", {**HELP, "village": offices.villages[0].code, "amount": "10001"})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "差 1.00 元" in page_of(answer)
    assert "丈夫生病" in page_of(answer)
    assert not MutualHelp.objects.exists()


def test_nobody_else_sees_or_does_any_of_it(offices):
    helped = paid(offices)
    for who in ("town_reviewer", "helper", "finance_officer", "bank_officer", "auditor"):
        client = browser_of(getattr(offices, who))
        for path in ("", "/donate", "/new", f"/{helped.pk}", ".xlsx"):
            assert client.get(f"/mutual-help{path}").status_code == HTTPStatus.NOT_FOUND, (who, path)
        assert client.post(f"/mutual-help/{helped.pk}", {}).status_code == HTTPStatus.NOT_FOUND


def test_help_of_which_nothing_is_left_has_no_form(offices, city):
    helped = proposed(a_fund(offices), offices)
    assert "<form" in page_of(browser_of(offices.leader).get(f"/mutual-help/{helped.pk}"))
    assert str(HELP_FEN // 100 // 1000) in page_of(city.get(f"/mutual-help/{helped.pk}"))
