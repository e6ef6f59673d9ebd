"""The subsidy of the quarters that the demo's half-year has seen: paid and refunded, but for the last one."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from accounts.working_days import Calendar
from loans.claims import judging, making, refunds
from loans.claims.making import BankFigure
from loans.claims.quarter import Quarter
from loans.claims.settlement import rhythm_of
from loans.models import Loan, SubsidyClaim
from records.models.decision import Outcome
from workflows.demo.diary import Story, at_hour, working_day
from workflows.demo.office import Office

# The last claim came back once; handed in again so many working days before the end, it lies with the treasury.
HANDED_IN_AGAIN, OPINED_AGAIN = 4, 3
TOO_MUCH_FEN = 3_560


def claim_stories(office: Office, calendar: Calendar, *, starts_on: date, ends_on: date) -> Iterator[Story]:
    quarters = list(rhythm_of(office.pool).through(starts_on, ends_on))
    for quarter in quarters:
        yield _claimed(office, calendar, quarter, ends_on=ends_on, is_last=quarter == quarters[-1])


def _claimed(office: Office, calendar: Calendar, quarter: Quarter, *, ends_on: date, is_last: bool) -> Story:
    def at(days: int, hour: int, minute: int = 0) -> datetime:
        return at_hour(working_day(calendar, quarter.to_on, days), hour, minute)

    people, pool = office.people, office.pool
    yield at(0, 10, 20)
    if not Loan.objects.paid_out().filter(disbursed_on__lt=quarter.to_on).exists():
        return
    claim = making.make_claim(pool, quarter, by=people["bank"], at=at(0, 10, 20))
    if is_last:
        line = claim.lines.select_related("loan").exclude(ours_fen=0).order_by("loan_id")[0]
        figure = BankFigure(line.ours_fen + TOO_MUCH_FEN, "核心系统按 365 天算的，多出来的请核对")
        making.say_bank_figures(claim, {line.loan.number: figure}, by=people["bank"], at=at(0, 10, 20))
    yield at(1, 15, 30)
    making.submit_claim(_again(claim), by=people["bank2"], at=at(1, 15, 30))
    yield at(2, 10)
    _opine(claim, office, at=at(2, 10))
    if is_last:
        yield from _comes_back(claim, office, at, ends_on=ends_on, calendar=calendar)
        return
    yield at(4, 9, 40)
    judging.propose_review(_again(claim), by=people["finance"], at=at(4, 9, 40))
    yield at(4, 16)
    judging.decide_review(_again(claim), outcome=Outcome.APPROVED, by=people["finance2"], at=at(4, 16))
    yield at(5, 11)
    paid_on = at(5, 11).date()
    judging.pay(
        _again(claim),
        paid_on=paid_on,
        voucher_no=f"财贴{quarter.year}-{quarter.number:03d}",
        by=people["finance"],
        at=at(5, 11),
    )
    yield at(6, 14)
    serial = f"TX{at(6, 14):%Y%m%d}"
    refunds.record_refunds(
        _again(claim), refunded_on=at(6, 14).date(), bank_serial=serial, by=people["bank"], at=at(6, 14)
    )


def _comes_back(
    claim: SubsidyClaim, office: Office, at: Callable[..., datetime], *, ends_on: date, calendar: Calendar
) -> Story:
    """The treasury asks about the row that differs; the bank takes its time."""
    back, handed_in = at(5, 16, 30), at_hour(_days_before(calendar, ends_on, HANDED_IN_AGAIN), 15)
    if handed_in <= back:
        return
    yield back
    reason = "有一笔比系统算的多 35.60 元，写明原因再报。"
    judging.send_back(_again(claim), reason=reason, by=office.people["finance"], at=back)
    yield handed_in
    making.submit_claim(_again(claim), by=office.people["bank2"], at=handed_in)
    opined = at_hour(_days_before(calendar, ends_on, OPINED_AGAIN), 10, 10)
    yield opined
    _opine(claim, office, at=opined)


def _opine(claim: SubsidyClaim, office: Office, *, at: datetime) -> None:
    judging.give_opinion(_again(claim), agrees=True, words="都是在保的贷款。", by=office.people["guarantor"], at=at)


def _again(claim: SubsidyClaim) -> SubsidyClaim:
    return SubsidyClaim.objects.get(pk=claim.pk)


def _days_before(calendar: Calendar, day: date, days: int) -> date:
    """So many working days before a day."""
    while days:
        day -= date.resolution
        days -= calendar.is_working(day)
    return day
