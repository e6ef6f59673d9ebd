from datetime import timedelta

from django.utils import timezone
from django_q.models import Schedule

from records.models import Notice
from tests.makers import cases
from tests.makers.people import OPENED_AT
from workflows import schedules, tasks
from workflows.models import Escalation


def test_the_timetable_is_set_up_once_and_again(db):
    Schedule.objects.create(name="workflows.tasks.of_old", func="workflows.tasks.of_old")
    schedules.set_up()
    schedules.set_up()
    assert set(Schedule.objects.values_list("func", "minutes")) == set(schedules.EVERY_MINUTES.items())


def test_every_task_of_the_timetable_exists():
    assert all(hasattr(tasks, function.rpartition(".")[2]) for function in schedules.EVERY_MINUTES)


def test_the_worker_rings_the_alarms(offices, programme):
    cases.a_submitted_case(offices, at=OPENED_AT)  # long overdue, whatever today is
    assert tasks.watch_clocks() == 2
    assert set(Escalation.objects.values_list("level", flat=True)) == {"stage_last_day", "stage_breached"}
    assert tasks.watch_clocks() == 0


def test_the_worker_sends_what_is_owed(offices, programme):
    case = cases.a_submitted_case(offices, at=timezone.now() - timedelta(minutes=1))
    assert tasks.deliver_notices() == 1
    assert Notice.objects.get(about=case.number).sent_at is not None
    assert tasks.deliver_notices() == 0
