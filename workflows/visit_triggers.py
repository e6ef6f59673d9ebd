"""What the database itself holds of visits: agreed on while she is to be visited, no approval without seeing her."""

from records.triggers.guards import Guard, Trigger

VISIT, SURVEY, LOG = "workflows_visitappointment", "workflows_surveyreport", "workflows_applicationtransition"

TRIGGERS: list[Trigger] = [
    Guard(
        f"rule_{VISIT}_to_visit",
        VISIT,
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM workflows_application a WHERE a.id = NEW.application_id AND a.state = 'SURVEY')",
        "case_is_not_to_be_visited",
    ),
    Guard(
        f"rule_{VISIT}_as_it_was",
        VISIT,
        "UPDATE",
        "OLD.closed_at IS NOT NULL OR NEW.application_id <> OLD.application_id OR NEW.starts_at <> OLD.starts_at "
        "OR NEW.booked_at <> OLD.booked_at OR NEW.booked_by_id <> OLD.booked_by_id",
        "agreed_visit_stays_as_it_was",
    ),
    Guard(
        f"rule_{LOG}_o_seen_in_person",
        LOG,
        "INSERT",
        f"NEW.move = 'recommend' AND EXISTS (SELECT 1 FROM {SURVEY} r WHERE r.application_id = NEW.subject_id "
        f"AND r.id = (SELECT MAX(l.id) FROM {SURVEY} l WHERE l.application_id = NEW.subject_id) "
        "AND NOT (r.met_in_person AND r.identity_matches))",
        "not_seen_in_person",
    ),
    Guard(f"rule_{VISIT}_stays", VISIT, "DELETE", "TRUE", "agreed_visit_stays_as_it_was"),
]
