"""The bank's files: a row names the repayment that it became, and only what was not booked is answered."""

from loans.triggers.lending import LOAN, REPAYMENT
from records.triggers.guards import Guard, Trigger

FILE, ROW, ANSWER = "loans_repaymentfile", "loans_repaymentfilerow", "loans_repaymentrowanswer"

TRIGGERS: list[Trigger] = [
    Guard(
        f"rule_{ROW}_a_booked",
        ROW,
        "INSERT",
        f"NEW.repayment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {REPAYMENT} r JOIN {LOAN} l ON l.id = r.loan_id "
        f"JOIN {FILE} f ON f.bank_id = l.bank_id WHERE r.id = NEW.repayment_id AND f.id = NEW.file_id "
        "AND r.bank_serial = NEW.bank_serial AND l.bank_loan_no = NEW.bank_loan_no)",
        "file_row_is_another_repayment",
    ),
    Guard(
        f"rule_{ROW}_b_in_the_file",
        ROW,
        "INSERT",
        f"(SELECT f.row_count FROM {FILE} f WHERE f.id = NEW.file_id) <= "
        f"(SELECT COUNT(*) FROM {ROW} o WHERE o.file_id = NEW.file_id)",
        "file_has_no_more_rows",
    ),
    Guard(
        f"rule_{ANSWER}_a_open",
        ANSWER,
        "INSERT",
        f"EXISTS (SELECT 1 FROM {ROW} o WHERE o.id = NEW.row_id AND o.outcome = 'matched')",
        "booked_row_needs_no_answer",
    ),
]
