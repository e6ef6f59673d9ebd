"""查进度: the answer first, then until when, who has it and what she has to do; then the way, the history, the rest."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.calendars import calendar_in_force
from applicants.identity import mask_name
from applicants.web.recognised import is_recognised
from records import engine
from records.edge import caller
from workflows import expiry, forecast
from workflows.deadlines import CaseClock
from workflows.missing_items import open_request
from workflows.models import Application, SupplementRequest
from workflows.states import HERS_ALONE, State
from workflows.web.my.answer import answer_of
from workflows.web.my.days import days_of
from workflows.web.my.due import due_box
from workflows.web.my.hers import CasePage, cases_of_hers
from workflows.web.my.history import history_of
from workflows.web.my.links import links_of
from workflows.web.my.offered import changed, signing
from workflows.web.my.said import is_asked_about_the_money, said_of, sayings_of
from workflows.web.my.turned_down import turned_down
from workflows.web.my.way import steps_of
from workflows.web.papers import paper_links
from workflows.wording import item_name, money

ALL = "all"


def my(request: HttpRequest) -> HttpResponse:
    """Straight to the one case; with several behind this phone, or on the way back from it, the list of them."""
    cases = list(cases_of_hers(caller(request)).order_by("-pk"))
    if len(cases) == 1 and ALL not in request.GET:
        return redirect("my_case", cases[0].number)
    return render(request, "workflows/my/list.html", {"rows": [_row(request, case) for case in cases]})


class MyCase(CasePage):
    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        case, clocks = self.case, self.clocks()
        if case.state == State.SIGNING:
            prefetch_related_objects([case], "signing_appointments")
        if case.state == State.SURVEY:
            prefetch_related_objects([case], "visit_appointments__visitors")
        open_moves = set(engine.open_moves(case, by=self.user))
        days = days_of(case, clocks, today=self.today)
        context = {
            "case": case,
            "subject": _subject(case),
            "answer": answer_of(case, clocks, today=self.today),
            "due": due_box(case, clocks, today=self.today),
            "today": self.today,
            "forecast": forecast.in_words(case.programme) if case.state in _BEFORE_THE_PAYOUT else "",
            "steps": steps_of(case, clocks),
            "history": history_of(case),
            "papers": paper_links(case, reader=self.user),
            "links": list(links_of(case, open_moves=open_moves, has_days=bool(days) and not self.is_in_wechat)),
            "said": said_of(case, today=self.today),
            "sayings": sayings_of(case),
            "has_days": bool(days),
            "now": self.now,
            "may_be_printed": case.state not in HERS_ALONE,
            "is_in_wechat": self.is_in_wechat,
        }
        return render(request, "workflows/my/case.html", context | self._to_do(clocks))

    def _to_do(self, clocks: CaseClock) -> dict[str, Any]:
        """What she has to do, or can do, where the case is now."""
        case = self.case
        return {
            "asked": asked_of(case),
            "changed": changed(case),
            "signing": signing(case, at=self.now),
            "is_asked_about_the_money": is_asked_about_the_money(case),
            "turned_down": turned_down(case, today=self.today),
            "has_nothing_to_do": case.state in _WITH_THE_OFFICES,
            "is_late": bool(clocks.promise and clocks.promise.is_breached),
        }


# Where a forecast says something; a paused case waits for her or a notice, and its day depends on that.
_BEFORE_THE_PAYOUT = (State.SUBMITTED, State.SURVEY, State.ELIGIBILITY, State.GUARANTEE, State.DISBURSEMENT)
_WITH_THE_OFFICES = (*_BEFORE_THE_PAYOUT, State.WAITLISTED, State.PUBLICITY, State.PAYOUT)


def asked_of(case: Application) -> dict[str, Any] | None:
    """What she was asked for and hasn't handed in, and until when."""
    if case.state not in (State.SUPPLEMENT, State.DRAFT):
        return None
    request: SupplementRequest | None = open_request(case)
    if request is None:
        return None
    is_draft = case.state == State.DRAFT
    return {
        "items": [(item_name(item["kind"]), item["why"]) for item in request.items],
        "until": request.due_on if is_draft else expiry.last_day_of(case, calendar=calendar_in_force()),
        "url": reverse("apply") + f"?case={case.number}" if is_draft else reverse("my_supplement", args=[case.number]),
    }


def _subject(case: Application) -> str:
    """石小满 · 5 万元 · 农家乐 · W2026-0101."""
    business = case.applicant.business
    parts = [
        case.applicant.full_name,
        money(case.amount_fen) if case.amount_fen else "",
        str(business.get_project_type_display()) if business.project_type else "",
    ]
    # A dot begins no line.
    return "\N{NO-BREAK SPACE}· ".join(part for part in [*parts, case.number] if part)


def _row(request: HttpRequest, case: Application) -> dict[str, Any]:
    """A line of the list; of a woman who hasn't shown who she is, no more than the number and one letter."""
    is_open = case.state in HERS_ALONE or is_recognised(request, case.applicant)
    name = case.applicant.full_name or _("还没写姓名")
    return {
        "url": reverse("my_case", args=[case.number]),
        "number": case.number,
        "name": name if is_open else mask_name(case.applicant.full_name),
        "detail": str(case.get_state_display()) if is_open else "",
    }
