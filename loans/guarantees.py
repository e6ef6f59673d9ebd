"""The pool's promises: reserve, then post or void or expire; once posted, release as she repays, or call.

This code writes rows and never a counter: triggers move the pool's counters and hold its bound (loans/triggers/pool).
Who may do it is asked by the move that calls. Amounts of moves are exposure: principal × the pool's exposure weight.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts.models import User
from applicants.models import Applicant
from loans import ledger
from loans.models import CounterGuarantee, Guarantee, GuaranteeMove, GuaranteePool
from loans.models.guarantee import CounterGuaranteeKind, GuaranteeMoveKind
from loans.models.ledger import Reason
from loans.refusals import GuaranteeResolved, LetterNumberUsed, PayoutIsOut, PoolExhausted, PoolOverLimit, named
from records.models import Decision
from records.refusals import Refusal


@dataclass(frozen=True)
class CounterGuaranteeGiven:
    """One thing or person that secures the guarantor, as the officer wrote it down."""

    kind: CounterGuaranteeKind
    description: str


def reserve(
    pool: GuaranteePool,
    *,
    applicant: Applicant,
    case_number: str,
    amount_fen: int,
    letter_no: str,
    counter_guarantees: Sequence[CounterGuaranteeGiven],
    decision: Decision | None = None,
    by: User,
    at: datetime,
) -> Guarantee:
    """Promise the pool's money until the loan is paid out or falls through.

    Raises PoolExhausted, PoolOverLimit, LetterNumberUsed.
    """
    exposure_fen = pool.exposure_fen(amount_fen)
    with named({"letter_no": LetterNumberUsed, **bounds(pool, more_fen=exposure_fen)}):
        guarantee = Guarantee.objects.create(
            pool=pool,
            applicant=applicant,
            case_number=case_number,
            letter_no=letter_no,
            amount_fen=amount_fen,
            decision=decision,
            made_by=by,
            made_at=at,
        )
        CounterGuarantee.objects.bulk_create(
            CounterGuarantee(guarantee=guarantee, kind=given.kind, description=given.description)
            for given in counter_guarantees
        )
        # Last: from here on this transaction holds the pool's row.
        _move(
            guarantee,
            GuaranteeMoveKind.RESERVE,
            reserved_fen=exposure_fen,
            value_on=timezone.localdate(at),
            by=by,
            at=at,
        )
    return guarantee


def post(guarantee: Guarantee, *, paid_fen: int, value_on: date, by: User, at: datetime) -> GuaranteeMove:
    """The loan was paid out: so much is in force, the rest of the promise is void. Raises GuaranteeResolved."""
    assert 0 < paid_fen <= guarantee.amount_fen, (paid_fen, guarantee.amount_fen)
    exposure_fen = guarantee.pool.exposure_fen(paid_fen)
    move = _resolve(guarantee, GuaranteeMoveKind.POST, committed_fen=exposure_fen, value_on=value_on, by=by, at=at)
    _book(move, Reason.GUARANTEE, amount_fen=exposure_fen)
    return move


def void(guarantee: Guarantee, *, by: User, at: datetime) -> GuaranteeMove:
    """The loan fell through: the promise is taken back. Raises GuaranteeResolved, PayoutIsOut."""
    return _resolve(guarantee, GuaranteeMoveKind.VOID, committed_fen=0, value_on=timezone.localdate(at), by=by, at=at)


def expire(guarantee: Guarantee, *, by: User, at: datetime) -> GuaranteeMove:
    """Time ran out before the payout: the promise ends. Raises GuaranteeResolved, PayoutIsOut."""
    return _resolve(guarantee, GuaranteeMoveKind.EXPIRE, committed_fen=0, value_on=timezone.localdate(at), by=by, at=at)


def release(
    guarantee: Guarantee, *, outstanding_fen: int, value_on: date, by: User, at: datetime
) -> GuaranteeMove | None:
    """Bring the exposure to what belongs to the principal still out; None where it is that already.

    It follows the outstanding principal, not single repayments: an earlier one that arrives late, or is reversed,
    changes what the others were counted towards. Upwards it may leave the pool over its limit, as a fact.
    Raises GuaranteeResolved where it was called, or never posted.
    """
    change_fen = guarantee.pool.exposure_fen(outstanding_fen) - guarantee.committed_fen
    if not change_fen:
        return None
    with named({"guarantee_phase_out_of_order": GuaranteeResolved}):
        move = _move(guarantee, GuaranteeMoveKind.RELEASE, committed_fen=change_fen, value_on=value_on, by=by, at=at)
    _book(move, Reason.GUARANTEE if change_fen > 0 else Reason.GUARANTEE_RELEASE, amount_fen=abs(change_fen))
    return move


def call(guarantee: Guarantee, *, value_on: date, by: User, at: datetime) -> GuaranteeMove:
    """The guarantor pays for her: all of the exposure that is left ends. Raises GuaranteeResolved."""
    left_fen = guarantee.committed_fen
    if not left_fen:
        raise GuaranteeResolved
    with named({"a_guarantee_is_called_once": GuaranteeResolved, "guarantee_phase_out_of_order": GuaranteeResolved}):
        move = _move(guarantee, GuaranteeMoveKind.CALL, committed_fen=-left_fen, value_on=value_on, by=by, at=at)
    _book(move, Reason.GUARANTEE_RELEASE, amount_fen=left_fen)
    return move


def bounds(pool: GuaranteePool, *, more_fen: int) -> dict[str, Callable[[], Refusal]]:
    """How the pool's two refusals are said, for something that asks for so much more capacity, in fen."""
    return {
        "pool_exhausted": lambda: PoolExhausted(max(0, more_fen - _headroom_fen(pool))),
        "pool_over_limit": lambda: PoolOverLimit(max(0, -_headroom_fen(pool))),
    }


