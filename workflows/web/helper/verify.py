"""当面核实: an officer of the town sees the woman, asks her alone, and takes down her word."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.permissions import live_memberships
from accounts.web.navigation import frame
from applicants.models import Document, Mandate
from applicants.models.document import DocumentKind
from applicants.sight import note_access
from records.unit_of_work import unit_of_work
from workflows import confirming, doorsteps
from workflows.states import State
from workflows.web.documents import picture_of
from workflows.web.request_in_words import rows_of_request


@require_safe
def helper_verify(request: HttpRequest) -> HttpResponse:
    """Whom somebody of this office has to see."""
    officer = _officer(request)
    doors = in_places_of(officer, doorsteps.undelivered()).exclude(helper=officer)
    context = {"mandates": _waiting(officer).order_by("pk"), "doors": list(doors.order_by("pk"))}
    return render(request, "workflows/helper/verify_list.html", frame(request, current="helper_verify") | context)


@require_http_methods(["GET", "HEAD", "POST"])
def helper_verify_one(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """What was filled in for her, the paper that she signed, and her word."""
    officer, at = _officer(request), timezone.now()
    mandate = get_object_or_404(_waiting(officer), pk=mandate_id)
    acts = {confirming.YES: confirming.say_yes, confirming.NOT_MINE: confirming.say_not_mine}
    act = acts.get(request.POST.get("answer", ""))
    if act is not None:
        taken = unit_of_work(lambda: act(mandate, at=at, verified_by=officer), by=officer, at=at, action="verify")
        messages.success(request, _("%(number)s 记下了。") % {"number": taken.number})
        return redirect("helper_verify")
    case = confirming.case_of(mandate)
    if case is None:
        raise Http404
    context = {"mandate": mandate, "case": case, "rows": rows_of_request(case, mandate), "papers": _papers(mandate)}
    return render(request, "workflows/helper/verify.html", frame(request, current="helper_verify") | context)


@require_safe
def helper_verify_paper(request: HttpRequest, mandate_id: int, document_id: int) -> HttpResponse:
    """The photographed mandate; this look is written down too."""
    officer = _officer(request)
    mandate = get_object_or_404(_waiting(officer), pk=mandate_id)
    document = get_object_or_404(_papers(mandate), pk=document_id)
    note_access(mandate.applicant, what=f"document:{DocumentKind.MANDATE}", by=officer, at=timezone.now())
    return picture_of(document)


def _waiting(officer: User) -> QuerySet[Mandate]:
    """The mandates that this officer may take her word for: not her own, and in her region."""
    waiting = Mandate.objects.standing().filter(
        route__in=confirming.ROUTES_OF_A_MEETING,
        answered_at__isnull=True,
        applicant__applications__state=State.AWAITING_CONSENT,
    )
    found = in_places_of(officer, waiting).exclude(helper=officer)
    return found.select_related("applicant__village__parent", "helper").distinct()


def in_places_of(officer: User, mandates: QuerySet[Mandate]) -> QuerySet[Mandate]:
    """Those of women in her region."""
    places = Q(pk__in=[])
    for membership in live_memberships(officer):
        if membership.grants("accept"):
            places |= Q(applicant__village__code__startswith=membership.organisation.region.prefix)
    return mandates.filter(places)


def _papers(mandate: Mandate) -> QuerySet[Document]:
    kept = mandate.applicant.documents.kept().filter(kind=DocumentKind.MANDATE)
    return kept.select_related("file").order_by("-pk")


def _officer(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
