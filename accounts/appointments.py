"""Giving a member of staff a role, and taking it back. Roles are given and ended, never changed."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models.membership import Membership
from accounts.models.organisation import Organisation
from accounts.models.user import User, UserKind
from accounts.roles import ADMINISTRATORS, Role


class RolesExclude(Exception):
    """Administrators watch each other and see no cases: their role stands alone."""

    def __str__(self) -> str:
        return _("管理员不能再有别的角色，另选一个人。")


class CasesInHand(Exception):
    """Somebody who leaves hands over her open cases first."""

    def __str__(self) -> str:
        return _("她手上还有没办完的案件，先交接再结束任职。")


def appoint(user: User, *, organisation: Organisation, role: Role, at: datetime, is_head: bool) -> Membership:
    """Give the role from now on. Raises RolesExclude where an administrator would hold a second one."""
    assert user.kind == UserKind.STAFF, "only staff are appointed"
    check_exclusive(user, role=role)
    return Membership.objects.create(user=user, organisation=organisation, role=role, is_head=is_head, started_at=at)


def relieve(membership: Membership, *, at: datetime) -> None:
    """End the role; it grants nothing from the next request on. Raises CasesInHand, as a trigger says."""
    membership.ended_at = at
    try:
        with transaction.atomic():
            membership.save(update_fields=["ended_at"])
    except IntegrityError as error:
        if "cases_are_handed_over_first" not in str(error):
            raise
        raise CasesInHand from error


def check_exclusive(user: User, *, role: Role) -> None:
    """Raise RolesExclude where the role would stand beside an administrator's. A trigger holds the same."""
    held = set(Membership.objects.filter(user=user, ended_at__isnull=True).values_list("role", flat=True))
    others = held - {str(role)}
    if others and (role in ADMINISTRATORS or others & ADMINISTRATORS):
        raise RolesExclude
