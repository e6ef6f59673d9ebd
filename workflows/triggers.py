"""What the database itself holds of a case: separation, the way back, consent of all, two people, the money."""

from records.triggers.guards import Guard, Trigger
from workflows.separation import NOT_CHECKED

LOG, CASE = "workflows_applicationtransition", "workflows_application"
FINDING, SURVEY = "workflows_assessedfinding", "workflows_surveyreport"
_CASE = f"FROM {CASE} a WHERE a.id = NEW.subject_id"
_HERS_OR_TIMES = "({})".format(", ".join(f"'{move}'" for move in sorted(NOT_CHECKED)))
CHECKED = f"NEW.move NOT IN {_HERS_OR_TIMES}"
_INSTRUCTION_OUT = (
    f"EXISTS (SELECT 1 FROM loans_payoutinstruction i JOIN {CASE} a ON a.loan_id = i.loan_id "
    "WHERE a.id = NEW.subject_id AND i.released_at IS NOT NULL AND i.failed_at IS NULL)"
)


def same_person(table: str, alias: str, *, case_id: str = "NEW.subject_id") -> str:
    """Whether whoever makes the move has the ID number or the phone of a row there."""
    return (
        f"EXISTS (SELECT 1 FROM {CASE} a JOIN {table} {alias} ON "
        + (
            f"{alias}.id = a.applicant_id"
            if table == "applicants_applicant"
            else f"{alias}.applicant_id = a.applicant_id"
        )
        + f" JOIN accounts_user u ON u.id = NEW.by_id AND u.kind = 'staff' WHERE a.id = {case_id} "
        f"AND ((u.id_index <> '' AND u.id_index = {alias}.id_index) "
        f"OR (u.mobile_index <> '' AND u.mobile_index = {alias}.mobile_index)))"
    )


def involved(case_id: str, *, through: str) -> str:
    """Whether whoever makes the move has moved the case up to a version, visited her, or settled a finding."""
    return (
        f"(EXISTS (SELECT 1 FROM {LOG} t WHERE t.subject_id = {case_id} AND t.by_id = NEW.by_id "
        f"AND t.version <= {through}) "
        f"OR EXISTS (SELECT 1 FROM {SURVEY} r LEFT JOIN workflows_surveyvisitor v ON v.report_id = r.id "
        f"WHERE r.application_id = {case_id} AND (v.user_id = NEW.by_id OR r.recorded_by_id = NEW.by_id)) "
        f"OR EXISTS (SELECT 1 FROM {FINDING} f WHERE f.application_id = {case_id} AND f.settled_by_id = NEW.by_id))"
    )


def helped(case_id: str) -> str:
    """Whether whoever makes the move filled the case in, or helped her with a mandate."""
    return (
        f"(EXISTS (SELECT 1 FROM {CASE} a WHERE a.id = {case_id} AND a.filled_by_id = NEW.by_id) OR EXISTS (SELECT 1 "
        f"FROM {CASE} a JOIN applicants_mandate m ON m.applicant_id = a.applicant_id "
        "JOIN accounts_user u ON u.id = m.helper_id AND u.kind = 'staff' "
        f"WHERE a.id = {case_id} AND m.helper_id = NEW.by_id))"
    )


def _not_agreed(table: str, role: str, more: str = "") -> str:
    """Whether somebody named in the case hasn't agreed, or answers for less than is asked for."""
    return (
        f"EXISTS (SELECT 1 FROM {CASE} a JOIN {table} n ON n.applicant_id = a.applicant_id{more} "
        "WHERE a.id = NEW.subject_id AND NOT EXISTS (SELECT 1 FROM applicants_partyconsent c "
        f"WHERE c.applicant_id = a.applicant_id AND c.role = {role} AND c.person_index = n.id_index "
        "AND c.withdrawn_at IS NULL AND (c.amount_fen IS NULL OR c.amount_fen >= a.amount_fen)))"
    )


def _disclosed_to(column: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM applicants_disclosure d JOIN {CASE} a ON a.number = d.case_number "
        f"AND a.{column} = d.organisation_id WHERE a.id = NEW.subject_id)"
    )


