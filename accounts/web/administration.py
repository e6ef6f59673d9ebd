"""The system administrator's desk at /admin/: people, offices and places. No case, no money, no deletion.

Registered on a site of its own, so that what other packages register by themselves isn't shown.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.appointments import CasesInHand, RolesExclude, appoint, check_exclusive, relieve
from accounts.invitations import invitation_path
from accounts.models import Membership, Organisation, Region, User, WorkingDay
from accounts.models.user import UserKind
from accounts.permissions import holds
from accounts.second_factor import forget
from accounts.web.sign_in import sign_out

PERMISSION = "manage_people"


class OfficeAdmin(admin.AdminSite):
    site_header = _("巾帼创业贷 · 系统管理")
    site_title = _("系统管理")
    index_title = _("人员、单位和地区")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return holds(request.user, PERMISSION)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("staff_login")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return sign_out(request)


class ReferenceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Open to the system administrator and nobody else; nothing is ever deleted."""

    actions: list[Any] = []

    def has_module_permission(self, request: HttpRequest) -> bool:
        return holds(request.user, PERMISSION)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return holds(request.user, PERMISSION)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return holds(request.user, PERMISSION)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return holds(request.user, PERMISSION)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RegionAdmin(ReferenceAdmin):
    """Places come in by `import_regions`; here one is looked up, renamed or closed."""

    list_display = ["code", "name", "level", "valid_from", "valid_to"]
    list_filter = ["level"]
    search_fields = ["code", "name"]
    readonly_fields = ["code", "level", "parent"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class OrganisationAdmin(ReferenceAdmin):
    list_display = ["name", "kind", "region", "phone", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name"]
    autocomplete_fields = ["region"]


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ["username", "name", "phone", "is_active"]


class UserAdmin(ReferenceAdmin):
    """Members of staff. Whoever signs in by phone is none of the administrator's business.

    Registered by config/urls.py as applicants.web.staff has it, with the numbers that accounts can't keep.
    """

    form = UserForm
    list_display = ["username", "name", "phone", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["username", "name"]
    actions = ["make_link", "forget_phone"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return User.objects.filter(kind=UserKind.STAFF)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: Any) -> None:
        if not change:
            obj.kind = UserKind.STAFF
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    @admin.action(description=_("出一次性登录链接"))
    def make_link(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset.filter(is_active=True):
            link = request.build_absolute_uri(invitation_path(user))
            messages.info(request, _("%(name)s 的链接，一天内用一次：%(link)s") % {"name": user, "link": link})

    @admin.action(description=_("换了手机：重新绑定验证器"))
    def forget_phone(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            forget(user)
            messages.info(request, _("%(name)s 下次登录时重新绑定。") % {"name": user})


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Membership
        fields = ["user", "organisation", "role", "is_head"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                check_exclusive(cleaned["user"], role=cleaned["role"])
            except RolesExclude as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
            same = {key: cleaned[key] for key in ("user", "organisation", "role")}
            if Membership.objects.filter(**same, ended_at__isnull=True).exists():
                raise forms.ValidationError(_("这个人在这个单位已经有这个角色了。"))
        return cleaned


class MembershipAdmin(ReferenceAdmin):
    """Roles are given and ended, never changed: who could do what on a day stays readable."""

    form = MembershipForm
    list_display = ["user", "organisation", "role", "is_head", "started_at", "ended_at"]
    list_filter = ["role"]
    search_fields = ["user__name", "user__username"]
    autocomplete_fields = ["user", "organisation"]
    actions = ["end_role"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: Any) -> None:
        obj.pk = appoint(**form.cleaned_data, at=timezone.now()).pk

    @admin.action(description=_("结束任职"))
    def end_role(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        for membership in queryset.filter(ended_at__isnull=True):
            try:
                relieve(membership, at=timezone.now())
            except CasesInHand as refusal:
                messages.error(request, f"{membership}：{refusal}")


class WorkingDayAdmin(ReferenceAdmin):
    """What notices say, day by day. A later notice is a further row."""

    list_display = ["day", "is_working", "name", "source", "published_at"]
    date_hierarchy = "day"
    fields = ["day", "is_working", "name", "source", "published_at"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: WorkingDay, form: Any, change: Any) -> None:
        obj.entered_by, obj.entered_at = request.user, timezone.now()  # type: ignore[assignment]
        super().save_model(request, obj, form, change)


office_admin = OfficeAdmin(name="admin")
office_admin.register(Region, RegionAdmin)
office_admin.register(Organisation, OrganisationAdmin)
office_admin.register(Membership, MembershipAdmin)
office_admin.register(WorkingDay, WorkingDayAdmin)
