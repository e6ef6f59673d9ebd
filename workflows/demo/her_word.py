"""What the women say beside their applications: appeals, whether the money came, how it was, complaints."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.working_days import Calendar
from workflows import after_payout, answering, matters
from workflows.demo.diary import Story, at_hour, working_day
from workflows.demo.office import Office
from workflows.demo.stories import again
from workflows.models import Application, Matter
from workflows.models.after_payout import Arrival
from workflows.models.application import ApplicationQuerySet
from workflows.states import State

# Every fifth woman doesn't answer; what the others think of it, in turn.
_SILENT, _STARS = 5, (5, 4, 5, 5, 3, 5, 4, 5)


@dataclass(frozen=True)
class HerWord:
    """The stories of one half-year."""

    office: Office
    calendar: Calendar
    starts_on: date
    ends_on: date

    def stories(self) -> Iterator[Story]:
        yield self._appeals(days_before=100, is_answered=True)
        yield self._appeals(days_before=3, is_answered=False)
        yield self._after_the_money()
        yield self._not_arrived()
        yield self._not_hers()
        yield self._complains(days_before=60, is_answered=True)
        yield self._complains(days_before=2, is_answered=False)

    def _appeals(self, *, days_before: int, is_answered: bool) -> Story:
        """Whoever was turned down last says why that is wrong; where time is left, a leader answers."""
        at = at_hour(self.ends_on - timedelta(days=days_before), 20, 15)
        yield at
        case = Application.objects.filter(state=State.DECLINED, log__move="decline").order_by("ended_on").last()
        if case is None or not matters.may_appeal(again(case), on=at.date()):
            return
        words = "盖的是做活的工棚，不是住的房子，村里能证明。请再看一看。"
        appeal = matters.appeal(again(case), words=words, by=again(case).applicant.user, at=at)
        if is_answered:
            at = at_hour(working_day(self.calendar, at.date(), 6), 16, 30)
            yield at
            answer = "请村里拍了照片，砌的是住房，工棚还没有动工。开工后再来申请，走访记录给您留着。"
            answering.refuse(appeal, answer=answer, by=self.office.people["leader"], at=at)

    def _after_the_money(self) -> Story:
        """On the evening after the money most say that it came, and how it was."""
        asked = 0
        for days in range(1, (self.ends_on - self.starts_on).days):
            day = self.starts_on + timedelta(days=days)
            at = at_hour(day, 20, 30)
            yield at
            for case in _paid().filter(loan__disbursed_on=day - timedelta(days=1)).order_by("pk"):
                asked += 1
                if asked % _SILENT:
                    her = case.applicant.user
                    after_payout.say_arrived(case, outcome=Arrival.MINE, words="", by=her, at=at)
                    after_payout.rate(case, stars=_STARS[asked % len(_STARS)], words="", by=her, at=at)

    def _not_arrived(self) -> Story:
        """She looked too early; the bank finds the money the next morning."""
        at = at_hour(self.ends_on - timedelta(days=45), 21)
        yield at
        case = _silent()
        if case is None:
            return
        words = "卡里没查到，短信也没来。"
        after_payout.say_arrived(case, outcome=Arrival.NOT_ARRIVED, words=words, by=case.applicant.user, at=at)
        at = at_hour(working_day(self.calendar, at.date(), 1), 9, 40)
        yield at
        answer = "查过了，钱前天下午进的是您另一张卡，尾号和合同上一样。打电话和您对过了。"
        doubt = Matter.objects.get(application=case, kind="doubt")
        answering.reply(doubt, answer=answer, by=self.office.people["bank"], at=at)

    def _not_hers(self) -> Story:
        """Yesterday evening: somebody else has her card."""
        at = at_hour(self.ends_on - timedelta(days=1), 20, 40)
        yield at
        case = _silent()
        if case is not None:
            words = "卡在小叔子手里，他说先借用几天。"
            after_payout.say_arrived(case, outcome=Arrival.NOT_MINE, words=words, by=case.applicant.user, at=at)

    def _complains(self, *, days_before: int, is_answered: bool) -> Story:
        at = at_hour(self.ends_on - timedelta(days=days_before), 19, 50)
        yield at
        case = _paid().filter(matters__isnull=True).order_by("loan__disbursed_on", "pk").last()
        if case is None:
            return
        words = "镇上让我跑了三趟，每次要的材料都不一样。"
        complaint = matters.complain(case, words=words, by=case.applicant.user, at=at)
        if is_answered:
            at = at_hour(working_day(self.calendar, at.date(), 3), 15)
            yield at
            answer = "问过了，两次是没一次说全。已经要求镇上照清单一次说清，对不住您多跑的路。"
            answering.reply(complaint, answer=answer, by=self.office.people["leader"], at=at)


def _paid() -> ApplicationQuerySet:
    return Application.objects.with_places().filter(state=State.DISBURSED)


def _silent() -> Application | None:
    """The last who was paid, said nothing about it, and complained of nothing."""
    quiet = _paid().filter(payout_replies__isnull=True, matters__isnull=True)
    found: Application | None = quiet.order_by("loan__disbursed_on", "pk").last()
    return found
