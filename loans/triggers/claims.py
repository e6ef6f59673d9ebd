"""Claims: what was handed in stays as it was, what was paid stays for good, and no day is subsidised twice."""

from functools import partial

from records.triggers.guards import Guard, Trigger

CLAIM, LOG, LINE, SEGMENT, REFUND = (
    "loans_subsidyclaim",
    "loans_claimtransition",
    "loans_claimline",
    "loans_claimsegment",
    "loans_subsidyrefund",
)
_FIGURES = ("claim_id", "loan_id", "days", "opening_fen", "closing_fen", "interest_fen", "ours_fen", "bank_fen")


def _claim_in(row: str, *states: str, through_line: bool = False) -> str:
    among = ", ".join(f"'{state}'" for state in states)
    if through_line:
        return (
            f"EXISTS (SELECT 1 FROM {LINE} n JOIN {CLAIM} c ON c.id = n.claim_id "
            f"WHERE n.id = {row}.line_id AND n.loan_id = {row}.loan_id AND c.state IN ({among}))"
        )
    return f"EXISTS (SELECT 1 FROM {CLAIM} c WHERE c.id = {row}.claim_id AND c.state IN ({among}))"


def _with_the_bank(row: str, *, through_line: bool = False) -> str:
    return _claim_in(row, "DRAFT", "RETURNED", through_line=through_line)


_CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in _FIGURES)

# A quarter is written for thousands of loans at a time.
_Many = partial(Guard, at_once=True)

TRIGGERS: list[Trigger] = [
    _Many(f"rule_{LINE}_a_open", LINE, "INSERT", f"NOT {_with_the_bank('NEW')}", "claim_is_handed_in"),
    _Many(f"rule_{LINE}_b_open", LINE, "DELETE", f"NOT {_with_the_bank('OLD')}", "claim_is_handed_in"),
    Guard(
        f"rule_{LINE}_c_figures",
        LINE,
        "UPDATE",
        f"NOT {_with_the_bank('OLD')} AND ({_CHANGED} OR NEW.bank_reason <> OLD.bank_reason)",
        "claim_is_handed_in",
    ),
    Guard(
        f"rule_{LINE}_d_settled",
        LINE,
        "UPDATE",
        _claim_in("OLD", "REVIEWED", "PAID"),
        "paid_claim_is_never_edited",
    ),
    _Many(
        f"rule_{LINE}_e_adjusts",
        LINE,
        "INSERT",
        "NEW.adjusts_id IS NOT NULL AND NOT EXISTS ("
        f"SELECT 1 FROM {LINE} n JOIN {CLAIM} c ON c.id = n.claim_id JOIN {CLAIM} d ON d.id = NEW.claim_id "
        "WHERE n.id = NEW.adjusts_id AND n.loan_id = NEW.loan_id AND n.adjusts_id IS NULL AND c.state = 'PAID' "
        "AND c.from_on < d.from_on)",
        "only_a_paid_line_is_adjusted",
    ),
    _Many(
        f"rule_{SEGMENT}_a_open",
        SEGMENT,
        "INSERT",
        f"NOT {_with_the_bank('NEW', through_line=True)}",
        "claim_is_handed_in",
    ),
    Guard(f"rule_{SEGMENT}_b_written", SEGMENT, "UPDATE", "TRUE", "claim_segment_is_written"),
    _Many(
        f"rule_{SEGMENT}_c_open",
        SEGMENT,
        "DELETE",
        f"NOT {_with_the_bank('OLD', through_line=True)}",
        "claim_is_handed_in",
    ),
    # One loan's days, whichever bank or programme claims them.
    _Many(
        f"rule_{SEGMENT}_d_once",
        SEGMENT,
        "INSERT",
        "NEW.subsidised_fen > 0 AND EXISTS ("
        f"SELECT 1 FROM {SEGMENT} s WHERE s.loan_id = NEW.loan_id AND s.id <> COALESCE(NEW.id, 0) "
        "AND s.from_on < NEW.to_on "
        "AND s.to_on > NEW.from_on AND s.subsidised_fen > 0)",
        "day_is_subsidised_twice",
    ),
    # The same person: by the blind index of her identity number.
    _Many(
        f"rule_{SEGMENT}_e_person",
        SEGMENT,
        "INSERT",
        "NEW.subsidised_fen > 0 AND EXISTS ("
        "SELECT 1 FROM loans_loan l JOIN applicants_applicant p ON p.id = l.applicant_id "
        "JOIN applicants_applicant q ON q.id_index = p.id_index AND q.id_index <> '' "
        "JOIN loans_loan m ON m.applicant_id = q.id AND m.id <> l.id "
        f"JOIN {SEGMENT} s ON s.loan_id = m.id WHERE l.id = NEW.loan_id AND s.from_on < NEW.to_on "
        "AND s.to_on > NEW.from_on AND s.subsidised_fen > 0)",
        "day_is_subsidised_twice",
    ),
    Guard(
        f"rule_{LOG}_a_computed",
        LOG,
        "INSERT",
        f"NEW.move = 'submit' AND EXISTS (SELECT 1 FROM {CLAIM} c WHERE c.id = NEW.subject_id "
        "AND c.computed_at IS NULL)",
        "claim_is_not_computed",
    ),
    Guard(
        f"rule_{LOG}_b_two_people",
        LOG,
        "INSERT",
        f"(NEW.move = 'submit' AND EXISTS (SELECT 1 FROM {CLAIM} c WHERE c.id = NEW.subject_id "
        "AND c.made_by_id = NEW.by_id)) OR (NEW.move = 'review' AND NOT EXISTS ("
        f"SELECT 1 FROM {CLAIM} c JOIN records_decision d ON d.id = c.decision_id WHERE c.id = NEW.subject_id "
        "AND d.outcome = 'approved'))",
        "claim_takes_two_people",
    ),
    Guard(
        f"rule_{LOG}_c_agreed",
        LOG,
        "INSERT",
        f"NEW.move = 'review' AND EXISTS (SELECT 1 FROM {LINE} n WHERE n.claim_id = NEW.subject_id "
        "AND n.agreed_fen IS NULL)",
        "claim_has_open_rows",
    ),
    Guard(
        f"rule_{CLAIM}_a_quarter",
        CLAIM,
        "UPDATE",
        "NEW.pool_id <> OLD.pool_id OR NEW.from_on <> OLD.from_on OR NEW.to_on <> OLD.to_on",
        "claim_is_for_its_quarter",
    ),
    Guard(
        f"rule_{CLAIM}_b_paid",
        CLAIM,
        "UPDATE",
        "OLD.state = 'PAID' AND (NEW.paid_on <> OLD.paid_on OR NEW.voucher_no <> OLD.voucher_no "
        "OR NEW.advanced_by <> OLD.advanced_by)",
        "paid_claim_is_never_edited",
    ),
    Guard(
        f"rule_{REFUND}_a_paid",
        REFUND,
        "INSERT",
        f"NOT EXISTS (SELECT 1 FROM {LINE} n JOIN {CLAIM} c ON c.id = n.claim_id WHERE n.id = NEW.line_id "
        "AND c.state = 'PAID' AND n.payment = 'refund' AND n.agreed_fen > 0)",
        "nothing_to_refund",
    ),
]
