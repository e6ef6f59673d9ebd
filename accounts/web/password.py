"""Where a one-time link leads: she sets her own password and goes on to sign in with it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.invitations import invited
from accounts.models import User
from accounts.web.sign_in import PASSWORD_LENGTH_MAX

# Our own words instead of Django's, which blame.
ADVICE = {
    "password_too_short": _("密码至少 8 位"),
    "password_too_common": _("这个密码太常见，容易被猜到，换一个"),
    "password_too_similar": _("密码不要和账号、姓名相近"),
}


class PasswordForm(forms.Form):
    use_required_attribute = False

    password = forms.CharField(
        label=_("新密码"),
        help_text=_("至少 8 位，长一点比花样多更安全。"),
        max_length=PASSWORD_LENGTH_MAX,
        strip=False,
        error_messages={"required": _("写上新密码"), "max_length": _("密码最多 128 位")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再写一遍"),
        max_length=PASSWORD_LENGTH_MAX,
        strip=False,
        error_messages={"required": _("把新密码再写一遍"), "max_length": _("密码最多 128 位")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest, user_code: str, token: str) -> HttpResponse:
    user = invited(user_code, token)
    if user is None:
        return render(request, "accounts/link_used.html", status=410)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_good(form, user):
        user.set_password(form.cleaned_data["password"])
        user.save(update_fields=["password"])
        messages.success(request, _("密码设好了，用它登录。"))
        return redirect("staff_login")
    context = {"form": form, "invited": user}
    return render(request, "accounts/set_password.html", context, status=422 if form.errors else 200)


def _is_good(form: PasswordForm, user: User) -> bool:
    if form.cleaned_data["password"] != form.cleaned_data["again"]:
        form.add_error("again", _("两遍写得不一样，再写一次"))
        return False
    try:
        validate_password(form.cleaned_data["password"], user)
    except ValidationError as trouble:
        for error in trouble.error_list:
            form.add_error("password", ADVICE.get(error.code or "", error))
    return not form.errors
