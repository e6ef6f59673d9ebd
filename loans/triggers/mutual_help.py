"""The mutual-help fund: its balance follows its rows, and help is paid as two people agreed on it."""

from records.triggers.guards import Effect, Guard, Trigger

FUND, HELP, MOVE = "loans_mutualhelpfund", "loans_mutualhelp", "loans_mutualhelpmove"

TRIGGERS: list[Trigger] = [
    Effect(
        f"rule_{MOVE}_moves_balance",
        MOVE,
        f"UPDATE {FUND} SET balance_fen = balance_fen + NEW.amount_fen WHERE id = NEW.fund_id",
    ),
    Guard(f"rule_{FUND}_a_exhausted", FUND, "UPDATE", "NEW.balance_fen < 0", "mutual_help_exhausted"),
    Guard(
        f"rule_{FUND}_b_counter",
        FUND,
        "UPDATE",
        f"NEW.balance_fen <> (SELECT COALESCE(SUM(amount_fen), 0) FROM {MOVE} WHERE fund_id = NEW.id)",
        "mutual_help_balance_differs_from_its_rows",
    ),
    # Asked at the fund's row, where whoever else repays the same help waits for us.
    Guard(
        f"rule_{FUND}_c_repaid",
        FUND,
        "UPDATE",
        f"EXISTS (SELECT 1 FROM {MOVE} WHERE fund_id = NEW.id AND help_id IS NOT NULL GROUP BY help_id "
        "HAVING SUM(amount_fen) > 0)",
        "mutual_help_repaid_too_much",
    ),
    Guard(f"rule_{FUND}_starts_empty", FUND, "INSERT", "NEW.balance_fen <> 0", "mutual_help_fund_starts_empty"),
    Guard(
        f"rule_{MOVE}_a_own_fund",
        MOVE,
        "INSERT",
        f"NEW.help_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {HELP} h WHERE h.id = NEW.help_id "
        "AND h.fund_id = NEW.fund_id)",
        "mutual_help_of_another_fund",
    ),
    Guard(
        f"rule_{MOVE}_b_two_people",
        MOVE,
        "INSERT",
        f"NEW.kind = 'help' AND NOT EXISTS (SELECT 1 FROM {HELP} h JOIN records_decision d ON d.id = h.decision_id "
        "WHERE h.id = NEW.help_id AND d.outcome = 'approved' AND h.amount_fen = -NEW.amount_fen)",
        "mutual_help_takes_two_people",
    ),
]
