"""转介: a need is linked to a course, to a mentor, or to work in a village workshop, as long as a place is left."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applicants.models import Applicant, Course, Enrolment, EnrolmentMove, Mentor, Placement, Workshop
from applicants.models.referral import Enrolled
from records.refusals import Refusal

SEATS = {Enrolled.ENROLLED: 1, Enrolled.CANCELLED: -1, Enrolled.ATTENDED: 0}


class NoPlaceLeft(Refusal):
    """The course, the mentor or the workshop has taken as many as it takes."""

    code = "no_place_left"
    message = _("名额满了，换一个再报。")


class ReferredAlready(Refusal):
    """She is enrolled or placed there."""

    code = "referred_already"
    message = _("她已经在这里了。")


class NotReferred(Refusal):
    """There is nothing to end or to confirm."""

    code = "not_referred"
    message = _("这一条刚变过，刷新看看。")


class CourseNotOpen(Refusal):
    """Nobody enrols for a course that was held, nor was anybody at one that wasn't."""

    code = "course_not_open"
    message = _("日子不对：开课前报名，开课后才能记参加。")


@transaction.atomic
def enrol(applicant: Applicant, course: Course, *, by: User, at: datetime) -> Enrolment:
    """Take a place for her. Raises CourseNotOpen, ReferredAlready, NoPlaceLeft."""
    locked = Course.objects.select_for_update().get(pk=course.pk)
    if locked.held_on < timezone.localdate(at):
        raise CourseNotOpen
    enrolment, _is_new = Enrolment.objects.get_or_create(course=locked, applicant=applicant)
    if newest(enrolment) not in ("", Enrolled.CANCELLED):
        raise ReferredAlready
    if not locked.places_left:
        raise NoPlaceLeft
    _move(enrolment, Enrolled.ENROLLED, by=by, at=at)
    return enrolment


@transaction.atomic
def cancel(enrolment: Enrolment, *, by: User, at: datetime) -> None:
    """Give her place back. Raises NotReferred."""
    Course.objects.select_for_update().get(pk=enrolment.course_id)
    if newest(enrolment) != Enrolled.ENROLLED:
        raise NotReferred
    _move(enrolment, Enrolled.CANCELLED, by=by, at=at)


@transaction.atomic
def note_attended(enrolment: Enrolment, *, by: User, at: datetime) -> None:
    """She was there. Raises CourseNotOpen before its day, NotReferred."""
    course = Course.objects.select_for_update().get(pk=enrolment.course_id)
    if course.held_on > timezone.localdate(at):
        raise CourseNotOpen
    if newest(enrolment) != Enrolled.ENROLLED:
        raise NotReferred
    _move(enrolment, Enrolled.ATTENDED, by=by, at=at)


@transaction.atomic
def pair(applicant: Applicant, mentor: Mentor, *, by: User, at: datetime) -> Placement:
    """A mentor takes her by the hand from today. Raises ReferredAlready, NoPlaceLeft."""
    locked = Mentor.objects.select_for_update().get(pk=mentor.pk)
    return _place(Placement(applicant=applicant, mentor=locked), most=locked.most, by=by, at=at)


@transaction.atomic
def send_to_work(applicant: Applicant, workshop: Workshop, *, by: User, at: datetime) -> Placement:
    """She works in a village workshop from today. Raises ReferredAlready, NoPlaceLeft."""
    locked = Workshop.objects.select_for_update().get(pk=workshop.pk)
    return _place(Placement(applicant=applicant, workshop=locked), most=locked.jobs, by=by, at=at)


def end(placement: Placement, *, at: datetime) -> None:
    """It is over today. Raises NotReferred."""
    if not Placement.objects.live().filter(pk=placement.pk).update(ended_on=timezone.localdate(at)):
        raise NotReferred


def newest(enrolment: Enrolment) -> str:
    """The kind of its newest move; "" before the first. Uses what was prefetched."""
    moves = list(enrolment.moves.all())
    return moves[-1].kind if moves else ""


def _place(placement: Placement, *, most: int, by: User, at: datetime) -> Placement:
    there = Placement.objects.live().filter(mentor=placement.mentor, workshop=placement.workshop)
    if there.filter(applicant=placement.applicant).exists():
        raise ReferredAlready
    if there.count() >= most:
        raise NoPlaceLeft
    placement.began_on, placement.placed_by, placement.placed_at = timezone.localdate(at), by, at
    placement.save()
    return placement


def _move(enrolment: Enrolment, kind: Enrolled, *, by: User, at: datetime) -> None:
    EnrolmentMove.objects.create(enrolment=enrolment, kind=kind, seats=SEATS[kind], by=by, at=at)
