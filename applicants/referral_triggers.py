"""Places are moved by the rows that explain them, and nobody is placed where no place is left."""

from records.triggers.guards import Effect, Guard, Trigger

COURSE, ENROLMENT, MOVE = "applicants_course", "applicants_enrolment", "applicants_enrolmentmove"
PLACEMENT, MENTOR, WORKSHOP = "applicants_placement", "applicants_mentor", "applicants_workshop"

_LAST = (
    f"COALESCE((SELECT m.kind FROM {MOVE} m WHERE m.enrolment_id = NEW.enrolment_id ORDER BY m.id DESC LIMIT 1), '')"
)
_TAKEN = (
    f"(SELECT COALESCE(SUM(m.seats), 0) FROM {MOVE} m JOIN {ENROLMENT} e ON e.id = m.enrolment_id "
    "WHERE e.course_id = NEW.id)"
)


def _full(column: str, register: str, most: str) -> str:
    return (
        f"NEW.{column} IS NOT NULL AND NEW.ended_on IS NULL AND (SELECT COUNT(*) FROM {PLACEMENT} p "
        f"WHERE p.{column} = NEW.{column} AND p.ended_on IS NULL) >= "
        f"(SELECT r.{most} FROM {register} r WHERE r.id = NEW.{column})"
    )


TRIGGERS: list[Trigger] = [
    Effect(
        f"rule_{MOVE}_moves_places",
        MOVE,
        f"UPDATE {COURSE} SET places_taken = places_taken + NEW.seats "
        f"WHERE id = (SELECT e.course_id FROM {ENROLMENT} e WHERE e.id = NEW.enrolment_id)",
    ),
    Guard(
        f"rule_{MOVE}_in_order",
        MOVE,
        "INSERT",
        f"(NEW.kind = 'enrolled' AND {_LAST} NOT IN ('', 'cancelled')) "
        f"OR (NEW.kind <> 'enrolled' AND {_LAST} <> 'enrolled')",
        "not_the_next_of_an_enrolment",
    ),
    Guard(
        f"rule_{COURSE}_opens",
        COURSE,
        "INSERT",
        "NEW.places_taken <> NEW.taken_before",
        "places_differ_from_enrolments",
    ),
    Guard(
        f"rule_{COURSE}_explained",
        COURSE,
        "UPDATE",
        f"NEW.places_taken <> NEW.taken_before + {_TAKEN}",
        "places_differ_from_enrolments",
    ),
    Guard(
        f"rule_{PLACEMENT}_mentor_has_room", PLACEMENT, "INSERT", _full("mentor_id", MENTOR, "most"), "no_place_is_left"
    ),
    Guard(
        f"rule_{PLACEMENT}_workshop_has_room",
        PLACEMENT,
        "INSERT",
        _full("workshop_id", WORKSHOP, "jobs"),
        "no_place_is_left",
    ),
    Guard(
        f"rule_{PLACEMENT}_as_begun",
        PLACEMENT,
        "UPDATE",
        "OLD.ended_on IS NOT NULL OR NEW.began_on <> OLD.began_on OR NEW.applicant_id <> OLD.applicant_id "
        "OR COALESCE(NEW.mentor_id, 0) <> COALESCE(OLD.mentor_id, 0) "
        "OR COALESCE(NEW.workshop_id, 0) <> COALESCE(OLD.workshop_id, 0)",
        "placement_stays_as_it_was",
    ),
    Guard(f"rule_{PLACEMENT}_stays", PLACEMENT, "DELETE", "TRUE", "placement_stays_as_it_was"),
]