_SEPARATION: list[Trigger] = [
    Guard(
        f"rule_{LOG}_a_helper",
        LOG,
        "INSERT",
        f"{CHECKED} AND {helped('NEW.subject_id')}",
        "helper_conflict",
    ),
    Guard(
        f"rule_{LOG}_b_surveyor",
        LOG,
        "INSERT",
        f"NEW.move = 'recommend' AND EXISTS (SELECT 1 FROM {SURVEY} r "
        "LEFT JOIN workflows_surveyvisitor v ON v.report_id = r.id "
        "WHERE r.application_id = NEW.subject_id AND (v.user_id = NEW.by_id OR r.recorded_by_id = NEW.by_id))",
        "surveyed_it_yourself",
    ),
    Guard(
        f"rule_{LOG}_c_involved",
        LOG,
        "INSERT",
        f"NEW.move = 'overturn' AND {involved('NEW.subject_id', through='NEW.version')}",
        "was_involved",
    ),
    Guard(
        f"rule_{LOG}_h_kinship",
        LOG,
        "INSERT",
        f"{CHECKED} AND ({same_person('applicants_applicant', 'p')} "
        f"OR {same_person('applicants_householdmember', 'h')} OR {same_person('applicants_party', 'q')})",
        "kinship",
    ),
]

_PROCESS: list[Trigger] = [
    Guard(
        f"rule_{LOG}_d_partners_no",
        LOG,
        "INSERT",
        "NEW.move = 'overturn' AND (SELECT t.move FROM "
        f"{LOG} t WHERE t.subject_id = NEW.subject_id AND t.target = 'DECLINED' ORDER BY t.version DESC LIMIT 1) "
        "<> 'decline'",
        "partners_refusal_stands",
    ),
    Guard(
        f"rule_{LOG}_d_appealed",
        LOG,
        "INSERT",
        "NEW.move = 'overturn' AND NOT EXISTS (SELECT 1 FROM workflows_matter m WHERE m.kind = 'appeal' "
        "AND m.application_id = NEW.subject_id AND m.state = 'OPEN' AND m.about_version = NEW.version - 1)",
        "nobody_appealed",
    ),
    Guard(
        f"rule_{LOG}_e_way_back",
        LOG,
        "INSERT",
        f"(NEW.move = 'supply' AND NEW.target <> (SELECT a.resume_state {_CASE})) "
        f"OR (NEW.move = 'unfreeze' AND NEW.target <> (SELECT a.frozen_from {_CASE})) "
        f"OR (NEW.move = 'disburse' AND NEW.source = 'FROZEN' AND (SELECT a.frozen_from {_CASE}) <> 'PAYOUT')",
        "not_the_way_back",
    ),
    Guard(
        f"rule_{LOG}_f_disclosed",
        LOG,
        "INSERT",
        f"(NEW.target = 'GUARANTEE' AND NOT {_disclosed_to('guarantor_id')}) "
        f"OR (NEW.target = 'DISBURSEMENT' AND NOT {_disclosed_to('bank_id')})",
        "not_disclosed",
    ),
    Guard(
        f"rule_{LOG}_g_amount",
        LOG,
        "INSERT",
        "NEW.move IN ('submit', 'confirm') AND EXISTS (SELECT 1 "
        f"FROM {CASE} a JOIN loans_policy p ON p.id = a.policy_id WHERE a.id = NEW.subject_id AND ("
        "a.amount_fen IS NULL OR a.amount_fen < p.amount_min_fen OR a.amount_fen > p.amount_max_fen "
        "OR a.amount_fen % p.amount_step_fen <> 0))",
        "amount_outside_policy",
    ),
    Guard(
        f"rule_{LOG}_i_consented",
        LOG,
        "INSERT",
        "NEW.move IN ('submit', 'confirm') AND NOT EXISTS (SELECT 1 "
        f"FROM {CASE} a JOIN applicants_consent c ON c.applicant_id = a.applicant_id "
        "WHERE a.id = NEW.subject_id AND c.recipient = 'federation' AND c.withdrawn_at IS NULL)",
        "no_live_consent",
    ),
    Guard(
        f"rule_{LOG}_j_findings",
        LOG,
        "INSERT",
        f"NEW.move = 'recommend' AND (NOT EXISTS (SELECT 1 FROM {FINDING} f WHERE f.application_id = NEW.subject_id) "
        f"OR EXISTS (SELECT 1 FROM {FINDING} f WHERE f.application_id = NEW.subject_id "
        f"AND f.round = (SELECT MAX(l.round) FROM {FINDING} l WHERE l.application_id = NEW.subject_id) "
        "AND COALESCE(NULLIF(f.settled, ''), f.outcome) <> 'met'))",
        "findings_open",
    ),
]

