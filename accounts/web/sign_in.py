"""Staff sign in by name and password; everybody signs out the same way."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import second_factor
from accounts.models import User
from accounts.web.landing import landing_of
from accounts.web.second_factor import CODE_ATTRIBUTES
from accounts.web.second_factor import begin as begin_enrolment

# Longer ones only keep the hash busy.
PASSWORD_LENGTH_MAX = 128


class SignInForm(forms.Form):
    use_required_attribute = False

    username = forms.CharField(
        label=_("账号"),
        max_length=150,
        error_messages={"required": _("写上账号")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=PASSWORD_LENGTH_MAX,
        strip=False,
        error_messages={"required": _("写上密码")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("动态码"),
        help_text=_("打开手机上的验证器，抄 6 位数字。第一次登录先空着。"),
        max_length=6,
        required=False,
        widget=forms.TextInput(attrs=CODE_ATTRIBUTES),
    )


@login_not_required
@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST if request.method == "POST" else None)
    if not settings.SECOND_FACTOR:
        del form.fields["code"]
    user = _proven(request, form) if form.is_valid() else None
    if user is None:
        return render(request, "accounts/sign_in.html", {"form": form}, status=422 if form.errors else 200)
    if settings.SECOND_FACTOR and not second_factor.has_factor(user):
        return begin_enrolment(request, user)
    login(request, user)
    return redirect(_way_on(request, user))


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and has the browser forget what it kept, so that the next person at the desk finds nothing."""
    was_staff = isinstance(request.user, User) and not request.user.is_applicant
    logout(request)
    if not was_staff:
        messages.success(request, _("退出了，这台手机上没有留下您的申请。"))
    response = redirect("staff_login" if was_staff else "/")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _proven(request: HttpRequest, form: SignInForm) -> User | None:
    username, password = form.cleaned_data["username"], form.cleaned_data["password"]
    # Throttled before the hash is computed; after five failures the answer is the page accounts/locked.html.
    user = authenticate(request, username=username, password=password)
    if user is None:
        # The same words whether the name or the password was wrong.
        form.add_error(None, _("账号或密码不对。再看一遍大小写，或找本单位管理员。"))
    elif not _has_shown_her_phone(user, form):
        # Counted like a wrong password: six digits are soon guessed by whoever may go on guessing.
        user_login_failed.send(__name__, credentials={"username": username}, request=request)
        form.add_error("code", _("动态码不对。等它变一次，再抄新的；手机时间要准。"))
        return None
    return user


def _has_shown_her_phone(user: User, form: SignInForm) -> bool:
    """True also while she has no factor yet: then her next page is to get one."""
    if not settings.SECOND_FACTOR or not second_factor.has_factor(user):
        return True
    return second_factor.passes(user, form.cleaned_data["code"], at=timezone.now())


def _way_on(request: HttpRequest, user: User) -> str:
    """The page she wanted if it is one of ours, else where her role begins."""
    way = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(way, {request.get_host()}, require_https=request.is_secure()):
        return way
    return landing_of(user)
