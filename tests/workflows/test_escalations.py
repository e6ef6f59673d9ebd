from datetime import date, datetime, time, timedelta

import pytest

from accounts.calendars import calendar_in_force
from accounts.models import WorkingDay
from records.escalations import Level
from records.models import Notice
from tests.makers import cases
from tests.makers.people import SHANGHAI
from workflows import deadlines, escalations
from workflows.assigning import assign
from workflows.models import Application, Escalation
from workflows.stages import interruptions
from workflows.states import State

ACCEPTED = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)  # due on Tuesday 13 October
WORKING_DAYS = (date(2026, 9, 29), date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10))


def moment(month, day, hour=0, minute=5):
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def case(offices, programme):
    """With the guarantor, taken by one of its officers."""
    guaranteed = cases.a_case_in(State.GUARANTEE, offices, at=ACCEPTED)
    assign(guaranteed, owner=offices.guarantor_officer, by=offices.guarantor_officer, at=ACCEPTED)
    return guaranteed


def look(offices, at):
    """The levels that ring at a moment, and who hears of each."""
    before = set(Notice.objects.values_list("pk", flat=True))
    escalations.look_at_clocks(by=offices.clock, at=at)
    told: dict[str, set[object]] = {}
    for notice in Notice.objects.exclude(pk__in=before).order_by("pk"):
        told.setdefault(notice.kind, set()).add(notice.to_user or "her")
    return told


def test_on_time_nobody_is_alarmed(offices, case):
    assert look(offices, moment(9, 29)) == {}


def test_the_promise_rings_on_its_fourth_and_sixth_and_last_day(offices, case):
    owner = {offices.guarantor_officer}
    look(offices, moment(9, 30, hour=23))  # the stage has rung its last day by now
    assert look(offices, moment(10, 9))["promise_day_4"] == owner
    assert look(offices, moment(10, 12))["promise_day_6"] == owner
    assert "promise_last_day" not in look(offices, moment(10, 13, hour=8))
    # The guarantor has no head: everybody there hears it.
    assert look(offices, moment(10, 13, hour=9))["promise_last_day"] == {
        offices.guarantor_officer,
        offices.guarantor_officer2,
    }


def test_a_broken_promise_tells_the_office_the_city_and_her(offices, case):
    told = look(offices, moment(10, 14))["promise_breached"]
    assert told == {offices.guarantor_officer, offices.guarantor_officer2, offices.leader, "her"}
    text = Notice.objects.get(kind="promise_breached", channel="sms").text
    assert text == (
        "说好 10 月 13 日办完，没办完，对不住您。现在卡在担保公司，新的日子是 10 月 19 日。电话 葛立新 0999-0123456。"
    )
    assert Escalation.objects.get(level="promise_breached").new_on == date(2026, 10, 19)


def test_each_alarm_rings_once(offices, case):
    look(offices, moment(10, 14))
    assert sorted(Escalation.objects.values_list("level", flat=True)) == sorted(Level)
    assert look(offices, moment(10, 14, hour=1)) == {}
    assert look(offices, moment(10, 16)) == {}
    assert Escalation.objects.count() == len(Level)


def test_of_several_alarms_at_once_only_the_gravest_is_told(offices, case):
    """The worker was down for a fortnight: nobody is told on the 14th that the 13th is the last day."""
    assert set(look(offices, moment(10, 14))) == {"promise_breached", "stage_breached"}


def test_a_stage_rings_for_its_owner_and_when_broken_for_its_head(offices, programme):
    submitted = cases.a_submitted_case(offices, at=ACCEPTED)  # intake: two working days
    assert look(offices, moment(9, 29)) == {}
    assert look(offices, moment(9, 30))["stage_last_day"] == {offices.town_reviewer, offices.town_reviewer2}
    assign(submitted, owner=offices.town_reviewer2, by=offices.town_reviewer2, at=moment(9, 30))
    assert look(offices, moment(10, 8))["stage_breached"] == {offices.town_reviewer, offices.town_reviewer2}


def test_while_it_waits_for_her_nobody_is_alarmed(offices, programme):
    cases.a_case_in(State.SUPPLEMENT, offices, at=ACCEPTED)
    assert look(offices, moment(10, 30)) == {}


def test_what_is_over_alarms_nobody(offices, programme):
    cases.a_case_in(State.DISBURSED, offices, at=ACCEPTED)
    cases.a_case_in(State.DECLINED, offices, at=ACCEPTED)
    assert look(offices, moment(10, 30)) == {}


def test_a_half_way_warning_rings_once_however_the_due_day_moves(offices, case):
    look(offices, moment(10, 9))
    asked = cases.ask_for_papers(case, offices, moment(10, 9, hour=11))
    cases.supply(asked, at=moment(10, 12, hour=9))
    assert "promise_day_4" not in look(offices, moment(10, 13))
    assert look(offices, moment(10, 16, hour=9))["promise_last_day"]


def test_a_second_visit_to_a_stage_is_a_second_clock(offices, case):
    look(offices, moment(9, 30))
    back = interruptions.return_for_rework(
        case, reason="补走访", by=offices.guarantor_officer, at=moment(9, 30, hour=10), version=None
    )
    cases.recommend(back, offices, moment(9, 30, hour=11))
    assert look(offices, moment(10, 9))["stage_last_day"]
    assert Escalation.objects.filter(clock__startswith="guarantee:", level="stage_last_day").count() == 2


def test_a_notice_that_moves_working_days_moves_the_columns_for_sorting(offices, case):
    assert case.due_on == date(2026, 10, 13)
    WorkingDay.objects.create(
        day=date(2026, 10, 10),
        is_working=False,
        name="国庆节",
        source="补充通知",
        published_at=ACCEPTED,
        entered_by=offices.city_reviewer,
        entered_at=ACCEPTED,
    )
    look(offices, ACCEPTED + timedelta(hours=1))
    assert Application.objects.get(pk=case.pk).due_on == date(2026, 10, 14)


def clocks_of(case):
    read = deadlines.read(case, today=date(2026, 10, 20), calendar=calendar_in_force())
    return read, case.due_on, case.stage_due_on, case.promise_started_on


def test_a_worker_that_stood_still_for_a_day_changes_only_when_the_messages_went_out(offices, case):
    """Two cases alike; the worker looks every day at the one, and misses the very day of the breach at the other."""
    twin = cases.a_case_in(State.GUARANTEE, offices, at=ACCEPTED)
    calendar = calendar_in_force()
    for day in [date(2026, 9, 29) + timedelta(days=n) for n in range(22)]:
        at = datetime.combine(day, time(9, 5), tzinfo=SHANGHAI)
        missed = day == date(2026, 10, 14)
        for one in (case,) if missed else (case, twin):
            fresh = Application.objects.get(pk=one.pk)
            escalations.look_at(fresh, calendar=calendar, at=at)
    kept, late = (Application.objects.get(pk=one.pk) for one in (case, twin))
    assert clocks_of(kept) == clocks_of(late)

    def rang(one):
        return sorted(one.escalations.values_list("clock", "level", "due_on", "new_on"))

    assert rang(kept) == rang(late)
    breach = {"level": "promise_breached"}
    assert kept.escalations.get(**breach).at.date() == date(2026, 10, 14)
    assert late.escalations.get(**breach).at.date() == date(2026, 10, 15)
    sorries = Notice.objects.filter(kind="promise_breached", channel="sms").order_by("created_at")
    assert [notice.created_at.date() for notice in sorries] == [date(2026, 10, 14), date(2026, 10, 15)]
    texts = [notice.text for notice in sorries]
    assert all("新的日子是 10 月 19 日" in text for text in texts), texts
