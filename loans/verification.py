"""What must be true of the money, read again from the rows: one plain line for each thing that isn't.

Triggers and constraints keep all of this from happening; this finds what got past them, such as a restored backup or
a database that ran without its triggers.
"""

from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from loans import ledger, loan_verification, mutual_help_verification
from loans.claims import verification as claims
from loans.models import FundMove, Guarantee, GuaranteePool, LedgerEntry, LeverageChange, PayoutInstruction, Policy
from loans.models.ledger import Account
from records.models.decision import Outcome


def findings() -> Iterator[str]:
    """Every broken invariant of pools, guarantees, loans and ledger."""
    for pool in GuaranteePool.objects.all():
        yield from _of_counters(pool)
        yield from _of_the_limit(pool)
        yield from _of_the_pools_ledger(pool)
    yield from _of_guarantees()
    yield from _of_entries()
    yield from _of_two_people()
    yield from loan_verification.findings()
    yield from claims.findings()
    yield from mutual_help_verification.findings()


def _of_counters(pool: GuaranteePool) -> Iterator[str]:
    moved = pool.guarantee_moves.aggregate(
        reserved=Coalesce(Sum("reserved_delta_fen"), 0), committed=Coalesce(Sum("committed_delta_fen"), 0)
    )
    paid_fen = pool.fund_moves.aggregate(total=Coalesce(Sum("amount_fen"), 0))["total"]
    counters = (
        ("reserved", pool.reserved_fen, moved["reserved"]),
        ("committed", pool.committed_fen, moved["committed"]),
        ("fund balance", pool.fund_balance_fen, paid_fen),
    )
    for name, counter_fen, rows_fen in counters:
        if counter_fen != rows_fen:
            yield f"pool {pool.pk}: {name} is {counter_fen} fen, its rows sum to {rows_fen}"


def _of_the_limit(pool: GuaranteePool) -> Iterator[str]:
    if pool.headroom_fen < 0 and pool.over_limit_since is None:
        yield f"pool {pool.pk}: {-pool.headroom_fen} fen over its limit, and nothing says since when"
    if pool.headroom_fen >= 0 and pool.over_limit_since is not None:
        yield f"pool {pool.pk}: over its limit since {pool.over_limit_since} by date, within it by its figures"


def _of_the_pools_ledger(pool: GuaranteePool) -> Iterator[str]:
    balances = ledger.trial_balance(pool.entries.all())
    for account, figure_fen in (
        (Account.POOL_DEPOSIT, pool.fund_balance_fen),
        (Account.GUARANTEE_EXPOSURE, pool.committed_fen),
    ):
        booked_fen = balances.get(account, 0)
        if booked_fen != figure_fen:
            yield f"pool {pool.pk}: {account} is {booked_fen} fen in the ledger and {figure_fen} in the pool"


def _of_guarantees() -> Iterator[str]:
    told = Guarantee.objects.select_related("pool").annotate(
        reservations=Count("moves", filter=Q(moves__kind="reserve")),
        resolutions=Count("moves", filter=Q(moves__kind__in=["post", "void", "expire"])),
        promised=Coalesce(Sum("moves__reserved_delta_fen", filter=Q(moves__kind="reserve")), 0),
        reserved=Coalesce(Sum("moves__reserved_delta_fen"), 0),
        posted=Coalesce(Sum("moves__committed_delta_fen", filter=Q(moves__kind="post")), 0),
        committed=Coalesce(Sum("moves__committed_delta_fen"), 0),
        strays=Count("moves", filter=~Q(moves__pool=F("pool"))),
    )
    for one in told.order_by("pk").iterator(chunk_size=1000):
        if one.reservations != 1:
            yield f"guarantee {one}: reserved {one.reservations} times"
        elif one.promised != one.pool.exposure_fen(one.amount_fen):
            yield f"guarantee {one}: promises {one.amount_fen} fen and reserves {one.promised}"
        if one.resolutions > 1 or one.reserved != (0 if one.resolutions else one.promised):
            yield f"guarantee {one}: resolved {one.resolutions} times, and {one.reserved} fen are reserved"
        if not 0 <= one.committed <= one.posted:
            yield f"guarantee {one}: {one.committed} fen are committed of {one.posted} posted"
        if one.strays:
            yield f"guarantee {one}: {one.strays} of its moves count for another pool"


def _of_entries() -> Iterator[str]:
    in_table = Q()
    for reason, (debit, credit) in ledger.ACCOUNTS.items():
        in_table |= Q(reason=reason, debit=debit, credit=credit)
    for entry in LedgerEntry.objects.filter(reverses__isnull=True).exclude(in_table).order_by("pk"):
        yield f"entry {entry.pk}: {entry.reason} of {entry.debit} to {entry.credit} is not in the table"
    mirror = Q(
        debit=F("reverses__credit"),
        credit=F("reverses__debit"),
        amount_fen=F("reverses__amount_fen"),
        value_on=F("reverses__value_on"),
    )
    for entry in LedgerEntry.objects.filter(reverses__isnull=False).exclude(mirror).order_by("pk"):
        yield f"entry {entry.pk}: is no mirror of entry {entry.reverses_id}, which it reverses"


def _of_two_people() -> Iterator[str]:
    agreed = Q(decision__outcome=Outcome.APPROVED) & ~Q(decision__decided_by=F("decision__proposed_by"))
    for policy in Policy.objects.exclude(agreed):
        yield f"policy {policy}: two people have not agreed on it"
    for move in FundMove.objects.exclude(agreed):
        yield f"fund move {move.voucher_no}: two people have not agreed on it"
    for order in PayoutInstruction.objects.filter(released_at__isnull=False).exclude(agreed).select_related("loan"):
        yield f"loan {order.loan}: its payout was released by one person"
    for guarantee in Guarantee.objects.filter(decision__isnull=False).exclude(agreed):
        yield f"guarantee {guarantee}: two people have not agreed on it"
    for pool in GuaranteePool.objects.all():
        newest = LeverageChange.objects.filter(agreed, pool=pool).order_by("decision__decided_at", "pk").last()
        if newest is not None and newest.leverage != pool.leverage:
            yield f"pool {pool.pk}: leverage is {pool.leverage}, agreed was {newest.leverage}"
