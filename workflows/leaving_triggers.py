"""What the database itself holds of leaving: nobody ends a role in an office with that office's cases in hand.

The table is of `accounts`, which knows nothing of cases.
"""

from records.triggers.guards import Guard, Trigger

MEMBERSHIP = "accounts_membership"

TRIGGERS: list[Trigger] = [
    Guard(
        f"rule_{MEMBERSHIP}_in_hand",
        MEMBERSHIP,
        "UPDATE",
        "NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL AND EXISTS (SELECT 1 FROM workflows_assignment a "
        "WHERE a.owner_id = NEW.user_id AND a.organisation_id = NEW.organisation_id AND a.ended_at IS NULL)",
        "cases_are_handed_over_first",
    ),
]
