"""What the database holds of roles: only staff have them, administrators have one, and nobody rewrites them.

They stand here because `accounts` knows nothing of triggers.
"""

from accounts.roles import ADMINISTRATORS
from records.triggers.guards import Guard

MEMBERSHIP = "accounts_membership"
_ADMINISTRATORS = "({})".format(", ".join(f"'{role}'" for role in sorted(ADMINISTRATORS)))

TRIGGERS = [
    Guard(
        f"rule_{MEMBERSHIP}_staff",
        MEMBERSHIP,
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = NEW.user_id AND u.kind = 'staff')",
        "only_staff_have_memberships",
    ),
    Guard(
        f"rule_{MEMBERSHIP}_alone",
        MEMBERSHIP,
        "INSERT",
        f"NEW.ended_at IS NULL AND EXISTS (SELECT 1 FROM {MEMBERSHIP} m WHERE m.user_id = NEW.user_id "
        f"AND m.ended_at IS NULL AND m.role <> NEW.role "
        f"AND (m.role IN {_ADMINISTRATORS} OR NEW.role IN {_ADMINISTRATORS}))",
        "an_administrator_has_no_other_role",
    ),
    Guard(
        f"rule_{MEMBERSHIP}_unchanged",
        MEMBERSHIP,
        "UPDATE",
        "NEW.user_id <> OLD.user_id OR NEW.organisation_id <> OLD.organisation_id OR NEW.role <> OLD.role "
        "OR NEW.is_head <> OLD.is_head OR NEW.started_at <> OLD.started_at OR OLD.ended_at IS NOT NULL",
        "a_role_is_ended_not_changed",
    ),
    Guard(f"rule_{MEMBERSHIP}_undeleted", MEMBERSHIP, "DELETE", "TRUE", "a_role_is_ended_not_changed"),
]
