"""Somebody asks to be called: once for each phone, within one working day, by one person who says how it went."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from applicants import call_backs
from applicants.models import CallBack
from applicants.models.call_back import Outcome
from records.models import Notice
from tests.makers.cases import MONDAY
from tests.makers.people import Offices

pytestmark = pytest.mark.django_db

MOBILE = "13700000001"


def ask(mobile: str = MOBILE, *, address: str = "10.0.0.1", at=MONDAY) -> CallBack:
    return call_backs.ask(mobile, address=address, at=at)


def closed(call: CallBack, offices: Offices, *, at=MONDAY) -> CallBack:
    call_backs.take(call, by=offices.city_reviewer, at=at)
    call_backs.close(call, outcome=Outcome.EXPLAINED, note="", by=offices.city_reviewer, at=at)
    call.refresh_from_db()
    return call


def test_the_day_is_the_next_working_day(offices: Offices):
    assert ask().due_on == date(2026, 9, 22)
    before_the_festival = MONDAY.replace(month=9, day=30)
    assert ask("13700000002", at=before_the_festival).due_on == date(2026, 10, 8)


def test_who_asks_twice_is_called_once(offices: Offices):
    assert ask() == ask(address="10.0.0.2")
    assert CallBack.objects.count() == 1


def test_the_city_hears_of_it_without_the_number(offices: Offices):
    ask()
    told = Notice.objects.filter(kind="call_back")
    assert set(told.values_list("to_user__username", flat=True)) == {"city", "city2", "leader"}
    assert MOBILE not in told[0].text


def test_a_phone_asks_three_times_a_day_and_tomorrow_again(offices: Offices):
    for _time in range(3):
        closed(ask(), offices)
    with pytest.raises(call_backs.AskedTooOften):
        ask()
    assert ask(at=MONDAY + timedelta(days=1, seconds=1)).pk


def test_an_address_asks_for_twenty_phones_a_day(offices: Offices):
    for number in range(20):
        ask(f"137000001{number:02d}")
    with pytest.raises(call_backs.AskedTooOften):
        ask("13700000200")
    assert ask("13700000200", address="10.0.0.9").pk


def test_of_two_who_take_it_one_calls(offices: Offices):
    call = ask()
    call_backs.take(call, by=offices.city_reviewer, at=MONDAY)
    with pytest.raises(call_backs.TakenBySomebody):
        call_backs.take(call, by=offices.town_reviewer, at=MONDAY)
    for move in (call_backs.give_back, call_backs.note_unanswered):
        with pytest.raises(call_backs.TakenBySomebody):
            move(call, by=offices.town_reviewer)
    with pytest.raises(call_backs.TakenBySomebody):
        call_backs.close(call, outcome=Outcome.EXPLAINED, note="", by=offices.town_reviewer, at=MONDAY)
    call_backs.give_back(call, by=offices.city_reviewer)
    call_backs.take(call, by=offices.town_reviewer, at=MONDAY)


def test_an_unanswered_call_stays_open_and_is_counted(offices: Offices):
    call = ask()
    call_backs.take(call, by=offices.city_reviewer, at=MONDAY)
    call_backs.note_unanswered(call, by=offices.city_reviewer)
    call.refresh_from_db()
    assert (call.tries, call.closed_at) == (1, None)


def test_the_heads_hear_of_a_late_call_once(offices: Offices):
    ask()
    assert call_backs.remind_heads(at=MONDAY + timedelta(days=1)) == 0
    late = MONDAY + timedelta(days=2)
    assert call_backs.remind_heads(at=late) == call_backs.remind_heads(at=late) == 1
    assert [one.to_user for one in Notice.objects.filter(kind="call_back_late")] == [offices.leader]


def test_after_thirty_days_the_number_is_gone_and_the_outcome_stays(offices: Offices):
    call, waiting = closed(ask(), offices), ask("13700000002")
    assert call_backs.forget_numbers(at=MONDAY + timedelta(days=30)) == 0
    assert call_backs.forget_numbers(at=MONDAY + timedelta(days=31)) == 1
    call.refresh_from_db()
    waiting.refresh_from_db()
    assert (call.mobile, call.mobile_index, call.address_index, call.outcome) == ("", "", "", "explained")
    assert waiting.mobile == "13700000002"


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"mobile": "", "mobile_index": ""}, "an_open_call_back_has_a_number_to_call"),
        ({"taken_at": MONDAY}, "a_call_back_is_taken_by_somebody_at_some_time"),
        ({"outcome": "explained"}, "a_call_back_is_closed_by_whoever_took_it_with_an_outcome"),
        ({"closed_at": MONDAY, "outcome": "explained"}, "a_call_back_is_closed_by_whoever_took_it_with_an_outcome"),
    ],
)
def test_the_database_knows_how_a_call_goes(offices: Offices, changed, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CallBack.objects.filter(pk=ask().pk).update(**changed)


def test_the_database_keeps_one_open_request_for_each_phone(offices: Offices):
    first = ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        CallBack.objects.create(mobile=MOBILE, mobile_index=first.mobile_index, asked_at=MONDAY, due_on=MONDAY.date())
