"""The task list to which she always comes back, and the choice between the women whom one phone serves."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.web.parts import TaskRow
from applicants.identity import mask_name
from applicants.models import Applicant
from applicants.web.recognised import ask_who_she_is
from records.unit_of_work import unit_of_work
from workflows import starting
from workflows.missing_items import open_request
from workflows.models import Application
from workflows.stages import intake
from workflows.states import FINAL, State
from workflows.web.apply import steps
from workflows.web.apply.chosen import cases_of, choose, find_case, is_hers, must_show_who_she_is
from workflows.web.apply.questions import url_of
from workflows.web.apply.wish import keep_wish
from workflows.wording import item_name

ANOTHER = "new"


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    if request.method == "POST" and request.user.is_applicant:
        return _begin(request, request.user)
    keep_wish(request)
    case = None if request.GET.keys() & {ANOTHER, "choose"} else find_case(request)
    if case is not None and case.state == State.DRAFT:
        if must_show_who_she_is(request, case):
            return ask_who_she_is(request, case.applicant)
        return _task_list(request, request.user, case)
    if not request.user.is_applicant:
        return redirect("helper")
    return _choice(request, request.user)


def _begin(request: HttpRequest, user: User) -> HttpResponse:
    """A draft for another woman, or one more for her who has had one before."""
    at, whose = timezone.now(), request.POST.get("start", "")
    if whose.isdecimal():
        her = get_object_or_404(Applicant, pk=int(whose), user=user)
        draft = unit_of_work(lambda: intake.start(her, by=user, at=at), by=user, at=at, action="start")
    else:
        draft = unit_of_work(lambda: starting.another_draft(user, at=at), by=user, at=at, action="start")
    choose(request, draft)
    return redirect("apply")


def _task_list(request: HttpRequest, user: User, case: Application) -> HttpResponse:
    progress = steps.progress_of(case, is_by_helper=not is_hers(case, user))
    asked, following = open_request(case), progress.next_after(None)
    context = {
        "case": case,
        "is_by_helper": progress.is_by_helper,
        "tasks": [*_tasks(progress), _last_task(progress)],
        "done_count": progress.done_count,
        "step_count": len(progress.steps),
        "following": following,
        "following_url": url_of(following, case) if following else "",
        "is_ready": progress.is_ready,
        "asked": [(item_name(item["kind"]), item["why"]) for item in asked.items] if asked else [],
        "asked_until": asked.due_on if asked else None,
    }
    return render(request, "workflows/apply/hub.html", context)


def _tasks(progress: steps.Progress) -> Iterable[TaskRow]:
    for step in progress.steps:
        yield TaskRow(
            label=str(step.label),
            status=progress.status(step),
            url=url_of(step, progress.application),
            note=progress.note(step),
            is_done=progress.is_done(step),
        )


def _last_task(progress: steps.Progress) -> TaskRow:
    label = _("核对，请本人确认") if progress.is_by_helper else _("核对并提交")
    status = _("可以交了") if progress.is_ready else _("前面填完再来")
    return TaskRow(label=label, status=status, url=reverse(steps.REVIEW) if progress.is_ready else "")


@dataclass(frozen=True)
class Woman:
    """One woman behind this phone, and her newest case."""

    applicant: Applicant
    case: Application

    @property
    def name(self) -> str:
        return mask_name(self.applicant.full_name) or _("还没写姓名")

    @property
    def is_draft(self) -> bool:
        return bool(self.case.state == State.DRAFT)

    @property
    def may_begin_again(self) -> bool:
        return self.case.state in FINAL


def _choice(request: HttpRequest, user: User) -> HttpResponse:
    newest: dict[int, Woman] = {}
    for case in cases_of(user).order_by("-pk"):
        newest.setdefault(case.applicant_id, Woman(case.applicant, case))
    return render(request, "workflows/apply/choose.html", {"women": list(newest.values())})
