"""What secures a promise stays until the promise is over."""

from loans.triggers.lending import LOAN
from loans.triggers.pool import MOVE
from records.triggers.guards import Guard, Trigger

RELEASE, COUNTER = "loans_securityrelease", "loans_counterguarantee"

TRIGGERS: list[Trigger] = [
    Guard(
        f"rule_{RELEASE}_a_over",
        RELEASE,
        "INSERT",
        f"EXISTS (SELECT 1 FROM {COUNTER} c WHERE c.id = NEW.counter_guarantee_id AND (0 <> (SELECT "
        f"COALESCE(SUM(m.reserved_delta_fen + m.committed_delta_fen), 0) FROM {MOVE} m "
        "WHERE m.guarantee_id = c.guarantee_id) "
        f"OR EXISTS (SELECT 1 FROM {LOAN} l WHERE l.guarantee_id = c.guarantee_id AND l.state = 'COMPENSATED')))",
        "security_is_in_use",
    ),
]
