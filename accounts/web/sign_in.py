"""Staff sign in by name and password; everybody signs out the same way."""

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.web.landing import landing_of

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


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST if request.method == "POST" else None)
    user = _proven(request, form) if form.is_valid() else None
    if user is None:
        return render(request, "accounts/sign_in.html", {"form": form}, status=422 if form.errors else 200)
    login(request, user)
    return redirect(_way_on(request, user))


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and has the browser forget what it kept, so that the next person at the desk finds nothing."""
    was_staff = isinstance(request.user, User) and not request.user.is_applicant
    logout(request)
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
    return user


def _way_on(request: HttpRequest, user: User) -> str:
    """The page she wanted if it is one of ours, else where her role begins."""
    way = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(way, {request.get_host()}, require_https=request.is_secure()):
        return way
    return landing_of(user)
