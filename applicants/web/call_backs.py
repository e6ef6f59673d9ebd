"""「让她们给我打电话」 for everybody, and for the federation the list of who waits for a call."""

from collections.abc import Callable
from datetime import date, datetime

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.calendars import calendar_in_force
from accounts.models import User
from accounts.permissions import holds
from accounts.web.navigation import frame
from applicants import call_backs
from applicants.identity import read_mobile
from applicants.models.call_back import CallBack, Outcome
from applicants.web.fields import IdentityField
from records.edge import caller
from records.refusals import Refusal
from records.unit_of_work import unit_of_work

PERMISSION = "answer_calls"
CLOSED_SHOWN = 20
NOTE_LONGEST = 100


class AskForm(forms.Form):
    use_required_attribute = False

    mobile = IdentityField(
        read_mobile,
        label=_("您的手机号"),
        help_text=_("只用来给您打这个电话。"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel-national"}),
    )


class OutcomeForm(forms.Form):
    use_required_attribute = False

    outcome = forms.ChoiceField(
        label=_("怎么样了？"),
        choices=[("", _("选一个")), *Outcome.choices],
        error_messages={"required": _("选一下电话打得怎么样"), "invalid_choice": _("选一下电话打得怎么样")},
    )
    note = forms.CharField(
        label=_("记一句"),
        max_length=NOTE_LONGEST,
        required=False,
        error_messages={"max_length": _("写短一点，最多 100 个字")},
    )


@login_not_required
@never_cache
@sensitive_post_parameters("mobile")
@require_http_methods(["GET", "HEAD", "POST"])
def call_back(request: HttpRequest) -> HttpResponse:
    """One field. The answer is the same whether she is known here or not, and whether she asked before."""
    form = AskForm(request.POST or None)
    if not form.is_valid():
        return _ask_page(request, form, status=422 if form.is_bound else 200)
    at = timezone.now()
    try:
        _ask(form.cleaned_data["mobile"], address=request.META.get("REMOTE_ADDR", ""), at=at)
    except Refusal as refusal:
        form.add_error("mobile", str(refusal))
        return _ask_page(request, form, status=refusal.status)
    return redirect("call_back_done")


@login_not_required
@require_safe
def call_back_done(request: HttpRequest) -> HttpResponse:
    due_on = calendar_in_force().nth_working_day_after(timezone.localdate(), call_backs.WORKING_DAYS)
    return render(request, "applicants/call_back_done.html", {"due_on": due_on})


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Who waits for a call, longest first; a number is shown to whoever took it."""
    return _calls_page(request, _officer(request))


@sensitive_variables("note")
@require_POST
def call_move(request: HttpRequest, call_id: int, move: str) -> HttpResponse:
    """take, give_back, try or close."""
    officer, at = _officer(request), timezone.now()
    call = get_object_or_404(CallBack.objects.open(), pk=call_id)
    form = OutcomeForm(request.POST)
    if move == "close" and not form.is_valid():
        return _calls_page(request, officer, refused=(call.pk, form), status=422)
    acts: dict[str, Callable[[], None]] = {
        "take": lambda: call_backs.take(call, by=officer, at=at),
        "give_back": lambda: call_backs.give_back(call, by=officer),
        "try": lambda: call_backs.note_unanswered(call, by=officer),
        "close": lambda: _close(call, form, by=officer, at=at),
    }
    if move not in acts:
        raise Http404
    try:
        unit_of_work(acts[move], by=officer, at=at, action=f"call_{move}", about=str(call.pk))
    except call_backs.TakenBySomebody as refusal:
        messages.warning(request, str(refusal))
    return redirect("calls")


def _close(call: CallBack, form: OutcomeForm, *, by: User, at: datetime) -> None:
    given = form.cleaned_data
    call_backs.close(call, outcome=Outcome(given["outcome"]), note=given["note"], by=by, at=at)


@sensitive_variables("mobile")
def _ask(mobile: str, *, address: str, at: datetime) -> None:
    unit_of_work(lambda: call_backs.ask(mobile, address=address, at=at), by=None, at=at, action="call_back")


def _ask_page(request: HttpRequest, form: AskForm, *, status: int) -> HttpResponse:
    return render(request, "applicants/call_back.html", {"form": form}, status=status)


def _calls_page(
    request: HttpRequest, officer: User, *, refused: tuple[int, OutcomeForm] | None = None, status: int = 200
) -> HttpResponse:
    today: date = timezone.localdate()
    waiting = CallBack.objects.open().select_related("taken_by").order_by("due_on", "pk")
    closed = CallBack.objects.filter(closed_at__isnull=False).select_related("taken_by").order_by("-closed_at")
    rows = [(call, _form_of(call, refused) if call.taken_by_id == officer.pk else None) for call in waiting]
    context = {"rows": rows, "closed": closed[:CLOSED_SHOWN], "today": today, "refused": refused and refused[1]}
    return render(request, "applicants/calls.html", frame(request, current="calls") | context, status=status)


def _form_of(call: CallBack, refused: tuple[int, OutcomeForm] | None) -> OutcomeForm:
    return refused[1] if refused and refused[0] == call.pk else OutcomeForm(auto_id=f"id_{call.pk}_%s")


def _officer(request: HttpRequest) -> User:
    """Whoever calls nobody has no such list."""
    if not holds(request.user, PERMISSION):
        raise Http404
    return caller(request)
