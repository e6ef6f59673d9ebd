"""What the database itself holds of visits after the money: only once it is out, and corrected within the case."""

from records.triggers.guards import Guard, Trigger

VISIT = "workflows_followup"

TRIGGERS: list[Trigger] = [
    Guard(
        f"rule_{VISIT}_paid",
        VISIT,
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM workflows_application a JOIN loans_loan l ON l.id = a.loan_id "
        "WHERE a.id = NEW.application_id AND a.state = 'DISBURSED' AND l.disbursed_on <= NEW.visited_on)",
        "case_is_not_paid_out",
    ),
    Guard(
        f"rule_{VISIT}_corrects_its_own",
        VISIT,
        "INSERT",
        "NEW.corrects_id IS NOT NULL AND NOT EXISTS (SELECT 1 "
        f"FROM {VISIT} c WHERE c.id = NEW.corrects_id AND c.application_id = NEW.application_id)",
        "corrects_another_case",
    ),
]
