"""What the database itself holds of a case: separation of duties, the way back, consent before disclosure."""

from records.triggers.guards import Guard
from workflows.separation import NOT_CHECKED

LOG, CASE = "workflows_applicationtransition", "workflows_application"
_CASE = f"FROM {CASE} a WHERE a.id = NEW.subject_id"
_HERS_OR_TIMES = "({})".format(", ".join(f"'{move}'" for move in sorted(NOT_CHECKED)))

TRIGGERS = [
    Guard(
        f"rule_{LOG}_a_helper",
        LOG,
        "INSERT",
        f"NEW.move NOT IN {_HERS_OR_TIMES} AND EXISTS (SELECT 1 {_CASE} AND a.filled_by_id = NEW.by_id)",
        "helper_conflict",
    ),
    Guard(
        f"rule_{LOG}_b_surveyor",
        LOG,
        "INSERT",
        "NEW.move = 'recommend' AND EXISTS (SELECT 1 FROM workflows_surveyvisitor v "
        "JOIN workflows_surveyreport r ON r.id = v.report_id "
        "WHERE r.application_id = NEW.subject_id AND v.user_id = NEW.by_id)",
        "surveyed_it_yourself",
    ),
    Guard(
        f"rule_{LOG}_c_involved",
        LOG,
        "INSERT",
        f"NEW.move = 'overturn' AND EXISTS (SELECT 1 FROM {LOG} t "
        "WHERE t.subject_id = NEW.subject_id AND t.by_id = NEW.by_id)",
        "was_involved",
    ),
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
        f"rule_{LOG}_e_way_back",
        LOG,
        "INSERT",
        f"(NEW.move = 'supply' AND NEW.target <> (SELECT a.resume_state {_CASE})) "
        f"OR (NEW.move = 'unfreeze' AND NEW.target <> (SELECT a.frozen_from {_CASE}))",
        "not_the_way_back",
    ),
    Guard(
        f"rule_{LOG}_f_disclosed",
        LOG,
        "INSERT",
        "(NEW.target = 'GUARANTEE' AND NOT EXISTS (SELECT 1 FROM applicants_disclosure d JOIN "
        f"{CASE} a ON a.number = d.case_number AND a.guarantor_id = d.organisation_id WHERE a.id = NEW.subject_id)) "
        "OR (NEW.target = 'DISBURSEMENT' AND NOT EXISTS (SELECT 1 FROM applicants_disclosure d JOIN "
        f"{CASE} a ON a.number = d.case_number AND a.bank_id = d.organisation_id WHERE a.id = NEW.subject_id))",
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
]
