"""市, 镇, 村 and the partners: who works there, in which role, and when she last signed in."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Membership, Organisation, User
from accounts.permissions import holds
from accounts.web.navigation import frame
from records.edge import caller


class PersonRow(NamedTuple):
    membership: Membership
    name: str
    role: str
    fills_in: bool
    last_login: datetime | None


class OfficePart(NamedTuple):
    """One office with those who work there; `within` names the places above it."""

    office: Organisation
    within: str
    people: list[PersonRow]


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The whole tree, a town's villages below the town: four queries."""
    administrator_of(request)
    held = Membership.objects.live().select_related("user", "organisation").order_by("-is_head", "role", "pk")
    offices = Organisation.objects.filter(is_active=True).select_related("region__parent__parent")
    rows = offices.prefetch_related(Prefetch("memberships", held, to_attr="held")).order_by("region__code", "pk")
    context = {"parts": [_part(office) for office in rows]}
    return render(request, "workflows/people/tree.html", context | frame(request, current="people"))


def administrator_of(request: HttpRequest) -> User:
    """Whoever gives roles and ends them; nobody else is told of the page: raises Http404."""
    user = caller(request)
    if not holds(user, "manage_people"):
        raise Http404
    return user


def _part(office: Organisation) -> OfficePart:
    held: list[Membership] = office.held  # type: ignore[attr-defined]
    region = office.region
    above = [str(one) for one in (region.parent and region.parent.parent, region.parent, region) if one]
    return OfficePart(office, " · ".join(above), [_row(one) for one in held])


def _row(membership: Membership) -> PersonRow:
    role = str(membership.get_role_display())
    return PersonRow(
        membership,
        name=str(membership.user),
        role=role + _("（负责人）") if membership.is_head else role,
        fills_in=membership.grants("fill_for_her"),
        last_login=membership.user.last_login,
    )
