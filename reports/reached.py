"""Whom the federation reached before anybody applied: asked at her door, and taught a trade."""

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from accounts.models import Region
from applicants.models import Course, EnrolmentMove, SurveyedWoman
from applicants.models.referral import Enrolled
from reports.periods import Period


@dataclass(frozen=True)
class Reached:
    """How many rows of the survey, and places taken at courses, some of them before names were kept."""

    surveyed: int
    trained_by_name: int
    trained_before: int

    @property
    def trained(self) -> int:
        return self.trained_by_name + self.trained_before


def surveyed_in(region: Region, *, period: Period) -> QuerySet[SurveyedWoman]:
    """Whole rows of the period. Rows are kept for a year, so that an old period counts none."""
    return (
        SurveyedWoman.objects.sent()
        .filter(village__code__startswith=region.prefix, sent_at__gte=period.starts_at, sent_at__lt=period.ends_before)
        .select_related("village__parent")
        .order_by("village_id", "pk")
    )


def trained_in(region: Region, *, period: Period) -> QuerySet[EnrolmentMove]:
    """That somebody was at a course of the period, by name. A woman of two courses is there twice."""
    return (
        EnrolmentMove.objects.filter(
            kind=Enrolled.ATTENDED,
            enrolment__applicant__village__code__startswith=region.prefix,
            enrolment__course__held_on__gte=period.starts_on,
            enrolment__course__held_on__lte=period.ends_on,
        )
        .select_related("enrolment__course", "enrolment__applicant__village__parent")
        .order_by("enrolment__course__held_on", "pk")
    )


def trained_before_in(region: Region, *, period: Period) -> int:
    """How many were at the courses of the period before the register kept names."""
    courses = Course.objects.filter(
        base__region__code__startswith=region.prefix, held_on__gte=period.starts_on, held_on__lte=period.ends_on
    )
    total: int = courses.aggregate(total=Sum("taken_before", default=0))["total"]
    return total


def reached(region: Region, *, period: Period) -> Reached:
    """In three queries."""
    return Reached(
        surveyed=surveyed_in(region, period=period).count(),
        trained_by_name=trained_in(region, period=period).count(),
        trained_before=trained_before_in(region, period=period),
    )
