from django.db import models

from applicants.models.applicant import Applicant
from records.models import Access


class ApplicantAccess(Access):
    """One look at something personal of one applicant; she can read it."""

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="accesses")
