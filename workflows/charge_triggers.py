"""What the database itself holds of contests: they stay as they were raised, and are settled with their decision."""

from records.triggers.guards import Guard, Trigger

CONTEST = "workflows_chargecontest"

TRIGGERS: list[Trigger] = [
    Guard(
        f"rule_{CONTEST}_as_it_was",
        CONTEST,
        "UPDATE",
        "NEW.application_id <> OLD.application_id OR NEW.organisation_id <> OLD.organisation_id "
        "OR NEW.words <> OLD.words OR NEW.evidence <> OLD.evidence OR NEW.decision_id <> OLD.decision_id "
        "OR (COALESCE(NEW.moved_to_id, 0) <> COALESCE(OLD.moved_to_id, 0) AND EXISTS (SELECT 1 "
        "FROM records_decision d WHERE d.id = NEW.decision_id AND d.decided_at IS NOT NULL))",
        "contest_stays_as_it_was",
    ),
    Guard(f"rule_{CONTEST}_stays", CONTEST, "DELETE", "TRUE", "contest_stays_as_it_was"),
]
