"""The bank's part: a quarter's claim made from our figures, its own beside them, and handed in by a second officer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from loans.claims import adjusting, lives
from loans.claims.figures import NOTHING
from loans.claims.late_payouts import figures_through, missed_quarters
from loans.claims.quarter import Quarter
from loans.claims.refusals import (
    ClaimedAlready,
    ClaimedMore,
    ClaimNotComputed,
    ClaimNotWithTheBank,
    ClaimTooEarly,
    ExcludedDays,
    NothingToClaim,
)
from loans.claims.wording import excluded_words
from loans.claims.writing import Computed, write_lines
from loans.models import ClaimLine, ClaimSegment, GuaranteePool, Loan, Policy, SubsidyClaim
from loans.models.claim import WITH_THE_BANK
from loans.refusals import named
from records import engine
from records.numbers import next_in
from records.refusals import FieldError, Invalid, NotPermitted


class BankFigure(NamedTuple):
    """What the bank asks for one loan. `days` where it says for how many."""

    amount_fen: int
    reason: str = ""
    days: int | None = None


def make_claim(pool: GuaranteePool, quarter: Quarter, *, by: User, at: datetime) -> SubsidyClaim:
    """Open the claim of a quarter and compute it to the end.

    Raises NotPermitted, ClaimTooEarly before the interest date is over, ClaimedAlready, NothingToClaim.
    """
    with transaction.atomic():
        claim = open_claim(pool, quarter, by=by, at=at)
        while compute_some(claim, at=at):
            pass
        claim.refresh_from_db()
        if not claim.lines.exists():
            raise NothingToClaim
        return claim


def open_claim(pool: GuaranteePool, quarter: Quarter, *, by: User, at: datetime) -> SubsidyClaim:
    """An empty claim, for `compute_some` to fill. Raises NotPermitted, ClaimTooEarly, ClaimedAlready."""
    if not may(by, "make_claim", pool.bank):
        raise NotPermitted
    if timezone.localdate(at) < quarter.to_on:
        raise ClaimTooEarly(quarter.to_on)
    number = f"T{quarter.year}-{next_in('claim', year=quarter.year):04d}"
    with named({"a_quarter_is_claimed_once": ClaimedAlready, "pool_id, loans_subsidyclaim.from_on": ClaimedAlready}):
        return SubsidyClaim.objects.create(
            number=number, pool=pool, from_on=quarter.from_on, to_on=quarter.to_on, made_by=by, made_at=at
        )


def compute_some(claim: SubsidyClaim, *, at: datetime, size: int = lives.CHUNK) -> bool:
    """Compute the next chunk of the claim's loans and keep how far it came; False when all of it is done.

    Each chunk is whole or not there: whoever is interrupted goes on with the next. Raises ClaimNotWithTheBank.
    """
    with transaction.atomic():
        locked = _with_the_bank(claim)
        if locked.computed_at is not None:
            return False
        loans = Loan.objects.filter(policy__programme=locked.pool.programme_id, bank=locked.pool.bank_id)
        chunk = next(lives.chunks(loans, before=locked.to_on, after_id=locked.computed_through, size=size), [])
        _write(locked, chunk)
        if chunk:
            locked.computed_through = chunk[-1].loan_id
        else:
            adjusting.add_adjusting_lines(locked)
            locked.computed_at = at
        locked.save(update_fields=["computed_through", "computed_at"])
        return bool(chunk)


def compute_again(claim: SubsidyClaim, *, by: User, at: datetime) -> SubsidyClaim:
    """Take what is known by now, such as a repayment that came late; the bank's own figures are kept.

    Raises NotPermitted, ClaimNotWithTheBank.
    """
    with transaction.atomic():
        locked = _for_bank(claim, by=by)
        told = {line.loan_id: line for line in locked.lines.filter(adjusts__isnull=True)}
        ClaimSegment.objects.filter(line__claim=locked).delete()
        locked.lines.filter(adjusts__isnull=False).delete()
        locked.lines.all().delete()
        locked.computed_through, locked.computed_at, locked.made_by = 0, None, by
        locked.save(update_fields=["computed_through", "computed_at", "made_by"])
        while compute_some(locked, at=at):
            pass
        for line in locked.lines.filter(adjusts__isnull=True, loan_id__in=told):
            before = told[line.loan_id]
            if before.difference_fen and before.bank_fen <= line.interest_fen:
                line.bank_fen = before.bank_fen
                line.bank_reason = before.bank_reason or _("和上次报的一样")
                line.save(update_fields=["bank_fen", "bank_reason"])
        locked.refresh_from_db()
        return locked


def say_bank_figures(claim: SubsidyClaim, figures: Mapping[str, BankFigure], *, by: User, at: datetime) -> SubsidyClaim:
    """The bank's own figures by the loan's number; loans that aren't named keep theirs. All of them or none.

    Raises NotPermitted, ClaimNotWithTheBank, ClaimedMore, ExcludedDays, and Invalid for a loan that isn't in it.
    """
    with transaction.atomic():
        locked = _for_bank(claim, by=by)
        lines = {one.loan.number: one for one in _lines_of(locked)}
        for number, figure in figures.items():
            if number not in lines:
                raise Invalid(FieldError("loan", "loan_not_in_claim", _("%(loan)s 不在这一季里") % {"loan": number}))
            _say(lines[number], figure)
        ClaimLine.objects.bulk_update(lines.values(), ["bank_fen", "bank_reason"], batch_size=1_000)
        locked.made_by, locked.made_at = by, at
        locked.save(update_fields=["made_by", "made_at"])
        return locked


def submit_claim(claim: SubsidyClaim, *, by: User, at: datetime, version: int | None = None) -> SubsidyClaim:
    """A second officer hands it in; rows on which both figures are the same need no more words.

    Raises Stale, MoveNotOpen, NotPermitted, SamePerson, ClaimNotComputed.
    """
    with transaction.atomic():
        locked = engine.lock(claim)
        engine.authorise(locked, SubsidyClaim.submit, by=by)
        if locked.computed_at is None:
            raise ClaimNotComputed
        locked.lines.update(agreed_fen=None)
        locked.lines.filter(bank_fen=F("ours_fen")).update(agreed_fen=F("ours_fen"))
        return engine.perform(locked, SubsidyClaim.submit, by=by, at=at, version=version)


def _say(line: ClaimLine, figure: BankFigure) -> None:
    more_fen = figure.amount_fen - line.ours_fen
    if (figure.days or 0) > line.days or (more_fen > 0 and not line.days and line.adjusts_id is None):
        raise ExcludedDays(line.loan.number, excluded_words(line.segments.all()) or _("只有 %s 天") % line.days)
    if more_fen > 0 and not figure.reason.strip():
        raise ClaimedMore(line.loan.number, more_fen)
    line.bank_fen = figure.amount_fen
    line.bank_reason = figure.reason.strip() if more_fen else ""


def _lines_of(claim: SubsidyClaim) -> Sequence[ClaimLine]:
    """Of a loan with two lines, the quarter's own comes last and is the one that is named."""
    rows = claim.lines.select_related("loan").prefetch_related("segments")
    return sorted(rows, key=lambda line: line.adjusts_id is None)


def _for_bank(claim: SubsidyClaim, *, by: User) -> SubsidyClaim:
    locked = _with_the_bank(claim)
    if not may(by, "make_claim", locked.pool.bank):
        raise NotPermitted
    return locked


def _with_the_bank(claim: SubsidyClaim) -> SubsidyClaim:
    locked = engine.lock(claim)
    if locked.state not in WITH_THE_BANK:
        raise ClaimNotWithTheBank
    return locked


def _write(claim: SubsidyClaim, chunk: Sequence[lives.Read]) -> None:
    """The lines of some loans with their segments; loans that owed nothing in the quarter have none."""
    quarter = Quarter(claim.from_on, claim.to_on)
    payments = dict(Policy.objects.values_list("pk", "subsidy_payment"))
    if not chunk:
        return
    missed = missed_quarters(claim, first=chunk[0].loan_id, last=chunk[-1].loan_id)
    found = ((read, figures_through(read.life, [*missed.get(read.loan_id, ()), quarter])) for read in chunk)
    write_lines(
        claim,
        [
            Computed(read.loan_id, payments[read.policy_id], figures)
            for read, figures in found
            if figures is not NOTHING
        ],
    )
