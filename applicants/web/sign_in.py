"""She signs in: her phone, then the code; and on a new device the end of her ID number before her case is shown."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.web.network_address import network_address
from applicants.identity import mask_mobile
from applicants.models import Applicant
from applicants.recognition import NotRecognised, TooManyTries, recognise
from applicants.sign_in import (
    RESEND_AFTER,
    TooManyCodes,
    TooManyFromOneNetwork,
    TooSoon,
    WrongCode,
    check_code,
    send_code,
)
from applicants.web import pending
from applicants.web.forms import CodeForm, LastFourForm, PhoneForm
from applicants.web.recognised import remember
from records import outbox
from records.models.notice import Channel
from records.sms import calls_are_made
from records.unit_of_work import unit_of_work

BACKEND = "applicants.backends.PhoneBackend"
# An address, not the name of a page: that belongs to an app that this one knows nothing of.
HERS = "/apply"


@login_not_required
@never_cache
@sensitive_post_parameters("mobile")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_phone(request: HttpRequest) -> HttpResponse:
    """Sends a code to the phone, or has it read aloud, whether we know the phone or not."""
    form = PhoneForm(request.POST or None)
    if not form.is_valid():
        return _phone_page(request, form, status=422 if form.is_bound else 200)
    mobile: str = form.cleaned_data["mobile"]
    try:
        _send(request, mobile)
    except TooSoon:
        # She pressed twice, or came back: the code that she has is still good.
        if pending.mobile(request.session) != mobile:
            pending.begin(request.session, mobile, at=timezone.now())
    except (TooManyCodes, TooManyFromOneNetwork) as refusal:
        form.add_error("mobile", str(refusal))
        return _phone_page(request, form, status=refusal.status)
    return redirect(_with_way_on(request, "login_code"))


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_code(request: HttpRequest) -> HttpResponse:
    """Takes the code and signs her in; `again` asks for another one, `aloud` for a call that says it."""
    mobile = pending.mobile(request.session)
    if mobile is None:
        return redirect(_with_way_on(request, "login"))
    if "again" in request.POST or "aloud" in request.POST:
        return _another_code(request, mobile)
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return _code_page(request, form, mobile, status=422 if form.is_bound else 200)
    try:
        # No transaction around it: a wrong try counts.
        user = check_code(mobile, form.cleaned_data["code"], at=timezone.now())
    except WrongCode as refusal:
        form.add_error("code", str(refusal))
        return _code_page(request, form, mobile, status=refusal.status)
    pending.end(request.session)
    login(request, user, backend=BACKEND)
    return redirect(_way_on(request))


@never_cache
@sensitive_post_parameters("last_four")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_last_four(request: HttpRequest, applicant_id: int) -> HttpResponse:
    """Asks for the end of her ID number, once a session for each woman behind the phone."""
    assert isinstance(request.user, User)
    applicant = get_object_or_404(Applicant, pk=applicant_id, user=request.user)
    form, status = LastFourForm(request.POST or None), 200
    if form.is_valid():
        try:
            recognise(applicant, last_four=form.cleaned_data["last_four"], by=request.user, at=timezone.now())
        except (NotRecognised, TooManyTries) as refusal:
            form.add_error("last_four", str(refusal))
            status = refusal.status
        else:
            remember(request, applicant)
            return redirect(_way_on(request))
    elif form.is_bound:
        status = 422
    return render(request, "applicants/last_four.html", {"form": form}, status=status)


@sensitive_variables("mobile")
def _send(request: HttpRequest, mobile: str) -> None:
    at, channel = timezone.now(), _channel(request)
    address = network_address(request)
    once = unit_of_work(
        lambda: send_code(mobile, at=at, from_address=address, channel=channel), by=None, at=at, action="send_code"
    )
    pending.begin(request.session, mobile, at=at, channel=channel)
    outbox.send_now(once, at=at)


def _channel(request: HttpRequest) -> Channel:
    return Channel.VOICE if "aloud" in request.POST and calls_are_made() else Channel.SMS


def _another_code(request: HttpRequest, mobile: str) -> HttpResponse:
    try:
        _send(request, mobile)
    except (TooSoon, TooManyCodes, TooManyFromOneNetwork) as refusal:
        messages.warning(request, str(refusal))
    else:
        texted, called = _("又发了一条短信，用新的验证码。"), _("电话这就打过去，用新的验证码。")
        messages.success(request, called if pending.is_read_aloud(request.session) else texted)
    return redirect(_with_way_on(request, "login_code"))


def _phone_page(request: HttpRequest, form: PhoneForm, *, status: int) -> HttpResponse:
    context = {"form": form, "staff_url": _with_way_on(request, "staff_login"), "calls_are_made": calls_are_made()}
    return render(request, "applicants/phone.html", context, status=status)


def _code_page(request: HttpRequest, form: CodeForm, mobile: str, *, status: int) -> HttpResponse:
    context = {
        "form": form,
        "mobile": mask_mobile(mobile),
        "wait_seconds": pending.seconds_to_wait(request.session, after=RESEND_AFTER, at=timezone.now()),
        "phone_url": _with_way_on(request, "login"),
        "calls_are_made": calls_are_made(),
        "is_read_aloud": pending.is_read_aloud(request.session),
    }
    return render(request, "applicants/code.html", context, status=status)


def _with_way_on(request: HttpRequest, page: str) -> str:
    """The address of a page of signing in that still knows where she was going."""
    query = request.META.get("QUERY_STRING", "")
    return f"{reverse(page)}?{query}" if query else reverse(page)


def _way_on(request: HttpRequest) -> str:
    """The page she wanted if it is one of ours, else the beginning of her application."""
    way = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(way, {request.get_host()}, require_https=request.is_secure()):
        return way
    return HERS
