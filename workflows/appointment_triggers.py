"""What the database itself holds of appointments: only while she is to sign, and written down once."""

from records.triggers.guards import Guard, Trigger

APPOINTMENT = "workflows_signingappointment"

TRIGGERS: list[Trigger] = [
    Guard(
        f"rule_{APPOINTMENT}_to_sign",
        APPOINTMENT,
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM workflows_application a WHERE a.id = NEW.application_id AND a.state = 'SIGNING')",
        "case_is_not_to_be_signed",
    ),
    Guard(
        f"rule_{APPOINTMENT}_as_it_was",
        APPOINTMENT,
        "UPDATE",
        "OLD.closed_at IS NOT NULL OR NEW.application_id <> OLD.application_id OR NEW.starts_at <> OLD.starts_at "
        "OR NEW.place <> OLD.place OR NEW.to_bring <> OLD.to_bring OR NEW.booked_at <> OLD.booked_at "
        "OR NEW.booked_by_id <> OLD.booked_by_id",
        "appointment_stays_as_it_was",
    ),
    Guard(f"rule_{APPOINTMENT}_stays", APPOINTMENT, "DELETE", "TRUE", "appointment_stays_as_it_was"),
]
