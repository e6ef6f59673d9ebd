"""What the database itself holds of stepping back: it is for good."""

from records.triggers.guards import Guard, Trigger
from workflows.triggers import CHECKED, LOG

TRIGGERS: list[Trigger] = [
    Guard(
        f"rule_{LOG}_o_stepped_back",
        LOG,
        "INSERT",
        f"{CHECKED} AND EXISTS (SELECT 1 FROM workflows_recusal c "
        "WHERE c.application_id = NEW.subject_id AND c.officer_id = NEW.by_id)",
        "stepped_back",
    ),
]
