"""The case behind an address, for those who may see it; for everybody else it doesn't exist."""

from typing import NamedTuple

from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from workflows.models import Application, ApplicationTransition, Assignment, DelayAccount, Nudge, Recusal
from workflows.models.application import ApplicationQuerySet
from workflows.web.case.part import Part, part_of


class Found(NamedTuple):
    """The case, what of it she may see, and who she is."""

    application: Application
    part: Part
    user: User


def found_case(request: HttpRequest, number: str) -> Found:
    """With everything that its page shows. Raises Http404 where it isn't hers to see."""
    user = request.user
    assert isinstance(user, User), "the pages are closed to whoever hasn't signed in"
    cases = Application.objects.visible_to(user).with_places()
    application = get_object_or_404(_with_facts(cases), number=number)
    part = part_of(application, user)
    if part is None:
        raise Http404
    return Found(application, part, user)


def _with_facts(cases: ApplicationQuerySet) -> ApplicationQuerySet:
    assignments = Assignment.objects.select_related("organisation", "owner", "assigned_by")
    return cases.select_related(
        "applicant__business",
        "applicant__account_bank",
        "applicant__user",
        "programme__pool",
        "guarantee_given",
        "loan",
        "filled_by",
    ).prefetch_related(
        Prefetch("log", ApplicationTransition.objects.select_related("by__acts_for", "acting_as__organisation")),
        "pauses",
        Prefetch("assignments", assignments),
        Prefetch("recusals", Recusal.objects.select_related("officer", "handed_to")),
        Prefetch("nudges", Nudge.objects.select_related("sent_by")),
        Prefetch("delay_accounts", DelayAccount.objects.select_related("given_by", "organisation")),
        "applicant__household",
        "applicant__parties",
        "applicant__party_consents",
    )
