"""Members of staff at /admin/, with the numbers by which the rules know them. The numbers themselves aren't kept."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.web.administration import UserAdmin, UserForm
from applicants.identity import read_mobile
from applicants.staff_numbers import note_numbers
from applicants.web.fields import IdentityField, read_id_no_today


class StaffForm(UserForm):
    """A newcomer's numbers are asked for; later an empty line leaves them as they are."""

    id_no = IdentityField(
        read_id_no_today,
        label=_("她本人的身份证号"),
        help_text=_("只用来认出亲属的申请，好让她回避。不保存号码。改资料时空着就不变。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    mobile = IdentityField(
        read_mobile,
        label=_("她本人的手机号"),
        help_text=_("申请人的确认链接不会发到这个号。不保存号码。改资料时空着就不变。"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: Any = self.instance
        numbers: dict[str, Any] = self.fields
        numbers["id_no"].is_optional = bool(known.id_index)
        numbers["mobile"].is_optional = bool(known.mobile_index)


class StaffAdmin(UserAdmin):
    form = StaffForm
    list_display = [*UserAdmin.list_display, "has_numbers"]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        given = form.cleaned_data
        note_numbers(obj, id_no=given["id_no"], mobile=given["mobile"] or "")

    @admin.display(boolean=True, description=_("本人号码登记了"))
    def has_numbers(self, user: User) -> bool:
        return bool(user.id_index and user.mobile_index)
