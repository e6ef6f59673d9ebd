"""Where each role begins its day."""

from accounts.models import User
from accounts.permissions import live_memberships
from accounts.roles import Role

# Addresses, not names of pages: those belong to apps that this one knows nothing of.
LANDINGS: dict[str, str] = {
    Role.HELPER: "/helper",
    Role.TOWN_REVIEWER: "/work",
    Role.CITY_REVIEWER: "/work",
    Role.GUARANTOR_OFFICER: "/partner",
    Role.BANK_OFFICER: "/partner",
    Role.FINANCE_OFFICER: "/finance",
    Role.SYSTEM_ADMIN: "/admin/",
    Role.SECURITY_ADMIN: "/admin-office",
    Role.AUDITOR: "/admin-office",
}
NOBODYS = "/"


def landing_of(user: User) -> str:
    """The first page of her oldest live role; the front page for whoever has none."""
    memberships = live_memberships(user)
    return LANDINGS[memberships[0].role] if memberships else NOBODYS
