"""What the database itself holds of what she said: it stays as she said it, and is answered by whoever may."""

from records.triggers.guards import Guard, Trigger
from workflows.matter_kinds import APART, REQUESTS
from workflows.triggers import LOG as CASE_LOG
from workflows.triggers import helped, involved, same_person

REPLY, RATING = "workflows_payoutreply", "workflows_rating"
MATTER, LOG, REASON = "workflows_matter", "workflows_mattertransition", "workflows_declinereason"
_CASE_ID = f"(SELECT m.application_id FROM {MATTER} m WHERE m.id = NEW.subject_id)"
_ABOUT = f"(SELECT m.about_version FROM {MATTER} m WHERE m.id = NEW.subject_id)"
_KIND = f"(SELECT m.kind FROM {MATTER} m WHERE m.id = NEW.subject_id)"
_IS_APART = "{kind} IN ({kinds})".format(kind=_KIND, kinds=", ".join(f"'{kind}'" for kind in APART))
_REQUESTS = ", ".join(f"'{kind}'" for kind in REQUESTS)
_NOT_PAID = (
    "NOT EXISTS (SELECT 1 FROM workflows_application a WHERE a.id = NEW.application_id AND a.state = 'DISBURSED')"
)


def _not_hers(column: str) -> str:
    """Whether somebody else speaks for her."""
    return (
        "NOT EXISTS (SELECT 1 FROM workflows_application a JOIN applicants_applicant p ON p.id = a.applicant_id "
        f"WHERE a.id = NEW.application_id AND p.user_id = NEW.{column})"
    )


TRIGGERS: list[Trigger] = [
    Guard(
        f"rule_{MATTER}_a_refusal",
        MATTER,
        "INSERT",
        f"NEW.kind = 'appeal' AND NOT EXISTS (SELECT 1 FROM {CASE_LOG} t JOIN workflows_application a "
        "ON a.id = t.subject_id AND a.version = t.version WHERE t.subject_id = NEW.application_id "
        "AND t.version = NEW.about_version AND t.move = 'decline')",
        "nothing_to_appeal_against",
    ),
    Guard(
        f"rule_{MATTER}_b_paid",
        MATTER,
        "INSERT",
        f"NEW.kind IN ('doubt', 'early_repayment', 'extension', 'misuse') AND {_NOT_PAID}",
        "case_is_not_paid_out",
    ),
    Guard(f"rule_{REPLY}_paid", REPLY, "INSERT", _NOT_PAID, "case_is_not_paid_out"),
    Guard(f"rule_{REPLY}_own", REPLY, "INSERT", _not_hers("said_by_id"), "not_her_own_word"),
    Guard(f"rule_{RATING}_own", RATING, "INSERT", _not_hers("rated_by_id"), "not_her_own_word"),
    Guard(
        f"rule_{RATING}_over",
        RATING,
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM workflows_application a WHERE a.id = NEW.application_id "
        "AND a.state IN ('DISBURSED', 'DECLINED'))",
        "case_is_not_over",
    ),
    Guard(
        f"rule_{LOG}_f_as_asked",
        LOG,
        "INSERT",
        f"(NEW.move = 'second' AND {_KIND} <> 'extension') "
        f"OR (NEW.move <> 'second' AND (NEW.move IN ('grant', 'refuse')) <> ({_KIND} IN ({_REQUESTS})))",
        "not_the_answer_to_this_kind",
    ),
    Guard(
        f"rule_{MATTER}_as_said",
        MATTER,
        "UPDATE",
        "NEW.kind <> OLD.kind OR NEW.application_id <> OLD.application_id OR NEW.about_version <> OLD.about_version "
        "OR NEW.words <> OLD.words OR NEW.said_by_id <> OLD.said_by_id OR NEW.said_at <> OLD.said_at "
        "OR COALESCE(CAST(NEW.wanted_on AS varchar), '') <> COALESCE(CAST(OLD.wanted_on AS varchar), '') "
        "OR (OLD.state <> 'OPEN' AND NEW.guarantor_words <> OLD.guarantor_words) "
        "OR (OLD.state NOT IN ('OPEN', 'SECONDED') AND NEW.answer <> OLD.answer)",
        "matter_stays_as_it_was",
    ),
    Guard(
        f"rule_{LOG}_a_helper",
        LOG,
        "INSERT",
        f"{_IS_APART} AND {helped(_CASE_ID)}",
        "helper_conflict",
    ),
    Guard(
        f"rule_{LOG}_b_involved", LOG, "INSERT", f"{_IS_APART} AND {involved(_CASE_ID, through=_ABOUT)}", "was_involved"
    ),
    Guard(
        f"rule_{LOG}_c_kinship",
        LOG,
        "INSERT",
        f"{_IS_APART} AND ({same_person('applicants_applicant', 'p', case_id=_CASE_ID)} "
        f"OR {same_person('applicants_householdmember', 'h', case_id=_CASE_ID)} "
        f"OR {same_person('applicants_party', 'q', case_id=_CASE_ID)})",
        "kinship",
    ),
    Guard(
        f"rule_{LOG}_d_overturned",
        LOG,
        "INSERT",
        f"NEW.move = 'grant' AND EXISTS (SELECT 1 FROM {MATTER} m WHERE m.id = NEW.subject_id AND m.kind = 'appeal' "
        f"AND NOT EXISTS (SELECT 1 FROM {CASE_LOG} t WHERE t.subject_id = m.application_id "
        "AND t.move = 'overturn' AND t.version = m.about_version + 1))",
        "case_was_not_overturned",
    ),
    Guard(
        f"rule_{LOG}_e_stands",
        LOG,
        "INSERT",
        f"NEW.move = 'refuse' AND EXISTS (SELECT 1 FROM {MATTER} m JOIN workflows_application a "
        "ON a.id = m.application_id WHERE m.id = NEW.subject_id AND m.kind = 'appeal' "
        "AND a.version <> m.about_version)",
        "case_moved_on",
    ),
    Guard(
        f"rule_{REASON}_own_finding",
        REASON,
        "INSERT",
        "NEW.finding_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM workflows_assessedfinding f "
        "WHERE f.id = NEW.finding_id AND f.application_id = NEW.application_id "
        "AND COALESCE(NULLIF(f.settled, ''), f.outcome) = 'not_met')",
        "reason_rests_on_no_such_finding",
    ),
]
