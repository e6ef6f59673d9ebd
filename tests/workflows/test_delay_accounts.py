"""超期说明: asked of the office that holds a late case, once for each broken day, and told to her."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.calendars import calendar_in_force
from records.models import Notice
from records.refusals import Invalid, NotPermitted
from tests.makers import cases
from tests.makers.people import SHANGHAI, Offices
from workflows import deadlines, delay_accounts, delays, pausing
from workflows.answers import answer_sentence
from workflows.assigning import current_assignment
from workflows.delay_accounts import NothingToExplain
from workflows.models import Application, DelayAccount
from workflows.models.delay import DelayReason
from workflows.models.pause import PauseReason
from workflows.states import State

pytestmark = pytest.mark.django_db

ACCEPTED = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)  # due on Tuesday 13 October
LATE = datetime(2026, 10, 14, 9, 0, tzinfo=SHANGHAI)
NEW_DAY = date(2026, 10, 16)


@pytest.fixture
def case(offices: Offices, programme) -> Application:
    return cases.a_case_in(State.GUARANTEE, offices, at=ACCEPTED)


def explain(case, by, *, new_on=NEW_DAY, words="两个经办人都在外地核查。", at=LATE):
    return delay_accounts.explain(case, reason=DelayReason.NOBODY_THERE, words=words, new_on=new_on, by=by, at=at)


def owed(case, at=LATE):
    fresh = Application.objects.get(pk=case.pk)
    clocks = deadlines.read(fresh, today=at.date(), calendar=calendar_in_force())
    by_list = Application.objects.filter(delays.owing(today=at.date()), pk=case.pk).exists()
    since = delays.owed_since(fresh, clocks, today=at.date())
    assert by_list == (since is not None), "the list and the page agree"
    return since


def test_a_broken_promise_is_asked_about_from_the_day_after(case):
    assert owed(case, datetime(2026, 10, 13, 23, 0, tzinfo=SHANGHAI)) is None
    assert owed(case) == date(2026, 10, 13)


def test_she_is_told_the_new_day_and_the_name_of_whoever_has_her_case(case, offices):
    given = explain(case, offices.guarantor_officer)
    assert (given.broken_on, given.organisation) == (date(2026, 10, 13), offices.guarantor)
    told = Notice.objects.get(kind="new_day").text
    assert "新的日子是 10 月 16 日" in told
    assert "葛立新" in told
    fresh = Application.objects.get(pk=case.pk)
    assignment = current_assignment(fresh)
    assert assignment is not None
    assert assignment.owner == offices.guarantor_officer
    clocks = deadlines.read(fresh, today=LATE.date(), calendar=calendar_in_force())
    assert answer_sentence(fresh, clocks, today=LATE.date()) == told
    assert clocks.promise is not None
    assert clocks.promise.due_on == date(2026, 10, 13), "what was promised stays what was promised"


def test_it_is_asked_once_and_again_only_where_the_new_day_passes_too(case, offices):
    explain(case, offices.guarantor_officer)
    assert owed(case) is None
    assert owed(case, datetime(2026, 10, 16, 18, 0, tzinfo=SHANGHAI)) is None
    with pytest.raises(NothingToExplain):
        explain(case, offices.guarantor_officer)
    saturday = datetime(2026, 10, 17, 9, 0, tzinfo=SHANGHAI)
    assert owed(case, saturday) == NEW_DAY
    again = explain(case, offices.guarantor_officer, at=saturday, new_on=date(2026, 10, 20))
    assert again.broken_on == NEW_DAY


@pytest.mark.parametrize(
    ("new_on", "words"),
    [
        (date(2026, 10, 14), "两个经办人都在外地。"),  # today
        (date(2026, 10, 17), "两个经办人都在外地。"),  # a Saturday
        (date(2026, 10, 29), "两个经办人都在外地。"),  # the eleventh working day
        (NEW_DAY, "忙"),
    ],
)
def test_a_day_of_rest_a_past_day_and_a_word_are_no_account(case, offices, new_on, words):
    with pytest.raises(Invalid):
        explain(case, offices.guarantor_officer, new_on=new_on, words=words)
    assert not DelayAccount.objects.exists()
    assert not Notice.objects.filter(kind="new_day").exists()


@pytest.mark.parametrize("who", ["bank_officer", "town_reviewer", "leader", "helper", "finance_officer"])
def test_only_the_office_that_holds_it_explains(case, offices, who):
    with pytest.raises(NotPermitted):
        explain(case, getattr(offices, who))


def test_nothing_is_asked_in_time_or_while_the_clock_stands_still(case, offices):
    early = datetime(2026, 10, 12, 9, 0, tzinfo=SHANGHAI)
    with pytest.raises(NothingToExplain):
        explain(case, offices.guarantor_officer, at=early)
    pausing.pause(
        case,
        reason=PauseReason.FORCE_MAJEURE,
        expected_on=date(2026, 10, 20),
        note="山洪断路。",
        by=offices.guarantor_officer,
        at=LATE,
    )
    assert owed(case) is None


def test_the_database_keeps_one_account_for_a_day_and_a_new_day_in_the_future(case, offices):
    given = explain(case, offices.guarantor_officer)
    columns = "application_id, organisation_id, reason, words, given_by_id, given_at"
    for broken_on, new_on in (("2026-10-13", "2026-10-30"), ("2026-10-16", "2026-10-14")):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO workflows_delayaccount ({columns}, broken_on, new_on, given_on) "
                f"SELECT {columns}, '{broken_on}', '{new_on}', given_on FROM workflows_delayaccount WHERE id = %s",
                [given.pk],
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        DelayAccount.objects.filter(pk=given.pk).update(new_on=date(2026, 12, 1))
