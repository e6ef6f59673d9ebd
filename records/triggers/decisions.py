"""What the database holds of two-person acts: what was proposed stays as it was, and is settled once."""

from records.triggers.guards import Guard

DECISION = "records_decision"

TRIGGERS = [
    Guard(
        f"rule_{DECISION}_once",
        DECISION,
        "UPDATE",
        "OLD.decided_at IS NOT NULL OR NEW.proposed_by_id <> OLD.proposed_by_id "
        "OR NEW.proposed_at <> OLD.proposed_at OR NEW.kind <> OLD.kind OR NEW.summary <> OLD.summary",
        "a_decision_is_settled_once",
    ),
    Guard(f"rule_{DECISION}_undeleted", DECISION, "DELETE", "TRUE", "a_decision_is_never_deleted"),
]
