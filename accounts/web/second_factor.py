"""The first sign-in with a new phone: she scans the code, types what it shows, and is in."""

from datetime import datetime, timedelta

import segno
from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import second_factor
from accounts.models import User
from accounts.models.user import UserKind
from accounts.web.landing import landing_of

# Whose password was right, and when: kept in her session between the two pages.
PROVEN_USER, PROVEN_AT = "second_factor_user", "second_factor_at"
PATIENCE = timedelta(minutes=10)
BACKEND = "accounts.backends.StaffBackend"
CODE_ATTRIBUTES = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "6"}


class CodeForm(forms.Form):
    use_required_attribute = False

    code = forms.RegexField(
        r"^\d{6}$",
        label=_("动态码"),
        help_text=_("验证器现在显示的 6 位数字。"),
        error_messages={"required": _("抄上 6 位数字"), "invalid": _("动态码是 6 位数字")},
        widget=forms.TextInput(attrs=CODE_ATTRIBUTES),
    )


def begin(request: HttpRequest, user: User) -> HttpResponse:
    """Her password was right and she has no factor yet."""
    request.session.cycle_key()
    request.session[PROVEN_USER], request.session[PROVEN_AT] = user.pk, timezone.now().isoformat()
    return redirect("second_factor")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    user = _proven(request, at=timezone.now())
    if user is None or second_factor.has_factor(user):
        return redirect("staff_login")
    factor = second_factor.enrol(user)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_right(form, user):
        login(request, user, backend=BACKEND)
        return redirect(landing_of(user))
    context = {
        "form": form,
        "picture": segno.make(second_factor.address_for_app(factor)).svg_data_uri(scale=4, border=2),
        "secret": second_factor.shown_secret(factor),
    }
    return render(request, "accounts/second_factor.html", context, status=422 if form.errors else 200)


def _proven(request: HttpRequest, *, at: datetime) -> User | None:
    proven_at = request.session.get(PROVEN_AT)
    if not settings.SECOND_FACTOR or proven_at is None or at - datetime.fromisoformat(proven_at) > PATIENCE:
        return None
    return User.objects.filter(pk=request.session[PROVEN_USER], kind=UserKind.STAFF, is_active=True).first()


def _is_right(form: CodeForm, user: User) -> bool:
    if second_factor.confirm(second_factor.enrol(user), form.cleaned_data["code"], at=timezone.now()):
        return True
    form.add_error("code", _("动态码不对。等它变一次，再抄新的；手机时间要准。"))
    return False
