"""录音: the office hands in pages read aloud, and a colleague agrees; and the recordings themselves, open to all."""

import re

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.permissions import holds
from accounts.web.navigation import frame
from records import recordings
from records.edge import caller, carry_out
from records.models import Recording
from records.models.decision import Outcome
from records.models.recording import SIZE_BYTES_MAX
from records.refusals import NotPermitted, Refusal
from records.stored_files import read

PERMISSION = "manage_recordings"
SHOWN = 60
A_YEAR = "public, max-age=31536000, immutable"


class RecordingForm(forms.Form):
    use_required_attribute = False

    page = forms.ChoiceField(
        label=gettext_lazy("念的是哪一页"),
        choices=list(recordings.PAGES.items()),
        error_messages={"required": gettext_lazy("选一下念的是哪一页")},
    )
    language = forms.ChoiceField(label=gettext_lazy("哪种话"), choices=settings.LANGUAGES)
    file = forms.FileField(
        label=gettext_lazy("录音"),
        help_text=gettext_lazy("MP3，小于 40 KB，大约 20 秒。"),
        error_messages={"required": gettext_lazy("选一个 MP3 录音"), "empty": gettext_lazy("选一个 MP3 录音")},
        widget=forms.FileInput(attrs={"accept": "audio/mpeg"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def recordings_page(request: HttpRequest) -> HttpResponse:
    """What was handed in, the newest first, and the form for one more."""
    user = _somebody_who_may(request)
    form = RecordingForm(request.POST or None, request.FILES or None)
    status = 200
    if form.is_bound:
        status = _hand_in(request, form) if form.is_valid() else 422
        if not form.errors:
            messages.success(request, _("收下了。另一位同事听过、同意了，大家才听得到。"))
            return redirect("recordings")
    rows = Recording.objects.select_related("decision__proposed_by", "decision__decided_by")[:SHOWN]
    lines = [(row, recordings.PAGES.get(row.page, row.page), row.decision.proposed_by_id == user.pk) for row in rows]
    context = {"form": form, "lines": lines} | frame(request, current="recordings")
    return render(request, "records/recordings.html", context, status=status)


@require_POST
def recording_decided(request: HttpRequest, recording_id: int) -> HttpResponse:
    """A colleague's word on it."""
    _somebody_who_may(request)
    recording = get_object_or_404(Recording.objects.select_related("decision"), pk=recording_id)
    outcome = Outcome.APPROVED if request.POST.get("outcome") == Outcome.APPROVED else Outcome.REFUSED
    try:
        carry_out(
            request,
            lambda by, at: recordings.decide(recording, outcome=outcome, by=by, at=at),
            action="decide_recording",
            about=recording.page,
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        agreed = outcome == Outcome.APPROVED
        messages.success(request, _("同意了，大家现在听得到。") if agreed else _("没同意，不会放给大家听。"))
    return redirect("recordings")


@login_not_required
@require_safe
def recording(request: HttpRequest, recording_id: int) -> HttpResponse:
    """The sound. Before a second person has agreed, only for those who may agree."""
    found = get_object_or_404(Recording.objects.select_related("file", "decision"), pk=recording_id)
    is_in_use = found.decision.outcome == Outcome.APPROVED
    if not is_in_use and not (isinstance(request.user, User) and holds(request.user, PERMISSION)):
        raise Http404
    response = _part_of(read(found.file), request.headers.get("Range", ""))
    response["Accept-Ranges"] = "bytes"
    if is_in_use:
        response["Cache-Control"] = A_YEAR
    return response


def _somebody_who_may(request: HttpRequest) -> User:
    user = caller(request)
    if not holds(user, PERMISSION):
        raise NotPermitted
    return user


def _hand_in(request: HttpRequest, form: RecordingForm) -> int:
    given = form.cleaned_data
    content = given["file"].read(SIZE_BYTES_MAX + 1)
    try:
        carry_out(
            request,
            lambda by, at: recordings.hand_in(given["page"], content, language=given["language"], by=by, at=at),
            action="hand_in_recording",
            about=given["page"],
        )
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return refusal.status
    return 200


def _part_of(content: bytes, wanted: str) -> HttpResponse:
    """Whole, or the one stretch that was asked for: iPhones play nothing that can't be had in parts."""
    found = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted)
    if found is None or int(found[1]) >= len(content):
        return HttpResponse(content, content_type=recordings.CONTENT_TYPE)
    start, last = int(found[1]), min(int(found[2] or len(content)), len(content) - 1)
    response = HttpResponse(content[start : last + 1], content_type=recordings.CONTENT_TYPE, status=206)
    response["Content-Range"] = f"bytes {start}-{last}/{len(content)}"
    return response
