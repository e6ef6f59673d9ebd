"""When she comes to sign: agreed on within what is possible, one at a time, and nothing of it is lost."""

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Organisation
from records.models import Notice
from records.refusals import Invalid, MoveNotOpen, NotPermitted
from tests.makers import cases
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.people import SHANGHAI
from tests.workflows.past_the_engine import refused, run
from workflows import signing_appointments
from workflows.models import SigningAppointment
from workflows.signing_appointments import Meeting, NobodyWasExpected
from workflows.states import State

pytestmark = pytest.mark.django_db

# 25 to 27 September are free, and Saturday 10 October is worked; the last day to sign is the Monday after it.
TUESDAY = datetime(2026, 9, 22, 9, 30, tzinfo=SHANGHAI)


def at(month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def a_meeting(starts_at: datetime = TUESDAY, **changed: str) -> Meeting:
    return Meeting(starts_at, **({"place": "农信社营业厅", "to_bring": "身份证和银行卡"} | changed))


@pytest.fixture
def case(offices, programme):
    Organisation.objects.filter(pk=offices.bank.pk).update(opens_at=time(9), closes_at=time(17))
    return a_case_in(State.SIGNING, offices)


@pytest.fixture
def book(case, offices):
    def booked(starts_at: datetime = TUESDAY, *, now: datetime = MONDAY, **changed: str) -> SigningAppointment:
        return signing_appointments.book(case, a_meeting(starts_at, **changed), by=offices.bank_officer, at=now)

    return booked


def test_she_is_told_when_where_and_what_to_bring(book, case, offices):
    booked = book()
    text = Notice.objects.get(kind="signing_booked", about=case.number).text
    said = ("9 月 22 日（星期二）9:30", "农信社营业厅", "带身份证和银行卡", offices.bank.phone, case.number)
    assert [words for words in said if words not in text.replace("\N{NO-BREAK SPACE}", " ")] == []
    assert signing_appointments.standing(case) == booked


@pytest.mark.parametrize(
    ("starts_at", "field", "code"),
    [
        (MONDAY, "on", "appointment_is_over"),
        (at(9, 26), "on", "rest_day"),
        (at(10, 13), "on", "after_the_last_day"),
        (at(9, 22, 8, 59), "time", "outside_opening_hours"),
        (at(9, 22, 17, 0), "time", "outside_opening_hours"),
    ],
)
def test_it_is_agreed_on_only_for_when_somebody_is_there_and_in_time(book, case, starts_at, field, code):
    with pytest.raises(Invalid) as wrong:
        book(starts_at)
    assert [(error.field, error.code) for error in wrong.value.errors] == [(field, code)]
    assert not SigningAppointment.objects.exists()
    assert not Notice.objects.filter(kind="signing_booked").exists()


def test_a_saturday_that_is_worked_will_do(book):
    assert book(at(10, 10)).pk
    assert book(at(10, 12, 16, 59)).pk


@pytest.mark.parametrize("empty", ["place", "to_bring"])
def test_without_a_place_or_what_to_bring_it_is_none(book, empty):
    with pytest.raises(Invalid) as wrong:
        book(**{empty: " "})
    assert [error.field for error in wrong.value.errors] == [empty]


def test_a_bank_whose_hours_nobody_wrote_down_is_taken_at_its_word(book, offices, case):
    Organisation.objects.filter(pk=offices.bank.pk).update(opens_at=None, closes_at=None)
    assert signing_appointments.book(
        type(case).objects.get(pk=case.pk), a_meeting(at(9, 22, 19, 0)), by=offices.bank_officer, at=MONDAY
    ).pk


def test_another_time_takes_the_place_of_the_first_and_both_are_kept(book, case):
    book()
    second = book(at(9, 23))
    assert [one.outcome for one in SigningAppointment.objects.all()] == ["changed", ""]
    assert signing_appointments.standing(case) == second
    assert Notice.objects.filter(kind="signing_booked").count() == 2


def test_only_the_bank_agrees_on_it_and_only_while_she_is_to_sign(case, offices, book):
    with pytest.raises(NotPermitted):
        signing_appointments.book(case, a_meeting(), by=offices.city_reviewer, at=MONDAY)
    cases.sign(case, offices)
    with pytest.raises(MoveNotOpen):
        book()


def test_who_did_not_come_is_reminded_once(book, case, offices):
    book()
    with pytest.raises(NobodyWasExpected):
        signing_appointments.record_no_show(case, by=offices.bank_officer, at=TUESDAY - timedelta(minutes=1))
    missed = signing_appointments.record_no_show(case, by=offices.bank_officer, at=TUESDAY + timedelta(hours=1))
    assert (missed.outcome, missed.closed_by) == ("missed", offices.bank_officer)
    with pytest.raises(NobodyWasExpected):
        signing_appointments.record_no_show(case, by=offices.bank_officer, at=TUESDAY + timedelta(hours=2))
    [told] = Notice.objects.filter(kind="signing_missed", about=case.number)
    assert "没等到您" in told.text
    case.refresh_from_db()
    assert case.state == State.SIGNING


def test_signing_keeps_it_and_leaving_drops_it(book, case, offices):
    book()
    cases.sign(case, offices)
    assert SigningAppointment.objects.get().outcome == "kept"


def test_a_withdrawn_case_expects_nobody(book, case, offices):
    book()
    cases.withdraw(case, offices)
    assert SigningAppointment.objects.get().outcome == "dropped"


def test_the_database_keeps_one_standing_as_it_was_agreed(book, case, offices):
    booked = book()
    again = {
        "application": case,
        "starts_at": at(9, 23),
        "place": "营业厅",
        "to_bring": "身份证",
        "booked_by": offices.bank_officer,
        "booked_at": MONDAY,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningAppointment.objects.create(**again)
    with refused("appointment_stays_as_it_was"):
        run("UPDATE workflows_signingappointment SET place = 'x' WHERE id = %s", booked.pk)
    with refused("appointment_stays_as_it_was"):
        run("DELETE FROM workflows_signingappointment WHERE id = %s", booked.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningAppointment.objects.filter(pk=booked.pk).update(
            outcome="missed", closed_by=offices.bank_officer, closed_at=MONDAY
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningAppointment.objects.filter(pk=booked.pk).update(closed_at=TUESDAY)
    cases.sign(case, offices)
    with refused("case_is_not_to_be_signed"):
        SigningAppointment.objects.create(**again)
    with refused("appointment_stays_as_it_was"):
        SigningAppointment.objects.filter(pk=booked.pk).update(outcome="missed")


@pytest.mark.parametrize(("opens_at", "closes_at"), [(time(9), None), (None, time(17)), (time(17), time(9))])
def test_an_office_with_half_its_hours_is_refused(offices, opens_at, closes_at):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=offices.bank.pk).update(opens_at=opens_at, closes_at=closes_at)
