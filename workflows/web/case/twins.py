"""Other cases that share a card, a phone, a home or a person with this one: worth a look, never a proof."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from applicants.models import Applicant
from workflows.models import Application
from workflows.states import HERS_ALONE
from workflows.web.case.lines import spouse_of

MOST = 10


@dataclass(frozen=True)
class Twin:
    """One case that resembles this one, and in what. Of one that she may not see she learns that much only."""

    url: str  # "" where she may not see it
    name: str
    number: str
    shared: str


def twins_of(application: Application, *, user: User) -> list[Twin]:
    """Her own other applications are among them; a draft of somebody is nobody's business."""
    applicant = application.applicant
    handed_in = Application.objects.exclude(state__in=[str(state) for state in HERS_ALONE])
    cases = handed_in.exclude(pk=application.pk).filter(_alike(applicant))
    may_see = Exists(Application.objects.visible_to(user).filter(pk=OuterRef("pk")))
    found: QuerySet[Any] = (
        cases.annotate(may_see=may_see).select_related("applicant").prefetch_related("applicant__household")
    )
    return [_twin(one, applicant, may_see=one.may_see) for one in found.order_by("-pk").distinct()[:MOST]]


def _alike(applicant: Applicant) -> Q:
    people = _people(applicant)
    alike = Q(applicant__id_index__in=people) | Q(applicant__household__id_index__in=people)
    if applicant.account_index:
        alike |= Q(applicant__account_index=applicant.account_index)
    if applicant.mobile_index:
        alike |= Q(applicant__mobile_index=applicant.mobile_index)
    if applicant.address:
        alike |= Q(applicant__village=applicant.village, applicant__address=applicant.address)
    return alike


def _twin(other: Application, applicant: Applicant, *, may_see: bool) -> Twin:
    shared = _("、").join(_shared(other.applicant, applicant))
    if not may_see:
        return Twin("", _("另一件案卷"), "", shared)
    return Twin(reverse("case", args=[other.number]), other.applicant.full_name, other.number, shared)


def _shared(other: Applicant, applicant: Applicant) -> Iterator[str]:
    if other.id_index and other.id_index == applicant.id_index:
        yield _("同一个人")
    elif not _people(other).isdisjoint(_people(applicant)):
        yield _("同一家人")
    if other.account_index and other.account_index == applicant.account_index:
        yield _("同一张卡")
    if other.mobile_index and other.mobile_index == applicant.mobile_index:
        yield _("同一个手机号")
    if other.address and (other.village_id, other.address) == (applicant.village_id, applicant.address):
        yield _("同一个住址")


def _people(applicant: Applicant) -> set[str]:
    """Blind indexes of her own ID number and her spouse's."""
    spouse = spouse_of(applicant)
    return {index for index in (applicant.id_index, spouse.id_index if spouse else "") if index}
