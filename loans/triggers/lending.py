"""Loans, payouts and repayments: what has to be true before money moves, and what stays as it was agreed."""

from loans.triggers.pool import GUARANTEE, MOVE
from records.triggers.guards import Guard, Trigger

LOAN, LOG, INSTRUCTION, REPAYMENT, POLICY, INSTALMENT, CHANGE = (
    "loans_loan",
    "loans_loantransition",
    "loans_payoutinstruction",
    "loans_repayment",
    "loans_policy",
    "loans_instalment",
    "loans_planchange",
)

_OUT = f"FROM {INSTRUCTION} i WHERE i.released_at IS NOT NULL AND i.failed_at IS NULL"
_FIXED = (
    "applicant_id",
    "policy_id",
    "bank_id",
    "amount_fen",
    "annual_rate_ppm",
    "lpr_ppm",
    "term_months",
    "method",
    "frequency",
    "day_count",
)


def _has_move(kind: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {LOAN} l JOIN {MOVE} m ON m.guarantee_id = l.guarantee_id "
        f"WHERE l.id = NEW.subject_id AND m.kind = '{kind}')"
    )


TRIGGERS: list[Trigger] = [
    Guard(
        f"rule_{LOAN}_a_guaranteed",
        LOAN,
        "INSERT",
        f"NEW.guarantee_id IS NULL AND EXISTS (SELECT 1 FROM {POLICY} p "
        "WHERE p.id = NEW.policy_id AND p.has_guarantor_stage)",
        "loan_without_guarantee",
    ),
    Guard(
        f"rule_{LOAN}_b_within_guarantee",
        LOAN,
        "INSERT",
        f"NEW.guarantee_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {GUARANTEE} g WHERE g.id = NEW.guarantee_id "
        "AND g.applicant_id = NEW.applicant_id AND g.amount_fen >= NEW.amount_fen)",
        "loan_differs_from_its_guarantee",
    ),
    Guard(
        f"rule_{LOAN}_c_terms",
        LOAN,
        "UPDATE",
        " OR ".join(f"NEW.{column} <> OLD.{column}" for column in _FIXED)
        + " OR COALESCE(NEW.guarantee_id, 0) <> COALESCE(OLD.guarantee_id, 0)",
        "loan_terms_are_agreed",
    ),
    Guard(
        f"rule_{LOAN}_d_payment",
        LOAN,
        "UPDATE",
        "OLD.state <> 'APPROVED' AND (COALESCE(NEW.bank_serial, '') <> COALESCE(OLD.bank_serial, '') "
        "OR COALESCE(NEW.bank_loan_no, '') <> COALESCE(OLD.bank_loan_no, '') "
        "OR NEW.disbursed_on <> OLD.disbursed_on)",
        "loan_is_paid_out_already",
    ),
    Guard(
        f"rule_{LOAN}_e_maturity",
        LOAN,
        "UPDATE",
        "OLD.matures_on IS NOT NULL AND NEW.matures_on <> OLD.matures_on AND NOT EXISTS "
        f"(SELECT 1 FROM {CHANGE} c WHERE c.loan_id = NEW.id AND c.edition IS NOT NULL)",
        "maturity_is_agreed",
    ),
    Guard(
        f"rule_{INSTALMENT}_a_edition",
        INSTALMENT,
        "INSERT",
        "NEW.edition > 1 AND NOT EXISTS "
        f"(SELECT 1 FROM {CHANGE} c WHERE c.loan_id = NEW.loan_id AND c.edition = NEW.edition)",
        "plan_is_agreed",
    ),
    Guard(
        f"rule_{CHANGE}_a_as_written",
        CHANGE,
        "UPDATE",
        "NEW.loan_id <> OLD.loan_id OR NEW.kind <> OLD.kind OR NEW.from_on <> OLD.from_on "
        "OR NEW.extra_days <> OLD.extra_days OR NEW.asked_on <> OLD.asked_on OR NEW.decision_id <> OLD.decision_id "
        "OR NEW.counter_consent <> OLD.counter_consent OR (NEW.is_open AND NOT OLD.is_open) "
        "OR (OLD.edition IS NOT NULL AND COALESCE(NEW.edition, 0) <> OLD.edition)",
        "plan_change_is_written",
    ),
    Guard(f"rule_{CHANGE}_stays", CHANGE, "DELETE", "TRUE", "plan_change_is_written"),
    Guard(
        f"rule_{LOG}_a_guarantee_posted",
        LOG,
        "INSERT",
        f"NEW.move = 'activate' AND NOT {_has_move('post')} "
        f"AND EXISTS (SELECT 1 FROM {LOAN} l WHERE l.id = NEW.subject_id AND l.guarantee_id IS NOT NULL)",
        "guarantee_is_not_posted",
    ),
    Guard(
        f"rule_{LOG}_b_payout_released",
        LOG,
        "INSERT",
        f"NEW.move = 'activate' AND NOT EXISTS (SELECT 1 {_OUT} AND i.loan_id = NEW.subject_id)",
        "payout_is_not_released",
    ),
    Guard(
        f"rule_{LOG}_c_payout_out",
        LOG,
        "INSERT",
        f"NEW.move = 'cancel' AND EXISTS (SELECT 1 {_OUT} AND i.loan_id = NEW.subject_id)",
        "payout_is_out",
    ),
    Guard(
        f"rule_{LOG}_d_guarantee_called",
        LOG,
        "INSERT",
        f"NEW.move = 'compensate' AND NOT {_has_move('call')}",
        "guarantee_is_not_called",
    ),
    # A promise stands while the money that it covers may be on its way.
    Guard(
        f"rule_{MOVE}_d_payout_out",
        MOVE,
        "INSERT",
        f"NEW.kind IN ('void', 'expire') AND EXISTS (SELECT 1 {_OUT} AND i.loan_id IN "
        f"(SELECT l.id FROM {LOAN} l WHERE l.guarantee_id = NEW.guarantee_id AND l.state = 'APPROVED'))",
        "payout_is_out",
    ),
    Guard(
        f"rule_{INSTRUCTION}_a_whole_loan",
        INSTRUCTION,
        "INSERT",
        f"NOT EXISTS (SELECT 1 FROM {LOAN} l WHERE l.id = NEW.loan_id AND l.amount_fen = NEW.amount_fen)",
        "payout_differs_from_the_loan",
    ),
    Guard(
        f"rule_{INSTRUCTION}_b_as_written",
        INSTRUCTION,
        "UPDATE",
        "NEW.loan_id <> OLD.loan_id OR NEW.amount_fen <> OLD.amount_fen OR NEW.decision_id <> OLD.decision_id "
        "OR NEW.account_index <> OLD.account_index OR (OLD.released_at IS NOT NULL AND NEW.released_at IS NULL) "
        "OR (OLD.failed_at IS NOT NULL AND NEW.failed_at IS NULL) "
        "OR (OLD.dropped_at IS NOT NULL AND NEW.dropped_at IS NULL)",
        "payout_instruction_is_written",
    ),
    Guard(f"rule_{INSTRUCTION}_stays", INSTRUCTION, "DELETE", "TRUE", "payout_instruction_is_written"),
    Guard(
        f"rule_{REPAYMENT}_a_paid_out",
        REPAYMENT,
        "INSERT",
        f"EXISTS (SELECT 1 FROM {LOAN} l WHERE l.id = NEW.loan_id AND l.state IN ('APPROVED', 'CANCELLED'))",
        "loan_is_not_paid_out",
    ),
    Guard(
        f"rule_{REPAYMENT}_b_mirror",
        REPAYMENT,
        "INSERT",
        f"NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {REPAYMENT} r WHERE r.id = NEW.reverses_id "
        "AND r.loan_id = NEW.loan_id AND r.amount_fen = NEW.amount_fen AND r.reverses_id IS NULL "
        "AND r.value_on <= NEW.value_on)",
        "reversal_is_no_mirror",
    ),
]
