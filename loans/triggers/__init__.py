"""What the database itself holds of the money, whoever writes to it and however."""

from loans.triggers import claims, ledger, lending, mutual_help, people, pool, repayment_files, securities
from records.triggers.guards import Trigger

TRIGGERS: list[Trigger] = [
    *pool.TRIGGERS,
    *lending.TRIGGERS,
    *ledger.TRIGGERS,
    *people.TRIGGERS,
    *claims.TRIGGERS,
    *repayment_files.TRIGGERS,
    *securities.TRIGGERS,
    *mutual_help.TRIGGERS,
]
