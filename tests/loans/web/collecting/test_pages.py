"""逾期和催收: who is late and how late, what was said, and who may know of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from loans.models import CollectionContact
from loans.models.collection_contact import ContactWay
from tests.makers.loans import make_active_loan, moment
from tests.workflows.web.offices_at_work import browser_of, page_of

TODAY = date(2026, 7, 1)
URL = "/partner/overdue"


@pytest.fixture(autouse=True)
def july() -> Iterator[None]:
    with time_machine.travel(moment(TODAY), tick=False):
        yield


def note(browser: Any, loan: Any, **changed: str) -> Any:
    sent = {
        "made_on": "2026-06-30",
        "way": "visit",
        "said": "卖了羊就还",
        "next_step": "再去一次",
        "next_on": "2026-07-10",
    }
    return browser.post(f"{URL}/{loan.number}", sent | changed)


def test_a_late_loan_is_listed_with_its_days_and_class(offices, loan):
    text = page_of(browser_of(offices.bank_officer).get(URL))
    assert "逾期 1 笔" in text
    # Due on 21 March, and not paid since: 102 days.
    assert all(words in text for words in (loan.number, "50,000.00", ">102<", "逾期超过 90 天", "次级", "还没联系过"))


@pytest.mark.parametrize("who", ["bank_officer", "town_reviewer"])
def test_the_bank_and_her_town_write_down_what_she_said(offices, loan, who):
    browser = browser_of(getattr(offices, who))
    assert note(browser, loan).status_code == 302
    row = CollectionContact.objects.get()
    assert (row.way, row.said, row.next_on) == (ContactWay.VISIT, "卖了羊就还", date(2026, 7, 10))
    assert "卖了羊就还" in page_of(browser.get(f"{URL}/{loan.number}"))
    assert "再去一次" in page_of(browser.get(URL))


@pytest.mark.parametrize(
    "changed",
    [
        {"made_on": "2026-07-02"},
        {"next_on": "2026-06-29"},
        {"way": "pigeon"},
        {"said": ""},
        {"next_step": ""},
        {"said": "话" * 201},
    ],
)
def test_what_can_not_be_is_said_at_its_field_and_nothing_is_kept(offices, loan, changed):
    answer = note(browser_of(offices.bank_officer), loan, **changed)
    assert answer.status_code == 422
    assert "错误：" in page_of(answer)
    assert not CollectionContact.objects.exists()


@pytest.mark.parametrize("who", ["guarantor_officer", "finance_officer", "helper", "auditor"])
def test_other_offices_know_of_no_such_page(offices, loan, who):
    browser = browser_of(getattr(offices, who))
    assert browser.get(URL).status_code == browser.get(f"{URL}/{loan.number}").status_code == 404
    assert note(browser, loan).status_code == 404
    assert not CollectionContact.objects.exists()


def test_she_herself_is_shown_none_of_it(offices, loan):
    note(browser_of(offices.bank_officer), loan)
    for path in (URL, f"{URL}/{loan.number}"):
        assert "卖了羊就还" not in page_of(browser_of(loan.applicant.user).get(path, follow=True))


def test_the_database_keeps_a_contact_as_it_was_written(offices, loan):
    note(browser_of(offices.bank_officer), loan)
    row = CollectionContact.objects.get()
    for change in ({"said": "x"}, {"next_on": date(2026, 8, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CollectionContact.objects.update(**change)
    for wrong in ({"said": ""}, {"next_on": date(2026, 6, 1)}, {"way": "pigeon"}):
        columns = {"made_on": row.made_on, "way": "phone", "said": "x", "next_step": "x", "next_on": row.next_on}
        with pytest.raises(IntegrityError), transaction.atomic():
            CollectionContact.objects.create(loan=loan, by=row.by, at=row.at, **{**columns, **wrong})


def test_many_late_loans_cost_the_same_queries(offices, pool, loan, django_assert_num_queries: DjangoAssertNumQueries):
    bank = browser_of(offices.bank_officer)
    bank.get(URL)
    for _more in range(2):
        # session, user, memberships, loans, instalments, repayments, contacts
        with django_assert_num_queries(7):
            bank.get(URL)
        make_active_loan(pool, offices)
