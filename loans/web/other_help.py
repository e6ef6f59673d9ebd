"""Help that needs no loan, where and when it is to be had: the next courses, and work in the village workshops."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F

from applicants.models import Course, Workshop

COURSES_SHOWN: Final = 3
WORKSHOPS_SHOWN: Final = 4


@dataclass(frozen=True)
class CourseAhead:
    """A course that hasn't begun and has places left."""

    title: str
    held_on: date
    place: str
    places_left: int
    phone: str


@dataclass(frozen=True)
class WorkNearby:
    """A village workshop: what is made there, and whom to ask for work."""

    name: str
    place: str
    jobs: int
    phone: str


@dataclass(frozen=True)
class OtherHelp:
    """`words` say what there is in general; the rows say where, when and whom to call."""

    words: tuple[str, ...]
    courses: list[CourseAhead]
    workshops: list[WorkNearby]


def other_help(words: tuple[str, ...], *, on: date) -> OtherHelp:
    return OtherHelp(words, _courses(on=on), _workshops())


def _courses(*, on: date) -> list[CourseAhead]:
    ahead = Course.objects.filter(held_on__gt=on, places_taken__lt=F("places")).select_related("base__region__parent")
    return [
        CourseAhead(
            title=course.title,
            held_on=course.held_on,
            place=course.base.name,
            places_left=course.places - course.places_taken,
            phone=course.base.phone,
        )
        for course in ahead.order_by("held_on", "pk")[:COURSES_SHOWN]
    ]


def _workshops() -> list[WorkNearby]:
    """One of each town: we don't know where she lives, and some place is the nearest."""
    first_of_town: dict[str, Workshop] = {}
    for workshop in Workshop.objects.select_related("village__parent").order_by("village_id", "name"):
        assert workshop.village.parent_id is not None
        first_of_town.setdefault(workshop.village.parent_id, workshop)
    return [
        WorkNearby(
            name=workshop.name,
            place=f"{workshop.village.parent}{workshop.village}",
            jobs=workshop.jobs,
            phone=workshop.phone,
        )
        for workshop in list(first_of_town.values())[:WORKSHOPS_SHOWN]
    ]
