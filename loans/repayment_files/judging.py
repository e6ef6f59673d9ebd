"""What each row of a file would become, told without writing anything; many rows cost the same few queries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.templatetags.page import zh_date_year
from loans.loan_events import Event, EventKind
from loans.models import Loan, Repayment
from loans.models.loan import LoanState
from loans.models.repayment_file import Outcome
from loans.money import format_yuan
from loans.repayment_files.reading import Line
from loans.servicing import events_of, replayed


@dataclass(frozen=True)
class Judged:
    """One row, what it would become, and why where that is no repayment."""

    line: Line
    outcome: Outcome
    reason: str = ""
    loan: Loan | None = None
    original: Repayment | None = None
    """The repayment that the row takes back."""

    @property
    def is_good(self) -> bool:
        return self.outcome == Outcome.MATCHED


def judge(lines: Sequence[Line], *, bank: Organisation, today: date) -> list[Judged]:
    """Row by row, each as if the good ones before it were booked."""
    numbers = {line.bank_loan_no for line in lines}
    loans = Loan.objects.paid_out().filter(bank=bank, bank_loan_no__in=numbers).select_related("policy")
    serials = {line.bank_serial for line in lines}
    recorded = Repayment.objects.filter(bank_serial__in=serials)
    known = {
        serial: _Known(number, amount_fen)
        for serial, number, amount_fen in recorded.values_list("bank_serial", "loan__bank_loan_no", "amount_fen")
    }
    ways = {loan.bank_loan_no: _Way(loan) for loan in loans.prefetch_related("instalments", "repayments")}
    return list(_judged(lines, ways, known, today))


class _Known(NamedTuple):
    """What stands under a serial."""

    bank_loan_no: str | None
    amount_fen: int


class _Way:
    """A loan with its events so far, of the books and of the file."""

    def __init__(self, loan: Loan) -> None:
        self.loan = loan
        self.events = events_of(loan)
        self.by_serial = {one.bank_serial: one for one in loan.repayments.all()}
        self.taken_back = {one.reverses_id for one in loan.repayments.all()}
        self.is_repaying = loan.state == LoanState.ACTIVE


def _judged(
    lines: Iterable[Line], ways: dict[str | None, _Way], known: dict[str, _Known], today: date
) -> Iterator[Judged]:
    for line in lines:
        if line.problem:
            yield Judged(line, Outcome.UNREADABLE, line.problem)
        elif line.bank_serial in known:
            yield _repeated(line, known[line.bank_serial])
        elif (way := ways.get(line.bank_loan_no)) is None:
            yield Judged(line, Outcome.NOT_FOUND, _("本行没有这个借据号的贷款"))
        else:
            judged = _reversal(line, way, today) if line.reverses_serial else _repayment(line, way, today)
            if judged.is_good:
                known[line.bank_serial] = _Known(line.bank_loan_no, line.amount_fen)
            yield judged


def _repeated(line: Line, known: _Known) -> Judged:
    if line.bank_loan_no != known.bank_loan_no:
        return Judged(line, Outcome.NOT_FOUND, _("这个流水号登记在另一笔贷款上，核对借据号"))
    if line.amount_fen != known.amount_fen:
        amount = {"amount": format_yuan(known.amount_fen)}
        return Judged(line, Outcome.AMOUNT, _("这个流水号登记过，金额是 %(amount)s 元") % amount)
    return Judged(line, Outcome.REPEATED, _("这个流水号登记过了，没有重复入账"))


def _repayment(line: Line, way: _Way, today: date) -> Judged:
    loan = way.loan
    assert loan.disbursed_on is not None
    if not loan.disbursed_on <= line.value_on <= today:
        return Judged(line, Outcome.DATE, _out_of_range(loan.disbursed_on, today))
    if not way.is_repaying:
        state = {"state": loan.get_state_display()}
        return Judged(line, Outcome.NOT_REPAYING, _("这笔贷款%(state)s，不收还款") % state)
    if line.amount_fen <= 0:
        return Judged(line, Outcome.AMOUNT, _("还款金额要大于 0"))
    event = Event(EventKind.REPAYMENT, line.value_on, 0, line.amount_fen, line.bank_serial)
    after = replayed(loan, [*way.events, event], on=today)
    excess_fen = sum(one.excess_fen for one in after.allocations)
    if excess_fen:
        owed = replayed(loan, way.events, on=line.value_on)
        balance, payoff = format_yuan(owed.principal_outstanding_fen), format_yuan(owed.payoff_fen)
        figures = {"excess": format_yuan(excess_fen), "balance": balance, "payoff": payoff}
        words = _("多了 %(excess)s 元：那天余额 %(balance)s 元，还清要 %(payoff)s 元") % figures
        return Judged(line, Outcome.AMOUNT, words)
    way.events.append(event)
    return Judged(line, Outcome.MATCHED, loan=loan)


def _reversal(line: Line, way: _Way, today: date) -> Judged:
    original = way.by_serial.get(line.reverses_serial)
    if original is None:
        return Judged(line, Outcome.NOT_FOUND, _("这笔贷款没有登记过这个原流水号"))
    if original.pk in way.taken_back or original.reverses_id is not None:
        return Judged(line, Outcome.REPEATED, _("这笔已经冲正过了"))
    if line.amount_fen != original.amount_fen:
        amount = {"amount": format_yuan(original.amount_fen)}
        return Judged(line, Outcome.AMOUNT, _("和原来那笔不一样，原来是 %(amount)s 元") % amount)
    if not original.value_on <= line.value_on <= today:
        return Judged(line, Outcome.DATE, _out_of_range(original.value_on, today))
    if way.loan.state not in {LoanState.ACTIVE, LoanState.SETTLED}:
        state = {"state": way.loan.get_state_display()}
        return Judged(line, Outcome.NOT_REPAYING, _("这笔贷款%(state)s，不能冲正") % state)
    way.taken_back.add(original.pk)
    way.is_repaying = True
    way.events.append(
        Event(EventKind.REVERSAL, line.value_on, 0, line.amount_fen, line.bank_serial, line.reverses_serial)
    )
    return Judged(line, Outcome.MATCHED, loan=way.loan, original=original)


def _out_of_range(first: date, today: date) -> str:
    return _("日期要在 %(first)s到今天（%(today)s）之间") % {
        "first": zh_date_year(first),
        "today": zh_date_year(today),
    }
