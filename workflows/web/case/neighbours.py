"""上一件、下一件: through the list that somebody came from, in its order and with its conditions."""

from typing import Any, Final
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Region, User
from accounts.models.region import RegionLevel
from workflows import urgency
from workflows.inbox import FEDERATION_TABS, PARTNER_TABS, Inbox, Tab
from workflows.urgency import Key
from workflows.web.forms.inbox import InboxFilter

LISTS: Final = {"work": FEDERATION_TABS, "partner": PARTNER_TABS}
# In the session, so that it stays hers and out of every address: the page, and the conditions in its query.
_KEPT: Final = "list"


@require_safe
def case_next(request: HttpRequest, number: str) -> HttpResponse:
    """The case after this one."""
    return _beside(request, number, backwards=False)


@require_safe
def case_previous(request: HttpRequest, number: str) -> HttpResponse:
    """The case before this one."""
    return _beside(request, number, backwards=True)


def remember_list(request: HttpRequest) -> None:
    """Keep which list led here, where one did."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    page = next((one for one in LISTS if came_from.path == reverse(one)), None)
    if page is not None and request.session.get(_KEPT) != [page, came_from.query]:
        request.session[_KEPT] = [page, came_from.query]


def list_url(request: HttpRequest, *, page: str) -> str:
    """Back to the list as it was left; `page` where none led here."""
    kept, query = request.session.get(_KEPT, [page, ""])
    return reverse(kept) + (f"?{query}" if query else "")


def _beside(request: HttpRequest, number: str, *, backwards: bool) -> HttpResponse:
    assert isinstance(request.user, User)
    inbox = Inbox(request.user, at=timezone.now())
    here = get_object_or_404(_keyed(inbox, inbox.cases), number=number)
    others = _keyed(inbox, _listed(request, inbox)).exclude(pk=here.pk)
    in_order = others.reverse() if backwards else others
    found = in_order.filter(urgency.beyond(Key.of(here), backwards=backwards)).first()
    if found is None:
        messages.info(request, _("这是单子上的第一件。") if backwards else _("这是单子上的最后一件。"))
    return redirect("case", found.number if found else number)


def _keyed(inbox: Inbox, cases: Any) -> Any:
    return urgency.keyed(cases, today=inbox.today, soon_on=inbox.soon_on())


def _listed(request: HttpRequest, inbox: Inbox) -> Any:
    """What stood on the list, by the tab and the conditions in its address; without a list, all."""
    page, query = request.session.get(_KEPT, ["", ""])
    sent, offered = QueryDict(query), LISTS.get(page, (Tab.ALL,))
    tab = next((one for one in offered if one.value == sent.get("tab")), offered[0])
    conditions = InboxFilter(sent, towns=list(Region.objects.filter(level=RegionLevel.TOWN)))
    return inbox.within(tab, narrowed=conditions.condition(today=inbox.today, soon_on=inbox.soon_on()))
