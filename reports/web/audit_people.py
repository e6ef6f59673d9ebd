"""Everybody who works here: roles, offices, and when they last signed in. To be read; roles are given at /admin/."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from accounts.models.user import UserKind
from accounts.web.keyset import page_of
from accounts.web.navigation import frame


@dataclass(frozen=True)
class PersonRow:
    """One member of staff; `roles` are those of today."""

    name: str
    username: str
    roles: list[str]
    last_login: datetime | None
    is_active: bool


def people_page(request: HttpRequest) -> HttpResponse:
    people = User.objects.filter(kind=UserKind.STAFF)
    page = page_of(_with_roles(people), query=request.GET, order=("username",))
    context = {"rows": [_row(user) for user in page.rows], "count": people.count(), "page": page}
    return render(request, "reports/audit_people.html", context | frame(request, current="admin_office"))


def _with_roles(people: QuerySet[User]) -> QuerySet[User]:
    held = Membership.objects.live().select_related("organisation")
    return people.prefetch_related(Prefetch("memberships", held, to_attr="held"))


def _row(user: User) -> PersonRow:
    held: list[Membership] = user.held  # type: ignore[attr-defined]
    return PersonRow(
        name=user.name or user.username,
        username=user.username,
        roles=[_role_words(one) for one in held],
        last_login=user.last_login,
        is_active=user.is_active,
    )


def _role_words(membership: Membership) -> str:
    office, role = str(membership.organisation), str(membership.get_role_display())
    # Some roles are called like their office.
    words = office if office == role else _("%(office)s · %(role)s") % {"office": office, "role": role}
    return words + _("（负责人）") if membership.is_head else words
