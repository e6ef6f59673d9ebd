"""What a draft would do, and the two people who publish it: one proposes, another decides."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import holds
from accounts.web.navigation import frame
from loans import policy_drafts
from loans.models import PolicyDraft
from loans.policy_columns import differences
from loans.web.forms.fund import DecisionForm
from records.edge import Act, carry_out
from records.models.decision import Outcome
from records.refusals import Invalid, Refusal
from workflows.web.policies.effects import open_cases, past_cases
from workflows.web.policies.listing import reader_of
from workflows.web.refused import UNPROCESSABLE

DONE: Final = 200
# A version that no draft has.
NEVER: Final = -1


@require_http_methods(["GET", "HEAD", "POST"])
def policy_draft_check(request: HttpRequest, draft_id: int) -> HttpResponse:
    user = reader_of(request)
    drafts = PolicyDraft.objects.select_related(
        "programme", "based_on", "decision__proposed_by", "decision__decided_by"
    )
    draft = get_object_or_404(drafts, pk=draft_id)
    may_write = holds(user, "manage_policy")
    form = DecisionForm(request.POST if request.method == "POST" and draft.decision else None)
    status, refused = 200, ""
    if request.method == "POST":
        status, refused = _decided(request, form, draft) if draft.decision else _proposed(request, draft)
        if status == DONE:
            return redirect("policies")
    context = {
        "draft": draft,
        "form": form,
        "refused": refused,
        "differences": differences(draft.based_on, policy_drafts.as_policy(draft)),
        "may_write": may_write,
        "is_own": draft.decision is not None and draft.decision.proposed_by_id == user.pk,
        **open_cases(draft, user),
        "stats": past_cases(draft, today=timezone.localdate()),
    }
    return render(request, "workflows/policies/check.html", context | frame(request, current="policies"), status=status)


def _proposed(request: HttpRequest, draft: PolicyDraft) -> tuple[int, str]:
    """The status of the answer, and the words of a refusal."""
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() else NEVER
    done = _("提交了，等另一位同事看过再发布。")
    return _attempt(
        request,
        lambda by, at: policy_drafts.propose(draft, version=version, by=by, at=at),
        draft=draft,
        action="propose_policy",
        done=done,
    )


def _decided(request: HttpRequest, form: DecisionForm, draft: PolicyDraft) -> tuple[int, str]:
    if not form.is_valid():
        return UNPROCESSABLE, ""
    outcome, reason = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["reason"]
    agreed = outcome == Outcome.APPROVED
    return _attempt(
        request,
        lambda by, at: policy_drafts.decide(draft, outcome=outcome, reason=reason, by=by, at=at),
        draft=draft,
        action="publish_policy",
        done=_("发布了，到生效那天开始执行。") if agreed else _("没同意，这份草稿留着看。"),
    )


def _attempt(request: HttpRequest, act: Act[object], *, draft: PolicyDraft, action: str, done: str) -> tuple[int, str]:
    try:
        carry_out(request, act, action=action, about=draft.terms["version"])
    except Invalid as invalid:
        return UNPROCESSABLE, _("，").join(str(error.message) for error in invalid.errors)
    except Refusal as refusal:
        return refusal.status, str(refusal)
    messages.success(request, done)
    return DONE, ""
