"""What takes two people waits for the second one, also where somebody writes to the database directly."""

from loans.triggers.ledger import ENTRY
from loans.triggers.lending import CHANGE, INSTRUCTION, LOAN, LOG, POLICY
from loans.triggers.pool import FUND, GUARANTEE, LEVERAGE, MOVE, POOL
from records.triggers.guards import Guard, Trigger

DRAFT = "loans_policydraft"

_APPROVED = "EXISTS (SELECT 1 FROM records_decision d WHERE d.id = NEW.decision_id AND d.outcome = 'approved')"

TRIGGERS: list[Trigger] = [
    Guard(f"rule_{POLICY}_two_people", POLICY, "INSERT", f"NOT {_APPROVED}", "policy_takes_two_people"),
    # Cases and contracts go by the version that they name: a change is another version.
    Guard(f"rule_{POLICY}_unchanged", POLICY, "UPDATE", "TRUE", "published_policy_is_never_edited"),
    Guard(f"rule_{POLICY}_undeleted", POLICY, "DELETE", "TRUE", "published_policy_is_never_edited"),
    # What two people agree on is what the second of them saw.
    Guard(
        f"rule_{DRAFT}_settled",
        DRAFT,
        "UPDATE",
        "OLD.decision_id IS NOT NULL OR OLD.dropped_at IS NOT NULL",
        "proposed_draft_stays",
    ),
    Guard(f"rule_{DRAFT}_undeleted", DRAFT, "DELETE", "TRUE", "proposed_draft_stays"),
    Guard(
        f"rule_{GUARANTEE}_two_people",
        GUARANTEE,
        "INSERT",
        f"NEW.decision_id IS NOT NULL AND NOT {_APPROVED}",
        "guarantee_takes_two_people",
    ),
    Guard(
        f"rule_{INSTRUCTION}_c_two_people",
        INSTRUCTION,
        "UPDATE",
        f"NEW.released_at IS NOT NULL AND NOT {_APPROVED}",
        "payout_takes_two_people",
    ),
    Guard(
        f"rule_{INSTRUCTION}_starts",
        INSTRUCTION,
        "INSERT",
        "NEW.released_at IS NOT NULL OR NEW.failed_at IS NOT NULL OR NEW.dropped_at IS NOT NULL",
        "payout_takes_two_people",
    ),
    Guard(
        f"rule_{CHANGE}_b_two_people",
        CHANGE,
        "UPDATE",
        f"NEW.edition IS NOT NULL AND NOT {_APPROVED}",
        "plan_change_takes_two_people",
    ),
    Guard(f"rule_{CHANGE}_starts", CHANGE, "INSERT", "NEW.edition IS NOT NULL", "plan_change_takes_two_people"),
    Guard(
        f"rule_{FUND}_a_two_people",
        FUND,
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM loans_fundproposal p JOIN records_decision d ON d.id = p.decision_id "
        "WHERE d.id = NEW.decision_id AND d.outcome = 'approved' AND p.pool_id = NEW.pool_id AND p.kind = NEW.kind "
        "AND p.amount_fen = ABS(NEW.amount_fen) AND p.value_on = NEW.value_on AND p.voucher_no = NEW.voucher_no "
        "AND COALESCE(p.loan_id, 0) = COALESCE(NEW.loan_id, 0))",
        "fund_move_takes_two_people",
    ),
    Guard(
        f"rule_{FUND}_b_called",
        FUND,
        "INSERT",
        f"NEW.kind IN ('compensation', 'recovery') AND NOT EXISTS (SELECT 1 FROM {LOAN} l JOIN {MOVE} m "
        "ON m.guarantee_id = l.guarantee_id WHERE l.id = NEW.loan_id AND m.kind = 'call' "
        "AND m.pool_id = NEW.pool_id AND l.amount_fen >= ABS(NEW.amount_fen))",
        "guarantee_is_not_called",
    ),
    Guard(
        f"rule_{ENTRY}_c_written_off",
        ENTRY,
        "INSERT",
        "NEW.reason IN ('fund_loss', 'bank_loss') AND NOT EXISTS (SELECT 1 FROM loans_writeoff w "
        "JOIN records_decision d ON d.id = w.decision_id WHERE d.outcome = 'approved' AND w.loan_id = NEW.loan_id "
        "AND NEW.amount_fen = CASE NEW.reason WHEN 'fund_loss' THEN w.fund_fen ELSE w.principal_fen - w.fund_fen END)",
        "write_off_takes_two_people",
    ),
    Guard(
        f"rule_{LOG}_f_claim_is_met",
        LOG,
        "INSERT",
        "NEW.move = 'close' AND 0 <> (SELECT COALESCE(SUM(CASE WHEN e.debit = 'claim_principal' THEN e.amount_fen "
        "ELSE -e.amount_fen END), 0) FROM loans_ledgerentry e WHERE e.loan_id = NEW.subject_id "
        "AND (e.debit = 'claim_principal' OR e.credit = 'claim_principal'))",
        "claim_is_open",
    ),
    Guard(
        f"rule_{POOL}_f_two_people",
        POOL,
        "UPDATE",
        f"NEW.leverage <> OLD.leverage AND NEW.leverage <> COALESCE((SELECT c.leverage FROM {LEVERAGE} c "
        "JOIN records_decision d ON d.id = c.decision_id WHERE c.pool_id = NEW.id AND d.outcome = 'approved' "
        "ORDER BY d.decided_at DESC, c.id DESC LIMIT 1), 0)",
        "leverage_takes_two_people",
    ),
]
