"""The instalments of her loan as cards: her part, the treasury's, and how each stands today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.web.countdown import Tag
from loans.models import Instalment, Loan
from loans.models.loan import LoanState
from loans.models.policy import SubsidyPayment
from loans.money import format_yuan
from loans.replay import Position
from loans.rows import by_year
from workflows.wording import money


@dataclass(frozen=True)
class Card:
    """One instalment: what is taken from her, what the treasury bears, and how it stands."""

    due_on: date
    tag: Tag
    is_next: bool
    from_her: str
    her_note: str
    from_treasury: str
    treasury_note: str


@dataclass(frozen=True)
class Year:
    """What her instalments of one calendar year come to."""

    year: str
    from_her: str
    from_treasury: str


def current_plan(loan: Loan) -> list[Instalment]:
    """The newest edition of the plan. Uses what was prefetched."""
    instalments = list(loan.instalments.all())
    newest = max((one.edition for one in instalments), default=1)
    return [one for one in instalments if one.edition == newest]


def years_of(plan: Sequence[Instalment]) -> list[Year]:
    """A subtotal for each calendar year, where the plan runs through more than one."""
    years = [
        Year(
            str(year),
            from_her=format_yuan(sum(one.due_from_her_fen for one in rows)),
            from_treasury=format_yuan(sum(one.subsidy_fen for one in rows)),
        )
        for year, rows in by_year(plan)
    ]
    return years if len(years) > 1 else []


def cards_of(loan: Loan, plan: Sequence[Instalment], position: Position, *, today: date) -> list[Card]:
    is_running = loan.state == LoanState.ACTIVE
    to_come = [one for one in plan if one.due_on >= today] if is_running and not position.days_overdue else []
    is_refunded = loan.policy.subsidy_payment == SubsidyPayment.REFUND
    return [
        _card(
            one,
            is_paid=_is_paid(one, position, today=today),
            is_late=is_running and one.due_on < today and not _is_paid(one, position, today=today),
            is_next=one in to_come[:1],
            is_last=one is plan[-1],
            is_refunded=is_refunded,
        )
        for one in plan
    ]


def _is_paid(instalment: Instalment, position: Position, *, today: date) -> bool:
    """By the oldest due date that isn't paid in full: whatever was due before it is."""
    if position.is_settled:
        return True
    late_since = position.overdue_since
    return instalment.due_on < today and (late_since is None or instalment.due_on < late_since)


def _card(
    instalment: Instalment, *, is_paid: bool, is_late: bool, is_next: bool, is_last: bool, is_refunded: bool
) -> Card:
    return Card(
        due_on=instalment.due_on,
        tag=_tag(is_paid=is_paid, is_late=is_late, is_next=is_next, is_last=is_last),
        is_next=is_next,
        from_her=format_yuan(instalment.due_from_her_fen),
        her_note=_her_note(instalment, is_paid=is_paid),
        from_treasury=format_yuan(instalment.subsidy_fen),
        treasury_note=_treasury_note(instalment, is_paid=is_paid, is_refunded=is_refunded),
    )


def _tag(*, is_paid: bool, is_late: bool, is_next: bool, is_last: bool) -> Tag:
    if is_paid:
        return Tag(_("已付"), "", "tick")
    if is_late:
        return Tag(_("过了日子"), "late", "alert")
    if is_next:
        return Tag(_("下一次"), "", "calendar", is_bold=True)
    return Tag(_("最后一次") if is_last else "")


def _her_note(instalment: Instalment, *, is_paid: bool) -> str:
    if is_paid:
        return _("已经付了")
    if instalment.principal_fen:
        return _("本金 %(amount)s和利息") % {"amount": money(instalment.principal_fen)}
    return _("利息")


def _treasury_note(instalment: Instalment, *, is_paid: bool, is_refunded: bool) -> str:
    if not instalment.subsidy_fen:
        return _("这一次不补")
    if not is_refunded:
        return _("政府直接付给农信")
    return _("财政局审核后退给您") if is_paid else _("按时付了才退")