def _headroom_fen(pool: GuaranteePool) -> int:
    return GuaranteePool.objects.get(pk=pool.pk).headroom_fen


def _resolve(
    guarantee: Guarantee, kind: GuaranteeMoveKind, *, committed_fen: int, value_on: date, by: User, at: datetime
) -> GuaranteeMove:
    """End the reservation, once."""
    reserved_fen = guarantee.reserved_fen
    if not reserved_fen:
        raise GuaranteeResolved
    refusals: dict[str, Callable[[], Refusal]] = {
        "payout_is_out": PayoutIsOut,
        # Somebody was quicker: PostgreSQL names the index, SQLite the trigger that looks first.
        "a_guarantee_is_resolved_once": GuaranteeResolved,
        "guarantee_phase_out_of_order": GuaranteeResolved,
    }
    with named(refusals):
        return _move(
            guarantee,
            kind,
            reserved_fen=-reserved_fen,
            committed_fen=committed_fen,
            value_on=value_on,
            by=by,
            at=at,
        )


def _move(
    guarantee: Guarantee,
    kind: GuaranteeMoveKind,
    *,
    reserved_fen: int = 0,
    committed_fen: int = 0,
    value_on: date,
    by: User,
    at: datetime,
) -> GuaranteeMove:
    return GuaranteeMove.objects.create(
        guarantee=guarantee,
        pool_id=guarantee.pool_id,
        kind=kind,
        reserved_delta_fen=reserved_fen,
        committed_delta_fen=committed_fen,
        value_on=value_on,
        posted_by=by,
        posted_at=at,
    )


def _book(move: GuaranteeMove, reason: Reason, *, amount_fen: int) -> None:
    ledger.post_entry(
        reason,
        amount_fen=amount_fen,
        value_on=move.value_on,
        source=f"guarantee_move:{move.pk}",
        pool=move.pool,
        by=move.posted_by,
        at=move.posted_at,
    )
