"""Which draft is being filled in: hers, or the one of a woman whom a helper fills in for."""

from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applicants.web.recognised import is_recognised
from records.refusals import Refusal
from records.unit_of_work import unit_of_work
from workflows import starting
from workflows.models import Application
from workflows.models.application import ApplicationQuerySet, Source
from workflows.states import HERS_ALONE

KEY = "filling"


class MandateOver(Refusal):
    """The helper's leave has run out."""

    code = "mandate_over"
    status = 403
    message = _("委托到期了，不能再替她填。请她再委托一次。")


def case_to_fill(request: HttpRequest) -> Application:
    """As find_case, for pages that are nothing without a case. Raises Http404, MandateOver."""
    case = find_case(request)
    if case is None:
        raise Http404("no case is chosen")
    return case


def find_case(request: HttpRequest) -> Application | None:
    """The case that the form or the address names, else the one that was chosen last, else her own only one.

    A form names its case: with two women in two tabs, what is sent goes to the one whose page was shown.
    None where there is none that this user may know of. Raises MandateOver.
    """
    assert isinstance(request.user, User)
    named = request.POST.get("case") or request.GET.get("case")
    case = with_people(cases_of(request.user)).filter(number=named or request.session.get(KEY, "")).first()
    if case is None and not named and request.user.is_applicant:
        case = _her_only_one(request.user)
    if case is None:
        return None
    if not is_hers(case, request.user) and not has_leave(case, request.user, on=timezone.localdate()):
        raise MandateOver
    choose(request, case)
    return case


def choose(request: HttpRequest, case: Application) -> None:
    if request.session.get(KEY) != case.number:
        request.session[KEY] = case.number


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def cases_of(user: User) -> ApplicationQuerySet:
    """What the user may see, with what the pages of a draft always ask for."""
    cases = Application.objects.visible_to(user).with_places()
    found: ApplicationQuerySet = cases.select_related("applicant__business", "applicant__user", "filled_by")
    return found


def with_people(cases: ApplicationQuerySet) -> ApplicationQuerySet:
    """With everybody whom she names, for whom completeness and several cards ask."""
    return cases.prefetch_related("applicant__household", "applicant__parties", "applicant__party_consents")


def is_hers(case: Application, user: User) -> bool:
    return bool(case.applicant.user_id == user.pk)


def has_leave(case: Application, helper: User, *, on: date) -> bool:
    """Whether she lets this helper fill in the form on that day."""
    return bool(case.applicant.mandates.standing().filter(helper=helper, valid_until_on__gte=on).exists())


def must_show_who_she_is(request: HttpRequest, case: Application) -> bool:
    """Whether this phone has to prove that it is hers before it is shown the case.

    What she fills in herself is open to her phone; what was handed in, or somebody else began, asks for more.
    """
    assert isinstance(request.user, User)
    asks_for_more = case.state not in HERS_ALONE or case.source == Source.HELPER
    return is_hers(case, request.user) and asks_for_more and not is_recognised(request, case.applicant)


def _her_only_one(user: User) -> Application | None:
    """The one case of this phone; with none at all she begins one. With several she has to choose."""
    found = list(with_people(cases_of(user)).order_by("-pk")[:2])
    if not found:
        at = timezone.now()
        draft = unit_of_work(lambda: starting.open_draft(user, at=at), by=user, at=at, action="start")
        return cases_of(user).get(pk=draft.pk)
    return found[0] if len(found) == 1 else None
