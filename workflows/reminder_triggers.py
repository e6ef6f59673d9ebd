"""No helper says that she reminded a woman who doesn't agree to it."""

from records.triggers.guards import Guard, Trigger

TRIGGERS: list[Trigger] = [
    Guard(
        "rule_workflows_villagereminder_agreed",
        "workflows_villagereminder",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM loans_instalment i JOIN loans_loan l ON l.id = i.loan_id "
        "JOIN applicants_reminderconsent c ON c.applicant_id = l.applicant_id AND c.withdrawn_at IS NULL "
        "WHERE i.id = NEW.instalment_id)",
        "no_live_consent",
    ),
]
