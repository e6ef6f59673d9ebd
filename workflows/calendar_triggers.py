"""What the database itself holds of a calendar file: it stays as it was handed in, and closes with its decision."""

from records.triggers.guards import Guard, Trigger

NOTICE = "workflows_calendarnotice"

TRIGGERS: list[Trigger] = [
    Guard(
        f"rule_{NOTICE}_as_it_came",
        NOTICE,
        "UPDATE",
        "NEW.content <> OLD.content OR NEW.decision_id <> OLD.decision_id OR (NEW.is_open AND NOT OLD.is_open)",
        "a_notice_stays_as_it_came",
    ),
    Guard(
        f"rule_{NOTICE}_decided",
        NOTICE,
        "UPDATE",
        "NOT NEW.is_open AND NOT EXISTS (SELECT 1 FROM records_decision d "
        "WHERE d.id = NEW.decision_id AND d.decided_at IS NOT NULL)",
        "a_notice_closes_with_its_decision",
    ),
    Guard(f"rule_{NOTICE}_stays", NOTICE, "DELETE", "TRUE", "a_notice_stays_as_it_came"),
]
