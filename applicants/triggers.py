"""Nothing is disclosed without her live consent for that recipient; a yes by link comes from her own phone."""

from records.triggers.guards import Guard, Trigger

DISCLOSURE, MANDATE = "applicants_disclosure", "applicants_mandate"

TRIGGERS: list[Trigger] = [
    Guard(
        f"rule_{DISCLOSURE}_consented",
        DISCLOSURE,
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM applicants_consent c JOIN accounts_organisation o ON o.kind = c.recipient "
        "WHERE c.id = NEW.consent_id AND o.id = NEW.organisation_id AND c.applicant_id = NEW.applicant_id "
        "AND c.withdrawn_at IS NULL)",
        "no_live_consent",
    ),
    Guard(
        f"rule_{MANDATE}_own_phone",
        MANDATE,
        "UPDATE",
        "NEW.answer = 'yes' AND OLD.answer <> 'yes' AND NEW.route = 'link' AND ("
        "NOT EXISTS (SELECT 1 FROM applicants_applicant a JOIN applicants_confirmedphone c "
        "ON c.mobile_index = a.mobile_index JOIN applicants_applicant w ON w.id = c.applicant_id "
        "WHERE a.id = NEW.applicant_id AND (w.id = a.id OR (a.id_index <> '' AND a.id_index = w.id_index))) "
        "OR EXISTS (SELECT 1 FROM applicants_applicant a JOIN accounts_user u ON u.mobile_index = a.mobile_index "
        "WHERE a.id = NEW.applicant_id AND a.mobile_index <> '' AND u.kind = 'staff'))",
        "link_not_for_this_number",
    ),
]
