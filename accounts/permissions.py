"""May this person do this, here? The one question that every page, endpoint and move asks."""

from django.contrib.auth.models import AnonymousUser

from accounts.models.membership import Membership
from accounts.models.organisation import Organisation
from accounts.models.region import Region
from accounts.models.user import User, UserKind
from accounts.roles import MACHINE_PERMISSIONS


def may(user: User | AnonymousUser, permission: str, place: Organisation | Region) -> bool:
    """Whether one live membership (or the machine's organisation) both holds the permission and covers the place."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.kind == UserKind.MACHINE:
        return _machine_may(user, permission, place)
    return acting_membership(user, permission, place) is not None


def acting_membership(user: User, permission: str, place: Organisation | Region) -> Membership | None:
    """The membership by which the user may do it; None where there is none."""
    memberships = live_memberships(user)
    return next((one for one in memberships if one.grants(permission) and one.covers(place)), None)


def live_memberships(user: User) -> list[Membership]:
    """Her live memberships with their places, read once for each user object."""
    cached: list[Membership] | None = getattr(user, "_live_memberships", None)
    if cached is None:
        cached = list(Membership.objects.live().filter(user=user).select_related("organisation__region", "user"))
        user._live_memberships = cached  # type: ignore[attr-defined]
    return cached


def holds(user: User | AnonymousUser, permission: str) -> bool:
    """Whether she holds the permission anywhere: for menus and landing pages, never for a case."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.kind == UserKind.MACHINE:
        assert user.acts_for is not None
        return permission in MACHINE_PERMISSIONS[user.acts_for.kind]
    return any(one.grants(permission) for one in live_memberships(user))


def _machine_may(user: User, permission: str, place: Organisation | Region) -> bool:
    assert user.acts_for is not None
    if permission not in MACHINE_PERMISSIONS[user.acts_for.kind]:
        return False
    if isinstance(place, Region):
        return user.acts_for.region.contains(place)
    return user.acts_for_id == place.pk
