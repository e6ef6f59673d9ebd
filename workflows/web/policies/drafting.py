"""Writing a draft, and giving it up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.web.navigation import frame
from loans import policy_drafts
from loans.models import PolicyDraft
from loans.web.forms.policy import PolicyForm
from records.edge import carry_out
from records.refusals import Refusal
from workflows.web.policies.listing import writer_of
from workflows.web.refused import UNPROCESSABLE


@require_http_methods(["GET", "HEAD", "POST"])
def policy_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Every column; saved, the next page says what would change."""
    writer_of(request)
    draft = get_object_or_404(PolicyDraft.objects.select_related("programme", "based_on"), pk=draft_id)
    if not draft.is_written:
        return redirect("policy_draft_check", draft.pk)
    form = PolicyForm(request.POST if request.method == "POST" else None, draft=draft)
    status = 200
    if form.is_bound:
        status = _save(request, form, draft) if form.is_valid() else UNPROCESSABLE
        if not form.errors:
            messages.success(request, _("存好了。下面是这份草稿会改变什么。"))
            return redirect("policy_draft_check", draft.pk)
    context = {"form": form, "draft": draft, "groups": form.groups()}
    return render(request, "workflows/policies/draft.html", context | frame(request, current="policies"), status=status)


@require_POST
def policy_draft_drop(request: HttpRequest, draft_id: int) -> HttpResponse:
    """It stays to be read, and another one may be begun."""
    writer_of(request)
    draft = get_object_or_404(PolicyDraft, pk=draft_id)
    try:
        carry_out(
            request,
            lambda by, at: policy_drafts.drop(draft, by=by, at=at),
            action="drop_policy",
            about=draft.terms["version"],
        )
        messages.success(request, _("这份草稿作废了，还看得到。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("policies")


def _save(request: HttpRequest, form: PolicyForm, draft: PolicyDraft) -> int:
    terms, version = form.terms(), form.cleaned_data["draft_version"]
    try:
        carry_out(
            request,
            lambda by, _at: policy_drafts.change(draft, terms=terms, version=version, by=by),
            action="change_policy",
            about=draft.terms["version"],
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return refusal.status
    return 200
