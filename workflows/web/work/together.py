"""Doing one thing with the cases that were ticked: first what will be done with which, then what was."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.permissions import holds
from accounts.web.navigation import frame
from records.refusals import Refusal, Stale
from records.unit_of_work import unit_of_work
from workflows import bulk
from workflows.bulk import Picked
from workflows.inbox import Inbox
from workflows.web.refused import UNPROCESSABLE
from workflows.web.work.asked import home_of
from workflows.web.work.deeds import DEEDS, Deed
from workflows.web.work.picked import picked_of
from workflows.wording import money


@dataclass(frozen=True)
class Line:
    """One case; `why` says what keeps it back."""

    pick: str
    url: str
    name: str
    number: str
    detail: str
    why: str = ""


@require_POST
def work_together(request: HttpRequest, deed: str) -> HttpResponse:
    """Without `confirm` it only shows which can be done and which can't; with it each is done, by itself."""
    chosen, user = DEEDS.get(deed), request.user
    if chosen is None or not isinstance(user, User) or not holds(user, chosen.permission) or not home_of(user):
        raise Http404
    picked = picked_of(request, Inbox(user, at=timezone.now()))
    back = f"{reverse(home_of(user))}?{QueryDict(request.POST.get('back', '')[:500]).urlencode()}"
    if not 0 < len(picked) <= bulk.MOST:
        messages.info(request, _("先勾选要一起办的，一次最多 %(most)s 件。") % {"most": bulk.MOST})
        return redirect(back)
    is_sure = "confirm" in request.POST
    form: Any = chosen.form(request.POST if is_sure else None, user)
    if is_sure and form.is_valid():
        lines = [_done(chosen, one, form, user) for one in picked]
        return _page(request, chosen, lines, back=back, template="done")
    why = chosen.why_not(picked, user)
    lines = [_line(one.application, one.version, why.get(one.application.pk)) for one in picked]
    status = UNPROCESSABLE if is_sure else 200
    return _page(request, chosen, lines, back=back, template="sure", form=form, status=status)


def _done(deed: Deed, one: Picked, form: Any, by: User) -> Line:
    """What was refused stops none of the others: each is a unit of work of its own."""
    now, refused = timezone.now(), None
    try:
        unit_of_work(lambda: deed.do(one, form, by, now), by=by, at=now, action=deed.name, about=one.application.number)
    except Refusal as refusal:
        refused = refusal
    return _line(one.application, one.version, refused)


def _page(
    request: HttpRequest,
    deed: Deed,
    lines: Sequence[Line],
    *,
    back: str,
    template: str,
    form: Any = None,
    status: int = 200,
) -> HttpResponse:
    path, _mark, query = back.partition("?")
    context = {
        "deed": deed,
        "form": form,
        "lines": [one for one in lines if not one.why],
        "held_back": [one for one in lines if one.why],
        "count": len(lines),
        "back_url": back,
        "back": query,
        **frame(request, current=path.strip("/")),
    }
    return render(request, f"workflows/work/{template}.html", context, status=status)


def _line(case: Any, version: int, refusal: Refusal | None) -> Line:
    return Line(
        pick=f"{case.number}.{version}",
        url=reverse("case", args=[case.number]),
        name=case.applicant.full_name,
        number=case.number,
        detail=f"{money(case.amount_fen or 0)} · {case.get_state_display()} · {case.applicant.village}",
        why=_words(refusal) if refusal else "",
    )


def _words(refusal: Refusal) -> str:
    """Nothing was typed for this one case, so that nothing of it can still be there."""
    return _("打开列表以后又有变动，回列表再选。") if isinstance(refusal, Stale) else str(refusal)