_PEOPLE: list[Trigger] = [
    Guard(
        f"rule_{LOG}_m_people_agreed",
        LOG,
        "INSERT",
        "NEW.move IN ('submit', 'confirm', 'request_consent') AND ("
        + _not_agreed("applicants_householdmember", "'spouse'", " AND n.relation = 'spouse'")
        + " OR "
        + _not_agreed("applicants_party", "n.role")
        + ")",
        "party_has_not_agreed",
    ),
    Guard(
        f"rule_{LOG}_n_partners",
        LOG,
        "INSERT",
        "NEW.move IN ('submit', 'confirm', 'request_consent') AND (SELECT COUNT(*) FROM "
        f"{CASE} a JOIN applicants_party n ON n.applicant_id = a.applicant_id AND n.role = 'partner' "
        f"WHERE a.id = NEW.subject_id) > (SELECT p.partners_max FROM {CASE} a JOIN loans_policy p "
        "ON p.id = a.policy_id WHERE a.id = NEW.subject_id)",
        "too_many_partners",
    ),
]

_MONEY: list[Trigger] = [
    Guard(
        f"rule_{LOG}_k_money_out",
        LOG,
        "INSERT",
        f"NEW.move = 'withdraw' AND {_INSTRUCTION_OUT}",
        "payout_instruction_out",
    ),
    Guard(
        f"rule_{LOG}_l_paid",
        LOG,
        "INSERT",
        f"NEW.target = 'DISBURSED' AND NOT EXISTS (SELECT 1 FROM {CASE} a JOIN loans_loan l ON l.id = a.loan_id "
        "WHERE a.id = NEW.subject_id AND l.state NOT IN ('APPROVED', 'CANCELLED'))",
        "loan_is_not_paid_out",
    ),
    Guard(
        f"rule_{CASE}_guarantee_by_two",
        CASE,
        "UPDATE",
        "NEW.guarantee_given_id IS NOT NULL AND COALESCE(OLD.guarantee_given_id, 0) <> NEW.guarantee_given_id "
        "AND EXISTS (SELECT 1 FROM loans_guarantee g JOIN loans_policy p ON p.id = NEW.policy_id "
        "LEFT JOIN records_decision d ON d.id = g.decision_id WHERE g.id = NEW.guarantee_given_id "
        "AND g.amount_fen >= p.two_person_guarantee_from_fen AND COALESCE(d.outcome, '') <> 'approved')",
        "guarantee_takes_two_people",
    ),
    Guard(
        f"rule_{CASE}_own_guarantee",
        CASE,
        "UPDATE",
        "NEW.guarantee_given_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM loans_guarantee g "
        "WHERE g.id = NEW.guarantee_given_id AND g.case_number = NEW.number AND g.applicant_id = NEW.applicant_id)",
        "guarantee_of_another_case",
    ),
    Guard(
        f"rule_{FINDING}_by_two",
        FINDING,
        "UPDATE",
        "NEW.outcome = 'not_met' AND NEW.settled = 'met' AND NOT EXISTS (SELECT 1 FROM records_decision d "
        "WHERE d.id = NEW.override_id AND d.outcome = 'approved')",
        "override_takes_two_people",
    ),
    Guard(
        f"rule_{FINDING}_as_found",
        FINDING,
        "UPDATE",
        "NEW.outcome <> OLD.outcome OR NEW.rule <> OLD.rule OR NEW.round <> OLD.round "
        "OR NEW.application_id <> OLD.application_id OR NEW.policy_version <> OLD.policy_version "
        "OR NEW.assessed_at <> OLD.assessed_at OR NEW.found <> OLD.found OR NEW.required <> OLD.required",
        "finding_stays_as_it_was",
    ),
    Guard(f"rule_{FINDING}_stays", FINDING, "DELETE", "TRUE", "finding_stays_as_it_was"),
]

TRIGGERS: list[Trigger] = [*_SEPARATION, *_PROCESS, *_PEOPLE, *_MONEY]
