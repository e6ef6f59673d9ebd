"""What the database itself holds of the money: the pool's bound and counters, guarantees' phases, consents' place.

The counters are moved by rows that explain them, in the statement that checks the bound; a counter that differs from
its rows is refused. The SUM in the guards is what makes a change by hand impossible, and it sees the row that caused
the change, because effects run after the insert.
"""

from records.triggers.guards import Effect, Guard, Trigger

POOL, FUND, GUARANTEE, MOVE = (
    "loans_guaranteepool",
    "loans_fundmove",
    "loans_guarantee",
    "loans_guaranteemove",
)

_FITS = "{reserved} + {committed} <= ({balance}) * leverage"


def _over_limit(*, fits: str, may_exceed: str) -> str:
    """NULL within the limit; the day it began while over it. Only some rows may begin it."""
    return (
        f"CASE WHEN {fits} THEN NULL WHEN over_limit_since IS NOT NULL THEN over_limit_since "
        f"WHEN {may_exceed} THEN NEW.value_on ELSE NULL END"
    )


TRIGGERS: list[Trigger] = [
    Effect(
        f"rule_{FUND}_moves_balance",
        FUND,
        f"UPDATE {POOL} SET fund_balance_fen = fund_balance_fen + NEW.amount_fen, over_limit_since = "
        + _over_limit(
            fits=_FITS.format(
                reserved="reserved_fen",
                committed="committed_fen",
                balance="fund_balance_fen + NEW.amount_fen",
            ),
            may_exceed="NEW.kind = 'compensation'",
        )
        + " WHERE id = NEW.pool_id",
    ),
    Effect(
        f"rule_{MOVE}_moves_counters",
        MOVE,
        f"UPDATE {POOL} SET reserved_fen = reserved_fen + NEW.reserved_delta_fen, "
        "committed_fen = committed_fen + NEW.committed_delta_fen, over_limit_since = "
        + _over_limit(
            fits=_FITS.format(
                reserved="reserved_fen + NEW.reserved_delta_fen",
                committed="committed_fen + NEW.committed_delta_fen",
                balance="fund_balance_fen",
            ),
            # A reversed repayment gives exposure back, and is a fact like a compensation.
            may_exceed="NEW.kind = 'release'",
        )
        + " WHERE id = NEW.pool_id",
    ),
    Guard(
        f"rule_{POOL}_a_over_limit",
        POOL,
        "UPDATE",
        "NEW.reserved_fen > OLD.reserved_fen "
        "AND (OLD.over_limit_since IS NOT NULL OR NEW.over_limit_since IS NOT NULL)",
        "pool_over_limit",
    ),
    Guard(
        f"rule_{POOL}_b_exhausted",
        POOL,
        "UPDATE",
        "NEW.over_limit_since IS NULL AND NEW.reserved_fen + NEW.committed_fen > NEW.fund_balance_fen * NEW.leverage",
        "pool_exhausted",
    ),
    Guard(
        f"rule_{POOL}_c_within_limit",
        POOL,
        "UPDATE",
        "NEW.over_limit_since IS NOT NULL AND "
        "NEW.reserved_fen + NEW.committed_fen <= NEW.fund_balance_fen * NEW.leverage",
        "pool_is_not_over_limit",
    ),
    Guard(
        f"rule_{POOL}_d_counters",
        POOL,
        "UPDATE",
        f"NEW.reserved_fen <> (SELECT COALESCE(SUM(reserved_delta_fen), 0) FROM {MOVE} WHERE pool_id = NEW.id) "
        f"OR NEW.committed_fen <> (SELECT COALESCE(SUM(committed_delta_fen), 0) FROM {MOVE} WHERE pool_id = NEW.id) "
        f"OR NEW.fund_balance_fen <> (SELECT COALESCE(SUM(amount_fen), 0) FROM {FUND} WHERE pool_id = NEW.id)",
        "pool_counter_differs_from_its_rows",
    ),
    Guard(
        f"rule_{POOL}_starts_empty",
        POOL,
        "INSERT",
        "NEW.reserved_fen <> 0 OR NEW.committed_fen <> 0 OR NEW.fund_balance_fen <> 0",
        "pool_starts_empty",
    ),
    Guard(
        f"rule_{MOVE}_own_pool",
        MOVE,
        "INSERT",
        f"NOT EXISTS (SELECT 1 FROM {GUARANTEE} g WHERE g.id = NEW.guarantee_id AND g.pool_id = NEW.pool_id)",
        "guarantee_of_another_pool",
    ),
    Guard(
        f"rule_{MOVE}_phases",
        MOVE,
        "INSERT",
        "(NEW.kind IN ('post', 'void', 'expire') AND NEW.reserved_delta_fen <> -(SELECT COALESCE("
        f"SUM(reserved_delta_fen), 0) FROM {MOVE} WHERE guarantee_id = NEW.guarantee_id)) "
        f"OR (NEW.kind IN ('release', 'call') AND NEW.committed_delta_fen + (SELECT COALESCE("
        f"SUM(committed_delta_fen), 0) FROM {MOVE} WHERE guarantee_id = NEW.guarantee_id) < 0)",
        "guarantee_phase_out_of_order",
    ),
]
