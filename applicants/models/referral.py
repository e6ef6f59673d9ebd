from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applicants.models.applicant import Applicant
from applicants.models.registers import Course, Mentor, Workshop
from records.models import Permanent


class Enrolled(models.TextChoices):
    ENROLLED = "enrolled", _("报了名")
    CANCELLED = "cancelled", _("取消了")
    ATTENDED = "attended", _("参加了")


class Enrolment(Permanent):
    """One woman and one course; whether she holds a place is said by the newest of its moves."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments")
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="enrolments")

    class Meta:
        verbose_name = _("报名")
        constraints = [
            models.UniqueConstraint(name="one_enrolment_for_woman_and_course", fields=["course", "applicant"])
        ]


class EnrolmentMove(Permanent):
    """She took a place, gave it back, or was there. Its trigger moves the places taken of the course."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=10, choices=Enrolled)
    seats = models.SmallIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("报名变动")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="an_enrolment_takes_one_place_and_gives_it_back",
                condition=Q(kind="enrolled", seats=1) | Q(kind="cancelled", seats=-1) | Q(kind="attended", seats=0),
            )
        ]


class PlacementQuerySet(models.QuerySet["Placement"]):
    def live(self) -> "PlacementQuerySet":
        return self.filter(ended_on__isnull=True)


class Placement(models.Model):
    """One woman taken on by a mentor (结对帮扶) or a village workshop, from a day until a day."""

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="placements")
    mentor = models.ForeignKey(Mentor, models.PROTECT, null=True, related_name="placements")
    workshop = models.ForeignKey(Workshop, models.PROTECT, null=True, related_name="placements")
    began_on = models.DateField(_("从哪天"))
    ended_on = models.DateField(_("到哪天"), null=True)
    placed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("帮扶安排")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_placement_is_with_a_mentor_or_a_workshop",
                condition=Q(mentor__isnull=False, workshop__isnull=True)
                | Q(mentor__isnull=True, workshop__isnull=False),
            ),
            models.CheckConstraint(
                name="a_placement_ends_after_it_began",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
            ),
            models.UniqueConstraint(
                name="one_live_pair_of_woman_and_mentor",
                fields=["applicant", "mentor"],
                condition=Q(ended_on__isnull=True, mentor__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_live_job_of_woman_and_workshop",
                fields=["applicant", "workshop"],
                condition=Q(ended_on__isnull=True, workshop__isnull=False),
            ),
        ]
