"""Ending a role: first the list of what is in hand, each with who gets it, then the end."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import Membership, User
from accounts.web.navigation import frame
from records.edge import carry_out
from records.refusals import Refusal
from workflows import leaving
from workflows.models import Assignment
from workflows.web.people.tree import administrator_of
from workflows.web.refused import UNPROCESSABLE


class HeirsForm(forms.Form):
    """For each case in hand, a colleague or the office itself."""

    use_required_attribute = False

    def __init__(self, sent: Any = None, *, held: list[Assignment], heirs: list[User]) -> None:
        super().__init__(sent)
        self.held, self.heirs = held, {str(one.pk): one for one in heirs}
        choices = [("", _("放回单位，等人接")), *((key, str(user)) for key, user in self.heirs.items())]
        for assignment in held:
            self.fields[f"case_{assignment.pk}"] = forms.ChoiceField(
                label=_("%(number)s（%(state)s）")
                % {"number": assignment.application.number, "state": assignment.application.get_state_display()},
                choices=choices,
                required=False,
                error_messages={"invalid_choice": gettext_lazy("选名单里的人")},
            )
        # The list as it was shown: what came since is looked at first.
        self.fields["listed"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=",".join(str(one.pk) for one in held)
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("listed", "") != ",".join(str(one.pk) for one in self.held):
            raise ValidationError(_("她手上的案件刚变了，再看一遍名单。"), code="hand_changed")
        return cleaned

    def chosen(self) -> dict[int, User | None]:
        return {one.pk: self.heirs.get(self.cleaned_data[f"case_{one.pk}"]) for one in self.held}


@require_http_methods(["GET", "HEAD", "POST"])
def person_leaves(request: HttpRequest, membership_id: int) -> HttpResponse:
    administrator_of(request)
    memberships = Membership.objects.live().select_related("user", "organisation")
    membership = get_object_or_404(memberships, pk=membership_id)
    held = list(leaving.in_hand(membership))
    sent = request.POST if request.method == "POST" else None
    form = HeirsForm(sent, held=held, heirs=leaving.heirs_of(membership))
    status = 200
    if form.is_bound:
        status = _leave(request, form, membership) if form.is_valid() else UNPROCESSABLE
        if not form.errors:
            words = _("%(who)s 的任职结束了，交接了 %(count)s 件。")
            messages.success(request, words % {"who": membership.user, "count": len(held)})
            return redirect("people")
    context = {"membership": membership, "form": form, "count": len(held)}
    return render(request, "workflows/people/leave.html", context | frame(request, current="people"), status=status)


def _leave(request: HttpRequest, form: HeirsForm, membership: Membership) -> int:
    heirs = form.chosen()
    try:
        carry_out(
            request,
            lambda by, at: leaving.leave(membership, heirs=heirs, by=by, at=at),
            action="leave",
            about=str(membership.user.username),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return refusal.status
    return 200
