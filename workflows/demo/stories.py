"""How a case goes: the straight way to the money, detours on it, and the ways in which it ends early.

A story yields the moment at which it goes on; what stands between two yields is one act.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from accounts.working_days import Calendar
from loans.models import Instalment, Loan
from loans.servicing import record_repayment
from workflows.demo import acts
from workflows.demo.acts import Request
from workflows.demo.diary import Story, at_hour, working_day
from workflows.demo.office import Office
from workflows.models import Application
from workflows.states import State

Act = Callable[[Application, Office, datetime], Application]
Detour = Callable[["Journey", Application], Generator[datetime, None, Application]]


@dataclass(frozen=True)
class Step:
    """The act that takes a case on from a state: how many working days after the last one, and when."""

    days: int
    hour: int
    minute: int
    act: Act


def _sign_and_instruct(case: Application, office: Office, at: datetime) -> Application:
    signed = acts.sign(case, office, at=at)
    acts.instruct(signed, office, at=at + timedelta(hours=3))
    return signed


NEXT_STEP: Mapping[str, Step] = {
    State.SUBMITTED: Step(1, 9, 20, lambda case, office, at: acts.accept(case, office, at=at)),
    State.SURVEY: Step(2, 11, 30, lambda case, office, at: acts.visit(case, office, at=at)),
    State.ELIGIBILITY: Step(1, 15, 10, lambda case, office, at: acts.recommend(case, office, at=at)),
    State.GUARANTEE: Step(1, 16, 5, lambda case, office, at: acts.give_guarantee(case, office, at=at)),
    State.DISBURSEMENT: Step(1, 16, 20, lambda case, office, at: acts.approve(case, office, at=at)),
    State.SIGNING: Step(1, 10, 40, _sign_and_instruct),
    State.PAYOUT: Step(1, 10, 0, lambda case, office, at: acts.disburse(case, office, at=at)),
}


@dataclass
class Journey:
    """One case on its way: where it is to stop, what holds it up, and what happens beside the way."""

    office: Office
    calendar: Calendar
    request: Request
    start_on: date
    until: str
    delays: Mapping[str, int] = field(default_factory=dict)
    detours: Mapping[str, Detour] = field(default_factory=dict)
    ending: Act | None = None
    is_helped: bool = False
    handed_in_at: time = time(19, 42)
    day: int = 0

    def tell(self) -> Story:
        """From her evening at home to wherever the case is to stop."""
        case = yield from self._hand_in()
        taken: set[str] = set()
        while case.state != self.until:
            detour = self.detours.get(case.state)
            if detour and case.state not in taken:
                taken.add(case.state)
                case = yield from detour(self, case)
                continue
            step = NEXT_STEP[case.state]
            at = self.after(step.days + self.delays.get(case.state, 0), step.hour, step.minute)
            yield at
            case = step.act(again(case), self.office, at)
        if self.ending:
            at = self.after(1, 14, 30)
            yield at
            self.ending(again(case), self.office, at)
        elif self.until == State.DISBURSED:
            yield from repay(again(case), self.office)

    def after(self, days: int, hour: int, minute: int) -> datetime:
        """A moment so many working days further on."""
        self.day += days
        return at_hour(working_day(self.calendar, self.start_on, self.day), hour, minute)

    def _hand_in(self) -> Generator[datetime, None, Application]:
        at = at_hour(self.start_on, self.handed_in_at.hour, self.handed_in_at.minute)
        yield at
        if not self.is_helped:
            return acts.apply(self.request, self.office, at=at)
        case = acts.ask_her_consent(self.request, self.office, at=at)
        yield at + timedelta(minutes=25)
        return acts.confirm(again(case), at=at + timedelta(minutes=25))


def again(case: Application) -> Application:
    """The case as it stands now, with everything read anew."""
    return Application.objects.with_places().select_related("loan").get(pk=case.pk)


def repay(case: Application, office: Office) -> Story:
    """She pays each instalment on the day it is due, as the bank's system reports it."""
    assert case.loan is not None
    for instalment in Instalment.objects.filter(loan=case.loan).order_by("number"):
        at = at_hour(instalment.due_on, 17, 30)
        yield at
        record_repayment(
            Loan.objects.get(pk=case.loan.pk),
            amount_fen=instalment.due_from_her_fen,
            value_on=instalment.due_on,
            bank_serial=f"HK{at:%Y%m%d}{case.number[-4:]}",
            by=office.people["bank-core"],
            at=at,
        )
