"""Writing down a visit: the town on one page, or question by question at her gate, where a helper may ask as well."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.web.navigation import frame
from applicants.sight import note_access
from records.edge import caller, carry_out
from records.refusals import Invalid, Refusal
from records.stored_files import read
from workflows import follow_up_drafts, follow_ups
from workflows.models import Application, FollowUp, FollowUpDraft
from workflows.states import State
from workflows.web.documents import as_picture
from workflows.web.forms.follow_up import QUESTIONS, FollowUpForm


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, number: str) -> HttpResponse:
    """The whole form; `corrects` names the row that it takes the place of. A helper's answers are looked at here."""
    user = caller(request)
    case = _visible(user, number)
    if case.authority_of(user, "follow_up") is None:
        raise Http404
    corrects = _corrected(request, case)
    draft = _draft(case) if corrects is None else None
    sent = request.POST if request.method == "POST" else None
    form = FollowUpForm(sent, request.FILES or None, initial=_initial(user, corrects, draft))
    status = 200
    if request.method == "POST":
        if form.is_valid() and (done := _record(request, case, form, corrects)):
            return done
        status = 422
    context = {"case": case, "form": form, "corrects": corrects, "draft": draft, "first": next(iter(QUESTIONS))}
    return render(
        request, "workflows/follow_ups/form.html", context | frame(request, current="follow_ups"), status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_question(request: HttpRequest, number: str, asked: str) -> HttpResponse:
    """One question; what is answered is kept, and the next one asked."""
    user, case = caller(request), _prepared(request, number)
    if asked not in QUESTIONS:
        raise Http404
    initial = _initial(user, None, _draft(case))
    sent = request.POST if request.method == "POST" else None
    form = FollowUpForm(sent, initial=initial, only=asked)
    names = list(QUESTIONS)
    place = names.index(asked)
    if form.is_valid():
        carry_out(
            request, lambda by, at: follow_up_drafts.keep(case, form.answers(), by=by, at=at), action="ask_follow_up"
        )
        following = names[place + 1] if place + 1 < len(names) else ""
        return redirect("follow_up_question", number, following) if following else redirect("follow_up_ready", number)
    context = {
        "case": case,
        "form": form,
        "number": place + 1,
        "count": len(names),
        "before": names[place - 1] if place else "",
        "is_town": case.authority_of(user, "follow_up") is not None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "workflows/follow_ups/question.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_ready(request: HttpRequest, number: str) -> HttpResponse:
    """All asked: the town goes on to its form, the helper hands it over."""
    user, case = caller(request), _prepared(request, number)
    if case.authority_of(user, "follow_up") is not None:
        return redirect("follow_up", number)
    draft = get_object_or_404(FollowUpDraft, application=case)
    if request.method == "POST":
        carry_out(request, lambda by, at: follow_up_drafts.hand_over(case, by=by, at=at), action="hand_over_follow_up")
        messages.success(request, _("交给镇妇联了，他们看一遍再记。"))
        return redirect("helper_due")
    form = FollowUpForm(initial=draft.answers)
    return render(request, "workflows/follow_ups/ready.html", {"case": case, "draft": draft, "rows": _rows(form)})


@require_safe
def follow_up_photo(request: HttpRequest, number: str, visit: int) -> HttpResponse:
    """The photograph of a visit, for whoever sees the case; the look is written down for her."""
    user = caller(request)
    case = _visible(user, number)
    row = get_object_or_404(case.follow_ups.select_related("photo"), pk=visit, photo__isnull=False)
    assert row.photo is not None
    note_access(case.applicant, what="document:site", by=user, at=timezone.now())
    return as_picture(read(row.photo))


def _record(
    request: HttpRequest, case: Application, form: FollowUpForm, corrects: FollowUp | None
) -> HttpResponse | None:
    told, photo = form.told(), form.picture()
    try:
        visit = carry_out(
            request,
            lambda by, at: follow_ups.record(case, told, photo=photo, corrects=corrects, by=by, at=at),
            action="record_follow_up",
            about=case.number,
        )
    except Invalid as invalid:
        form.take(invalid)
        return None
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("%(name)s 的回访记好了。") % {"name": visit.application.applicant.full_name})
    return redirect("follow_ups")


def _visible(user: User, number: str) -> Application:
    seen = Application.objects.visible_to(user).with_places().select_related("loan")
    return get_object_or_404(seen.filter(state=State.DISBURSED), number=number)


def _prepared(request: HttpRequest, number: str) -> Application:
    """The case, for its town and for the helper of her village as long as she agrees; for others it doesn't exist."""
    case = get_object_or_404(Application.objects.with_places().filter(state=State.DISBURSED), number=number)
    try:
        follow_up_drafts.check_may_prepare(case, by=caller(request))
    except Refusal as refusal:
        raise Http404 from refusal
    return case


def _corrected(request: HttpRequest, case: Application) -> FollowUp | None:
    named = request.GET.get("corrects", "")
    if not named:
        return None
    return get_object_or_404(FollowUp.objects.standing(), application=case, pk=int(named) if named.isdecimal() else 0)


def _draft(case: Application) -> FollowUpDraft | None:
    return FollowUpDraft.objects.filter(application=case).select_related("prepared_by").first()


def _initial(user: User, corrects: FollowUp | None, draft: FollowUpDraft | None) -> dict[str, Any]:
    if corrects is not None:
        return {name: getattr(corrects, name) for names in QUESTIONS.values() for name in names}
    fresh = {"visited_on": timezone.localdate(), "visitors": user.name}
    return fresh | (draft.answers if draft else {})


def _rows(form: FollowUpForm) -> list[tuple[str, str]]:
    """Label and answer of what was asked, in its order."""
    rows = []
    for name in (name for names in QUESTIONS.values() for name in names):
        field: Any = form.fields[name]
        value = form.initial.get(name, "")
        words = dict(getattr(field, "choices", ()))
        said = _("、").join(str(words.get(one, one)) for one in (value if isinstance(value, list) else [value]))
        rows.append((str(field.label), said or _("没有")))
    return rows
