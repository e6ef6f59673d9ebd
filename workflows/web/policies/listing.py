"""The versions of each programme's policy, and what one of them says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.permissions import holds
from accounts.web.navigation import frame
from accounts.web.parts import Fact, Tone
from loans import policy_drafts
from loans.models import Policy, PolicyDraft, Programme
from loans.policy_columns import GROUPS, label_of, value_words
from records.edge import caller, carry_out
from records.models.decision import Outcome
from records.refusals import Refusal


class VersionRow(NamedTuple):
    """One published version, and from when until when it is the one that holds."""

    policy: Policy
    until: date | None
    state: str
    tone: Tone


class DraftRow(NamedTuple):
    draft: PolicyDraft
    title: str
    state: str
    tone: Tone


@dataclass(frozen=True)
class ProgrammePart:
    """One programme: its versions, newest first, its drafts, and whether a further one may be begun."""

    programme: Programme
    versions: list[VersionRow]
    drafts: list[DraftRow]
    may_begin: bool


class ValueGroup(NamedTuple):
    title: str
    facts: list[Fact]


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    user = reader_of(request)
    may_write, today = holds(user, "manage_policy"), timezone.localdate()
    programmes = Programme.objects.order_by("pk").prefetch_related(
        "policies", "policy_drafts__decision", "policy_drafts__made_by"
    )
    context = {
        "parts": [_part(one, may_write=may_write, today=today) for one in programmes],
        "may_write": may_write,
    }
    return render(request, "workflows/policies/list.html", context | frame(request, current="policies"))


@require_safe
def policy(request: HttpRequest, policy_id: int) -> HttpResponse:
    """What one version says, every column of it."""
    reader_of(request)
    version = get_object_or_404(
        Policy.objects.select_related("programme", "decision__proposed_by", "decision__decided_by"), pk=policy_id
    )
    context = {"policy": version, "groups": value_groups(version)}
    return render(request, "workflows/policies/version.html", context | frame(request, current="policies"))


@require_POST
def policy_draft_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Begin a draft with what the newest version says."""
    writer_of(request)
    programme = get_object_or_404(Programme, pk=programme_id)
    try:
        draft = carry_out(
            request,
            lambda by, at: policy_drafts.start(programme, by=by, at=at),
            action="start_policy",
            about=programme.code,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("policies")
    return redirect("policy_draft", draft.pk)


def reader_of(request: HttpRequest) -> User:
    """Whoever may read drafts and versions; nobody else is told of them: raises Http404."""
    user = caller(request)
    if not holds(user, "view_policy"):
        raise Http404
    return user


def writer_of(request: HttpRequest) -> User:
    """Raises Http404 for whoever only reads."""
    user = caller(request)
    if not holds(user, "manage_policy"):
        raise Http404
    return user


def value_groups(version: Policy) -> list[ValueGroup]:
    return [
        ValueGroup(
            str(group.title), [Fact(label_of(name), value_words(name, getattr(version, name))) for name in group.names]
        )
        for group in GROUPS
    ]


def _part(programme: Programme, *, may_write: bool, today: date) -> ProgrammePart:
    drafts = list(programme.policy_drafts.all())
    return ProgrammePart(
        programme,
        versions=list(_versions(programme.policies.all(), today=today)),
        drafts=[_draft_row(one) for one in drafts],
        may_begin=may_write and bool(programme.policies.all()) and not any(one.is_written for one in drafts),
    )


def _versions(newest_first: Iterable[Policy], *, today: date) -> Iterator[VersionRow]:
    """Each holds until the next one begins, or until it says itself that it ends."""
    next_from: date | None = None
    for one in newest_first:
        ends = [day for day in (one.valid_to, next_from and next_from - timedelta(days=1)) if day]
        until = min(ends, default=None)
        next_from = one.valid_from
        if one.valid_from > today:
            yield VersionRow(one, until, _("还没开始"), "info")
        elif until is not None and until < today:
            yield VersionRow(one, until, _("已停用"), "")
        else:
            yield VersionRow(one, until, _("正在执行"), "ok")


def _draft_row(draft: PolicyDraft) -> DraftRow:
    title = draft.terms["version"] or _("还没写版本号")
    if draft.dropped_at is not None:
        return DraftRow(draft, title, _("作废了"), "")
    if draft.decision is None:
        return DraftRow(draft, title, _("在写"), "info")
    if draft.decision.is_open:
        return DraftRow(draft, title, _("等另一位同事"), "soon")
    is_approved = draft.decision.outcome == Outcome.APPROVED
    return DraftRow(draft, title, _("发布了") if is_approved else _("没同意"), "ok" if is_approved else "late")
