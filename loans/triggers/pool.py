"""The pool's bound and counters, and the phases of its guarantees.

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
LEVERAGE = "loans_leveragechange"

_FITS = "{reserved} + {committed} <= ({balance}) * leverage"
_EXCEEDS = "NEW.reserved_fen + NEW.committed_fen > NEW.fund_balance_fen * NEW.leverage"


def _over_limit(*, fits: str, is_a_fact: str, has_to_fit: str) -> str:
    """NULL within the limit; while over it, the day on which that began.

    A fact may begin it. What has to fit gets NULL, by which the guards below know that it doesn't. Anything else
    leaves it as it is: it eases the pool, though not enough.
    """
    return (
        f"CASE WHEN {fits} THEN NULL WHEN {is_a_fact} THEN COALESCE(over_limit_since, NEW.value_on) "
        f"WHEN {has_to_fit} THEN NULL ELSE over_limit_since END"
    )


EFFECTS: list[Trigger] = [
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
            is_a_fact="NEW.kind = 'compensation'",
            has_to_fit="NEW.kind = 'withdrawal'",
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
            is_a_fact="NEW.kind = 'release'",
            has_to_fit="NEW.kind = 'reserve'",
        )
        + " WHERE id = NEW.pool_id",
    ),
]

BOUNDS: list[Trigger] = [
    Guard(
        f"rule_{POOL}_a_over_limit",
        POOL,
        "UPDATE",
        f"({_EXCEEDS}) AND ((OLD.over_limit_since IS NOT NULL AND NEW.over_limit_since IS NULL) "
        "OR (NEW.over_limit_since IS NOT NULL AND NEW.leverage < OLD.leverage))",
        "pool_over_limit",
    ),
    Guard(
        f"rule_{POOL}_b_exhausted",
        POOL,
        "UPDATE",
        f"OLD.over_limit_since IS NULL AND NEW.over_limit_since IS NULL AND {_EXCEEDS}",
        "pool_exhausted",
    ),
    Guard(
        f"rule_{POOL}_c_over_limit_is_dated",
        POOL,
        "UPDATE",
        f"NEW.over_limit_since IS NOT NULL AND (NOT ({_EXCEEDS}) OR NEW.over_limit_since <> OLD.over_limit_since)",
        "pool_over_limit_is_misdated",
    ),
    Guard(
        f"rule_{POOL}_d_counters",
        POOL,
        "UPDATE",
        # One walk through the index for both sums: with 50,000 loans in a pool it takes a few hundredths of a second.
        "EXISTS (SELECT 1 FROM (SELECT COALESCE(SUM(reserved_delta_fen), 0) AS reserved, "
        f"COALESCE(SUM(committed_delta_fen), 0) AS committed FROM {MOVE} WHERE pool_id = NEW.id) s "
        "WHERE s.reserved <> NEW.reserved_fen OR s.committed <> NEW.committed_fen) "
        f"OR NEW.fund_balance_fen <> (SELECT COALESCE(SUM(amount_fen), 0) FROM {FUND} WHERE pool_id = NEW.id)",
        "pool_counter_differs_from_its_rows",
    ),
    Guard(
        f"rule_{POOL}_e_weight",
        POOL,
        "UPDATE",
        f"NEW.exposure_weight_ppm <> OLD.exposure_weight_ppm AND EXISTS (SELECT 1 FROM {MOVE} WHERE pool_id = NEW.id)",
        "exposure_weight_is_in_use",
    ),
    Guard(
        f"rule_{POOL}_starts_empty",
        POOL,
        "INSERT",
        "NEW.reserved_fen <> 0 OR NEW.committed_fen <> 0 OR NEW.fund_balance_fen <> 0 "
        "OR NEW.over_limit_since IS NOT NULL",
        "pool_starts_empty",
    ),
]

_RESERVED = f"(SELECT COALESCE(SUM(reserved_delta_fen), 0) FROM {MOVE} WHERE guarantee_id = NEW.guarantee_id)"
_COMMITTED = f"(SELECT COALESCE(SUM(committed_delta_fen), 0) FROM {MOVE} WHERE guarantee_id = NEW.guarantee_id)"
_POSTED = (
    f"(SELECT COALESCE(SUM(committed_delta_fen), 0) FROM {MOVE} "
    "WHERE guarantee_id = NEW.guarantee_id AND kind = 'post')"
)
_CALLED = f"EXISTS (SELECT 1 FROM {MOVE} WHERE guarantee_id = NEW.guarantee_id AND kind = 'call')"

PHASES: list[Trigger] = [
    Guard(
        f"rule_{MOVE}_a_own_pool",
        MOVE,
        "INSERT",
        f"NOT EXISTS (SELECT 1 FROM {GUARANTEE} g WHERE g.id = NEW.guarantee_id AND g.pool_id = NEW.pool_id)",
        "guarantee_of_another_pool",
    ),
    Guard(
        f"rule_{MOVE}_b_whole_promise",
        MOVE,
        "INSERT",
        "NEW.kind = 'reserve' AND NEW.reserved_delta_fen <> ("
        "SELECT (g.amount_fen * p.exposure_weight_ppm + 999999) / 1000000 "
        f"FROM {GUARANTEE} g JOIN {POOL} p ON p.id = g.pool_id WHERE g.id = NEW.guarantee_id)",
        "reservation_differs_from_the_guarantee",
    ),
    Guard(
        f"rule_{MOVE}_c_phases",
        MOVE,
        "INSERT",
        f"(NEW.kind IN ('post', 'void', 'expire') AND NEW.reserved_delta_fen <> -{_RESERVED}) "
        f"OR (NEW.kind = 'release' AND (NEW.committed_delta_fen + {_COMMITTED} < 0 "
        f"OR NEW.committed_delta_fen + {_COMMITTED} > {_POSTED} OR {_CALLED})) "
        f"OR (NEW.kind = 'call' AND NEW.committed_delta_fen + {_COMMITTED} <> 0)",
        "guarantee_phase_out_of_order",
    ),
]

TRIGGERS: list[Trigger] = [*EFFECTS, *BOUNDS, *PHASES]
