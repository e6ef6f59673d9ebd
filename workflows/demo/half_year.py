"""The half-year: a hundred women hand in, fifty are paid two and a half million, the others stand everywhere else."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from accounts.models import Region
from accounts.working_days import Calendar
from loans.models import Programme
from records import outbox
from workflows import expiry, waiting_line
from workflows.assigning import assign
from workflows.demo import acts, turns
from workflows.demo.acts import Request
from workflows.demo.claims import claim_stories
from workflows.demo.diary import Diary, Story, at_hour, working_day
from workflows.demo.follow_ups import FollowUps
from workflows.demo.her_word import HerWord
from workflows.demo.office import CLOCK, Office
from workflows.demo.plan import (
    DRAFTS_OF_HER_OWN,
    ENDED,
    HALF_YEAR,
    LAPSED_PERCENT,
    LEFT_OVER_FEN,
    LENT_FEN,
    METHODS,
    MOST_FEN,
    NOT_COUNTED_FEN,
    ON_THE_WAY,
    PAID,
    STEP_FEN,
    OnTheWay,
)
from workflows.demo.stories import Act, Detour, Journey, again
from workflows.demo.women import SEED, Woman, women
from workflows.escalations import look_at_clocks
from workflows.matter_alarms import look_at_matters
from workflows.models import Application, Assignment
from workflows.stages import intake, interruptions
from workflows.states import State


def live_it(office: Office, *, calendar: Calendar, ends_on: date) -> None:
    """Play the half-year that ends on the evening of that day."""
    plan = HalfYear(office, calendar, ends_on)
    diary = Diary(until=at_hour(ends_on, 21))
    for story in plan.stories():
        diary.add(story)
    diary.play()


class HalfYear:
    """Who comes when, asking for what. The same every time but for the dates."""

    def __init__(self, office: Office, calendar: Calendar, ends_on: date) -> None:
        self.office, self.calendar, self.ends_on = office, calendar, ends_on
        self.starts_on = ends_on - HALF_YEAR
        self.dice = random.Random(SEED)  # noqa: S311 - a story, not a secret
        self.women = women()
        self.villages = sorted(office.villages.values(), key=lambda village: village.code)
        self.coming = 0  # how many who will be accepted have not asked yet

    def stories(self) -> Iterator[Story]:
        yield self._office_hours()
        yield from self._paid()
        yield from self._ended()
        yield from self._on_the_way()
        yield from self._not_handed_in()
        yield self._waits_in_line()
        yield self._shared_out()
        yield from claim_stories(self.office, self.calendar, starts_on=self.starts_on, ends_on=self.ends_on)
        yield from HerWord(self.office, self.calendar, self.starts_on, self.ends_on).stories()
        yield from FollowUps(self.office, self.calendar, self.starts_on, self.ends_on).stories()

    def _paid(self) -> Iterator[Story]:
        days = (self.ends_on - self.starts_on).days - 28
        for number, amount_fen in enumerate(_amounts(self.dice)):
            delays: dict[str, int] = {}
            detours: dict[str, Detour] = {}
            asked_fen = amount_fen
            if number in (9, 31):
                delays = {State.DISBURSEMENT: 4}  # these two came too late
            if number in (5, 17, 29, 41):
                detours = {State.ELIGIBILITY: turns.papers_missing}
            if number in (13, 37):
                detours, asked_fen = {State.DISBURSEMENT: turns.less_money}, amount_fen + turns.LESS_FEN
            if number == 22:
                detours = {State.GUARANTEE: turns.sent_back_once}
            is_helped = number % 12 == 3
            yield Journey(
                office=self.office,
                calendar=self.calendar,
                request=self._request(asked_fen, number=number, is_helped=is_helped),
                start_on=self.starts_on + timedelta(days=3 + days * number // PAID),
                until=State.DISBURSED,
                delays=delays,
                detours=detours,
                is_helped=is_helped,
            ).tell()

    def _ended(self) -> Iterator[Story]:
        for number, (state, ending, percent) in enumerate(ENDED):
            yield self._journey(number, percent=percent, until=state, ending=ending).tell()
        for number, percent in enumerate(LAPSED_PERCENT):
            yield self._journey(number, percent=percent, until=State.ELIGIBILITY, ending=turns.ask_for_papers).tell()

    def _journey(self, number: int, *, percent: int, until: State, ending: Act) -> Journey:
        start_on = self.starts_on + HALF_YEAR * percent // 100
        amount_fen = 3_000_000 + 500_000 * (number % 7)
        request = self._request(amount_fen, number=number)
        return Journey(self.office, self.calendar, request, start_on, until, ending=ending)

    def _on_the_way(self) -> Iterator[Story]:
        self.coming = sum(case.until != State.SUBMITTED for case in ON_THE_WAY)
        for number, case in enumerate(ON_THE_WAY):
            yield self._asks_what_fits(number, case)

    def _asks_what_fits(self, number: int, case: OnTheWay) -> Story:
        """She comes so many working days before the end and asks for her share of what the pool can still promise."""
        start_on = self._working_days_before(case.days_ago)
        # The minutes keep those of one day apart, each seeing what the one before her asked for.
        at = at_hour(start_on, 18, number)
        yield at
        amount_fen = NOT_COUNTED_FEN if case.until == State.SUBMITTED else self._share_of_what_is_left()
        journey = Journey(
            office=self.office,
            calendar=self.calendar,
            request=self._request(amount_fen, number=number),
            start_on=start_on,
            until=case.until,
            delays=case.delays or {},
            detours={case.detour_at: case.detour} if case.detour_at and case.detour else {},
            ending=case.ending,
            handed_in_at=at.time(),
        )
        yield from journey.tell()

    def _share_of_what_is_left(self) -> int:
        # Read anew: the pool that is at hand shows the figures of its first day.
        programme = Programme.objects.get(pk=self.office.pool.programme_id)
        submitted = Application.objects.filter(programme=programme, state=State.SUBMITTED)
        asked_fen = sum(amount or 0 for amount in submitted.values_list("amount_fen", flat=True))
        left_fen = waiting_line.projected_headroom_fen(programme) - asked_fen - LEFT_OVER_FEN
        share_fen = left_fen // self.coming // STEP_FEN * STEP_FEN
        self.coming -= 1
        return max(1_000_000, min(MOST_FEN, share_fen))

    def _not_handed_in(self) -> Iterator[Story]:
        for number in range(DRAFTS_OF_HER_OWN):
            yield self._draft(number)
        yield self._awaits_her_yes()

    def _draft(self, number: int) -> Story:
        at = at_hour(self.ends_on - timedelta(days=2 * number + 1), 20, 5)
        yield at
        acts.fill_in(self._request(2_000_000 + 500_000 * number, number=number), self.office, at=at)

    def _awaits_her_yes(self) -> Story:
        at = at_hour(self.ends_on, 10, 30)
        yield at
        acts.ask_her_consent(self._request(3_000_000, number=0, is_helped=True), self.office, at=at)

    def _waits_in_line(self) -> Story:
        """The last woman finds the pool promised away."""
        at = at_hour(self._working_days_before(1), 19, 55)
        yield at
        case = acts.apply(self._request(MOST_FEN, number=2), self.office, at=at)
        at = at_hour(working_day(self.calendar, self.ends_on, 0), 16, 45)
        yield min(at, at_hour(self.ends_on, 16, 45))
        reviewer = self.office.reviewer(self.villages[2])
        intake.waitlist(again(case), by=reviewer, at=min(at, at_hour(self.ends_on, 16, 45)), version=case.version)

    def _shared_out(self) -> Story:
        """On the last evening every office shares out what lies on its table; every third case still waits for that."""
        at = at_hour(self.ends_on, 20, 30)
        yield at
        for number, assignment in enumerate(Assignment.objects.filter(ended_at__isnull=True, owner__isnull=True)):
            owner = self.office.first_of(assignment.organisation)
            if number % 3 and owner is not None:
                assign(again(assignment.application), owner=owner, by=owner, at=at)

    def _office_hours(self) -> Story:
        """Every day the clock looks at all cases, closes what has lapsed, and the day's messages go out."""
        clock = self.office.people[CLOCK]
        for day in range((self.ends_on - self.starts_on).days + 1):
            at = at_hour(self.starts_on + timedelta(days=day), 9)
            yield at
            look_at_clocks(by=clock, at=at)
            look_at_matters(by=clock, at=at)
            for case in list(expiry.due_to_expire(at=at)):
                interruptions.expire(again(case), by=clock, at=at, version=case.version)
            yield at + timedelta(hours=11)
            while outbox.send_due(now=_standing_still(at + timedelta(hours=11))):
                pass

    def _request(self, amount_fen: int, *, number: int, is_helped: bool = False) -> Request:
        woman: Woman = next(self.women)
        village: Region = self.villages[0] if is_helped else self.villages[number % len(self.villages)]
        term_months = (12, 24, 36)[number % 3] if amount_fen > 2_000_000 else 12
        return Request(woman, village, amount_fen, term_months, METHODS[number % 3])

    def _working_days_before(self, days: int) -> date:
        day = self.ends_on
        while days:
            day -= timedelta(days=1)
            days -= self.calendar.is_working(day)
        return day


def _amounts(dice: random.Random) -> list[int]:
    """Fifty different-looking amounts in whole thousands that come to 2,500,000.00."""
    amounts = [STEP_FEN * dice.randint(20, 80) for _ in range(PAID)]
    while (over_fen := sum(amounts) - LENT_FEN) != 0:
        place = dice.randrange(PAID)
        step_fen = -STEP_FEN if over_fen > 0 else STEP_FEN
        if 2_000_000 <= amounts[place] + step_fen <= 9_000_000:
            amounts[place] += step_fen
    return amounts


def _standing_still(at: datetime) -> Callable[[], datetime]:
    return lambda: at
