"""Nothing is disclosed without her live consent for that kind of recipient."""

from records.triggers.guards import Guard

DISCLOSURE = "applicants_disclosure"

TRIGGERS = [
    Guard(
        f"rule_{DISCLOSURE}_consented",
        DISCLOSURE,
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM applicants_consent c JOIN accounts_organisation o ON o.kind = c.recipient "
        "WHERE c.id = NEW.consent_id AND o.id = NEW.organisation_id AND c.applicant_id = NEW.applicant_id "
        "AND c.withdrawn_at IS NULL)",
        "no_live_consent",
    ),
]
