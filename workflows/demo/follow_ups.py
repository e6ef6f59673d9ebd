"""Visits after the money: most on their day, some late, a few still to come, and one that found trouble."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from accounts.models import User
from accounts.working_days import Calendar
from applicants import referrals, reminder_consents
from applicants.models import Course, Mentor, Workshop
from loans.models.loan import LoanState
from workflows import follow_up_drafts, follow_ups
from workflows.demo.diary import Story, at_hour, working_day
from workflows.demo.office import Office
from workflows.demo.stories import again
from workflows.follow_up_due import plan_of
from workflows.follow_ups import Told
from workflows.models import Application, FollowUp
from workflows.models.application import ApplicationQuerySet
from workflows.models.follow_up import Need, Risk
from workflows.states import State

# What was seen: business, money, jobs, of them women, needs, promised, risk and why.
Seen = tuple[str, str, int, int, list[str], str, str, str]
# So many calendar days before (or after) its day somebody goes there, in turn; None leaves it undone.
_GOES: Final = (-4, -7, 3, -2, None, -5, -9)
_TOLD: Final[tuple[Seen, ...]] = (
    ("normal", "as_planned", 2, 2, [], "", "low", ""),
    ("normal", "as_planned", 4, 3, ["sales"], "帮着联系镇上的超市收货", "low", ""),
    ("normal", "partly", 1, 1, ["training"], "下一期电商培训给她留名额", "low", ""),
    ("hard", "as_planned", 3, 2, ["skills"], "请农技站的人来看一次", "middle", "入秋以后客人少，进账不到一半。"),
    ("normal", "as_planned", 5, 4, [], "", "low", ""),
)
_ENROLLED: Final = 8
_TROUBLE: Final = Told(
    visited_on=date.min,
    visitors="",
    going="stopped",
    money_use="not",
    jobs=0,
    jobs_women=0,
    needs=["money"],
    promised="请农信一起商量还款",
    risk="high",
    risk_why="店门关了半个月，钱给弟弟买车用了一部分。",
)


@dataclass(frozen=True)
class FollowUps:
    """The visits of one half-year."""

    office: Office
    calendar: Calendar
    starts_on: date
    ends_on: date

    def stories(self) -> Iterator[Story]:
        yield self._goes_round()
        yield self._finds_trouble()
        yield self._helper_asks()
        yield self._refers()

    def _goes_round(self) -> Story:
        """Every day whoever is due is visited; whom nobody visits stays due."""
        for days in range((self.ends_on - self.starts_on).days):
            day = self.starts_on + timedelta(days=days)
            at = at_hour(day, 15, 20)
            yield at
            if not self.calendar.is_working(day):
                continue
            for case in _running().order_by("pk"):
                if self._is_the_day(case, day):
                    told = self._told(case, _TOLD[case.pk % len(_TOLD)], on=day)
                    follow_ups.record(again(case), told, by=self._officer(case), at=at)

    def _is_the_day(self, case: Application, day: date) -> bool:
        goes = _GOES[case.pk % len(_GOES)]
        assert case.loan is not None
        planned = plan_of(case.loan, case.follow_ups.standing())
        opened = next((one for one in planned if one.done_on is None), None)
        if goes is None or opened is None:
            return False
        return working_day(self.calendar, opened.planned_on + timedelta(days=goes), 0) <= day

    def _finds_trouble(self) -> Story:
        """Six days ago a shop was closed, and part of the money wasn't where it should be."""
        day = working_day(self.calendar, self.ends_on - timedelta(days=6), 0)
        at = at_hour(min(day, self.ends_on), 16, 10)
        yield at
        case = _running().filter(matters__isnull=True).order_by("loan__disbursed_on", "pk").first()
        if case is not None:
            officer = self._officer(case)
            told = Told(**vars(_TROUBLE) | {"visited_on": at.date(), "visitors": officer.name})
            follow_ups.record(again(case), told, by=officer, at=at)

    def _helper_asks(self) -> Story:
        """The helper of 石榴村 asked one woman yesterday, and the town has yet to read it."""
        at = at_hour(self.ends_on - timedelta(days=1), 18, 30)
        yield at
        village = self.office.villages["石榴村"]
        cases = _running().filter(applicant__village=village).order_by("-loan__disbursed_on", "pk")
        for case in cases[:3]:
            reminder_consents.give(case.applicant, at=at)
        asked = next((case for case in reversed(cases) if self._is_open(case, at.date())), None)
        if asked is not None:
            helper = self.office.people["helper"]
            reminder_consents.give(asked.applicant, at=at)
            told = self._told(asked, _TOLD[1], on=at.date())
            answers = vars(told) | {"visited_on": told.visited_on.isoformat(), "visitors": helper.name}
            follow_up_drafts.keep(again(asked), answers, by=helper, at=at)
            follow_up_drafts.hand_over(again(asked), by=helper, at=at)

    def _refers(self) -> Story:
        """Who needs to learn gets a place in a course ahead; who can't sell or hardly goes on, a mentor; one a job."""
        at = at_hour(self.ends_on - timedelta(days=1), 17, 10)
        yield at
        course = Course.objects.filter(held_on__gt=self.ends_on).order_by("held_on").first()
        mentors = list(Mentor.objects.order_by("pk")[:4])
        visits = FollowUp.objects.standing().select_related("application__applicant__village__parent").order_by("pk")
        # Of each woman the last visit, so that nobody is sent anywhere twice.
        for visit in {visit.application_id: visit for visit in visits}.values():
            her, by = visit.application.applicant, self._officer(visit.application)
            if Need.TRAINING in visit.needs and course and course.enrolments.count() < _ENROLLED:
                referrals.enrol(her, course, by=by, at=at)
            elif Need.SKILLS in visit.needs and mentors:
                referrals.pair(her, mentors.pop(), by=by, at=at)
        if course is not None and (given_back := course.enrolments.first()):
            referrals.cancel(given_back, by=self.office.people["town"], at=at + timedelta(minutes=40))
        workshop, trouble = Workshop.objects.order_by("pk").first(), visits.filter(risk=Risk.HIGH).first()
        if workshop is not None and trouble is not None:
            by = self._officer(trouble.application)
            referrals.send_to_work(trouble.application.applicant, workshop, by=by, at=at)

    def _is_open(self, case: Application, day: date) -> bool:
        assert case.loan is not None
        return any(one.is_open(day) for one in plan_of(case.loan, case.follow_ups.standing()))

    def _told(self, case: Application, seen: Seen, *, on: date) -> Told:
        return Told(on, self._officer(case).name, *seen)

    def _officer(self, case: Application) -> User:
        assert case.applicant.village is not None
        return self.office.reviewer(case.applicant.village)


def _running() -> ApplicationQuerySet:
    cases: ApplicationQuerySet = Application.objects.with_places().select_related("loan")
    return cases.filter(state=State.DISBURSED, loan__state=LoanState.ACTIVE)
