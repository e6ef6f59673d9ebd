"""计时异议: an office contests days charged to it, the city decides, and the promise to her never moves."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from records.models.decision import Outcome
from records.refusals import Invalid, NotPermitted, SamePerson
from tests.makers import cases
from tests.makers.people import SHANGHAI, Offices
from workflows import charge_contests
from workflows.models import Application, ChargeContest, ContestedDay
from workflows.refusals import HeadNeeded
from workflows.states import State

pytestmark = pytest.mark.django_db

ACCEPTED = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)
NOW = datetime(2026, 10, 12, 9, 0, tzinfo=SHANGHAI)
FIRST, SECOND = date(2026, 9, 29), date(2026, 9, 30)


@pytest.fixture
def case(offices: Offices, programme) -> Application:
    """With the guarantor since 28 September: five days are charged to it by now."""
    return cases.a_case_in(State.GUARANTEE, offices, at=ACCEPTED)


def contest(case, by, *, days=(FIRST, SECOND), words="农信的材料没有转来。"):
    return charge_contests.contest(case, days=days, words=words, evidence="9 月 30 日的收文登记", by=by, at=NOW)


def decide(contested, by, *, outcome=Outcome.APPROVED, moved_to=None):
    charge_contests.decide(contested, outcome=outcome, moved_to=moved_to, reason="收文登记属实。", by=by, at=NOW)


def charged(case) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in charge_contests.settled_charges(case, today=NOW.date()):
        found[one.office] = found.get(one.office, 0) + 1
    return found


def test_an_upheld_contest_moves_the_days_to_another_office_and_not_her_promise(case, offices):
    assert charged(case) == {"担保公司": 5}
    raised = contest(case, offices.guarantor_officer)
    assert charged(case) == {"担保公司": 5}, "nothing moves before the city decides"
    decide(raised, offices.city_reviewer, moved_to=offices.bank)
    assert charged(case) == {"担保公司": 3, "农信": 2}
    assert Application.objects.get(pk=case.pk).due_on == date(2026, 10, 13)


def test_or_to_nobody_and_a_refused_one_moves_nothing(case, offices):
    decide(contest(case, offices.guarantor_officer, days=[FIRST]), offices.city_reviewer)
    refused = contest(case, offices.guarantor_officer, days=[SECOND])
    decide(refused, offices.leader, outcome=Outcome.REFUSED)
    assert charged(case) == {"": 1, "担保公司": 4}


def test_days_of_the_city_take_a_head_among_the_two_and_never_one_person(case, offices):
    decide(contest(case, offices.guarantor_officer, days=[FIRST]), offices.leader, moved_to=offices.city_federation)
    raised = contest(case, offices.city_reviewer, days=[FIRST])
    with pytest.raises(HeadNeeded):
        decide(raised, offices.city_reviewer2)
    with pytest.raises((SamePerson, HeadNeeded)):
        decide(raised, offices.city_reviewer)
    decide(raised, offices.leader)
    assert charged(case) == {"": 1, "担保公司": 4}


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], "农信的材料没有转来。"),
        ([date(2026, 10, 1)], "农信的材料没有转来。"),  # a day of rest
        ([date(2026, 10, 13)], "农信的材料没有转来。"),  # still to come
        ([FIRST], "不是"),
    ],
)
def test_only_charged_days_are_contested_and_in_words(case, offices, days, words):
    with pytest.raises(Invalid):
        contest(case, offices.guarantor_officer, days=days, words=words)
    assert not ChargeContest.objects.exists()


def test_a_day_is_contested_once(case, offices):
    contest(case, offices.guarantor_officer, days=[FIRST])
    with pytest.raises(Invalid):
        contest(case, offices.guarantor_officer, days=[FIRST])
    day = ContestedDay.objects.get()
    day.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        day.save(force_insert=True)


@pytest.mark.parametrize("who", ["bank_officer", "town_reviewer", "helper", "finance_officer"])
def test_days_of_another_office_are_not_hers_to_contest_nor_to_decide(case, offices, who):
    with pytest.raises((NotPermitted, Invalid)):
        contest(case, getattr(offices, who))
    with pytest.raises(NotPermitted):
        decide(contest(case, offices.guarantor_officer), getattr(offices, who))


def test_the_database_lets_nobody_move_days_after_the_decision(case, offices):
    raised = contest(case, offices.guarantor_officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChargeContest.objects.filter(pk=raised.pk).update(words="别的话")
    decide(raised, offices.city_reviewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChargeContest.objects.filter(pk=raised.pk).update(moved_to=offices.bank)
