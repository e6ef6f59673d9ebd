"""贫困母亲互助金: gifts come in, help without interest goes out by two people, and comes back in parts.

A fund of its own: no pool, bank or subsidy, and nothing is ever added to what a mother repays. Each help that is paid
out becomes a line of the register of mothers helped (applicants.models.HelpedMother).
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Region, User
from accounts.models.user import UserKind
from accounts.permissions import may
from applicants.identity import mask_name
from applicants.models import HelpedMother
from loans.due_dates import add_months
from loans.models import MutualHelp, MutualHelpFund, MutualHelpMove
from loans.models.mutual_help import MutualHelpMoveKind
from loans.money import format_yuan
from loans.mutual_help_refusals import MutualHelpExhausted, MutualHelpRepaidTooMuch
from loans.refusals import VoucherUsed, named
from records import decisions
from records.models.decision import Outcome
from records.refusals import FieldError, Invalid, NotPermitted, Refusal

LONGEST_MONTHS = 36


class Part(NamedTuple):
    """One instalment of a plan without interest."""

    due_on: date
    amount_fen: int


def donate(
    fund: MutualHelpFund,
    *,
    amount_fen: int,
    donor: str = "",
    purpose: str = "",
    value_on: date,
    voucher_no: str,
    by: User,
    at: datetime,
) -> MutualHelpMove:
    """Write down a gift; without a donor it is anonymous. Raises NotPermitted, VoucherUsed, Invalid."""
    _may_keep(fund, by)
    _is_some_money(amount_fen)
    _has_happened(value_on, today=timezone.localdate(at))
    row = MutualHelpMove(
        fund=fund,
        kind=MutualHelpMoveKind.DONATION,
        amount_fen=amount_fen,
        donor=donor.strip(),
        purpose=purpose.strip(),
        value_on=value_on,
        voucher_no=voucher_no,
        posted_by=by,
        posted_at=at,
    )
    return _booked(row, {})


def propose_help(
    fund: MutualHelpFund,
    *,
    village: Region,
    name: str,
    need: str,
    purpose: str,
    amount_fen: int,
    first_due_on: date,
    instalments: int,
    voucher_no: str,
    by: User,
    at: datetime,
) -> MutualHelp:
    """Ask that a mother be helped. Raises NotPermitted, MutualHelpExhausted, VoucherUsed, Invalid."""
    _may_keep(fund, by)
    _is_some_money(amount_fen)
    _is_plannable(amount_fen, first_due_on, instalments, today=timezone.localdate(at))
    short_fen = amount_fen - MutualHelpFund.objects.get(pk=fund.pk).balance_fen
    if short_fen > 0:
        raise MutualHelpExhausted(short_fen)
    if fund.moves.filter(voucher_no=voucher_no).exists():
        raise VoucherUsed
    summary = _("互助金帮扶 %(name)s %(yuan)s 元") % {"name": mask_name(name), "yuan": format_yuan(amount_fen)}
    with transaction.atomic():
        return MutualHelp.objects.create(
            fund=fund,
            village=village,
            name=name,
            need=need,
            purpose=purpose,
            amount_fen=amount_fen,
            first_due_on=first_due_on,
            instalments=instalments,
            voucher_no=voucher_no,
            decision=decisions.propose("mutual_help", summary=summary, by=by, at=at),
        )


def decide_help(
    helped: MutualHelp, *, outcome: Outcome, by: User, at: datetime, reason: str = ""
) -> MutualHelpMove | None:
    """Settle a proposal; approved, the money goes out at once. The movement, or None.

    Raises NotPermitted, SamePerson, MoveNotOpen, MutualHelpExhausted, VoucherUsed.
    """
    _may_keep(helped.fund, by)
    with transaction.atomic():
        decision = decisions.decide(helped.decision, outcome=outcome, by=by, at=at, reason=reason)
        if decision.outcome != Outcome.APPROVED:
            return None
        paid_on = timezone.localdate(at)
        mother = HelpedMother.objects.create(
            village=helped.village,
            name_masked=mask_name(helped.name),
            helped_on=paid_on,
            amount_fen=helped.amount_fen,
            purpose=helped.purpose,
        )
        row = MutualHelpMove(
            fund=helped.fund,
            kind=MutualHelpMoveKind.HELP,
            amount_fen=-helped.amount_fen,
            help=helped,
            mother=mother,
            value_on=paid_on,
            voucher_no=helped.voucher_no,
            posted_by=by,
            posted_at=at,
        )
        return _booked(row, {"mutual_help_exhausted": partial(_exhausted, helped)})


def repay(
    helped: MutualHelp, *, amount_fen: int, value_on: date, voucher_no: str, by: User, at: datetime
) -> MutualHelpMove:
    """Write down what she gave back. Raises NotPermitted, VoucherUsed, MutualHelpRepaidTooMuch, Invalid."""
    _may_keep(helped.fund, by)
    _is_some_money(amount_fen)
    _has_happened(value_on, today=timezone.localdate(at))
    left_fen = left_fen_of(helped)
    if amount_fen > left_fen:
        raise MutualHelpRepaidTooMuch(amount_fen - left_fen)
    row = MutualHelpMove(
        fund=helped.fund,
        kind=MutualHelpMoveKind.REPAYMENT,
        amount_fen=amount_fen,
        help=helped,
        value_on=value_on,
        voucher_no=voucher_no,
        posted_by=by,
        posted_at=at,
    )
    return _booked(row, {"mutual_help_repaid_too_much": partial(MutualHelpRepaidTooMuch, amount_fen)})


def plan_of(helped: MutualHelp) -> list[Part]:
    """Equal parts, a month apart; the last takes the rest."""
    part_fen = helped.amount_fen // helped.instalments
    parts = [Part(add_months(helped.first_due_on, number), part_fen) for number in range(helped.instalments)]
    rest_fen = helped.amount_fen - part_fen * helped.instalments
    return [*parts[:-1], Part(parts[-1].due_on, part_fen + rest_fen)]


def left_fen_of(helped: MutualHelp) -> int:
    """What she has had and not given back, in fen; nil before it was paid out."""
    moved_fen: int = helped.moves.aggregate(total=Sum("amount_fen", default=0))["total"]
    return -moved_fen


def _booked(row: MutualHelpMove, refusals: Mapping[str, Callable[[], Refusal]]) -> MutualHelpMove:
    # PostgreSQL names the constraint, SQLite its column.
    of_vouchers = {"a_mutual_help_voucher_is_booked_once": VoucherUsed, "loans_mutualhelpmove.voucher_no": VoucherUsed}
    with named({**refusals, **of_vouchers}):
        row.save(force_insert=True)
    return row


def _exhausted(helped: MutualHelp) -> Refusal:
    return MutualHelpExhausted(helped.amount_fen - MutualHelpFund.objects.get(pk=helped.fund_id).balance_fen)


def _may_keep(fund: MutualHelpFund, by: User) -> None:
    if by.kind != UserKind.STAFF or not may(by, "keep_mutual_help", fund.keeper):
        raise NotPermitted


def _is_some_money(amount_fen: int) -> None:
    if amount_fen <= 0:
        raise Invalid(FieldError("amount", "amount_not_positive", _("金额要大于 0")))


def _is_plannable(amount_fen: int, first_due_on: date, instalments: int, *, today: date) -> None:
    if not 1 <= instalments <= LONGEST_MONTHS:
        raise Invalid(FieldError("instalments", "instalments_out_of_range", _("分 1 到 36 个月还")))
    if first_due_on <= today:
        raise Invalid(FieldError("first_due_on", "date_out_of_range", _("第一次还款要在今天以后")))
    if amount_fen < instalments:
        raise Invalid(FieldError("amount", "amount_too_small", _("金额太小，分不了这么多次")))


def _has_happened(value_on: date, *, today: date) -> None:
    if value_on > today:
        raise Invalid(FieldError("value_on", "date_out_of_range", _("日期不能晚于今天，钱到了再登记")))
