"""石榴市 with nine cases whose figures were counted by hand, as it stands on Wednesday 14 October 2026.

Working days after Monday 21 September: 22 23 24 28 29 30, then 8 October, the seventh. (25 to 27 September and 1 to 7
October are free; 10 October is worked.)

| case | town | handed in | what became of it | due | counts as |
|---|---|---|---|---|---|
| prompt | 石榴镇 | 21 Sept | paid the same day, 50,000 | 8 Oct | on time |
| tardy | 石榴镇 | 21 Sept | paid on 13 October, 50,000 | 8 Oct | late |
| cherry | 樱桃镇 | 22 Sept | paid the same day, 70,000 | 9 Oct | on time |
| declined | 石榴镇 | 21 Sept | declined the same day | 8 Oct | apart |
| waiting | 石榴镇 | 21 Sept | accepted, not visited | 8 Oct | late, and overdue today |
| new | 柿子镇 | 23 Sept | not accepted yet | – | – |
| withdrawn | 石榴镇 | 21 Sept | withdrawn before it was accepted | – | – |
| approved | 石榴镇 | 12 Oct | approved the same day, not signed | – | – |
| sent_back | 石榴镇 | 21 Sept | sent back, and not handed in again | – | not counted |
"""

from dataclasses import replace
from datetime import date, datetime

from tests.makers.cases import MISSING, STEP_TO, a_case_in, a_submitted_case, withdraw
from tests.makers.people import SHANGHAI, Offices
from tests.makers.women import a_woman
from workflows.models import Application
from workflows.stages import intake
from workflows.states import State

TODAY = date(2026, 10, 14)
NOW = datetime(2026, 10, 14, 9, 0, tzinfo=SHANGHAI)


def september(day: int) -> datetime:
    return datetime(2026, 9, day, 9, 0, tzinfo=SHANGHAI)


def october(day: int) -> datetime:
    return datetime(2026, 10, day, 9, 0, tzinfo=SHANGHAI)


def a_small_city(offices: Offices) -> dict[str, Application]:
    cherry_offices = city_works_for_towns(offices)
    return {
        "prompt": a_case_in(State.DISBURSED, offices, at=september(21)),
        "tardy": paid_later(a_case_in(State.SURVEY, offices, at=september(21)), offices, at=october(13)),
        "cherry": a_case_in(
            State.DISBURSED,
            cherry_offices,
            applicant=a_woman(offices, village=2),
            at=september(22),
            amount_fen=7_000_000,
        ),
        "declined": a_case_in(State.DECLINED, offices, at=september(21)),
        "waiting": a_case_in(State.SURVEY, offices, at=september(21)),
        "new": a_submitted_case(offices, applicant=a_woman(offices, village=4), at=september(23)),
        "withdrawn": withdraw(a_submitted_case(offices, at=september(21)), offices, september(21)),
        "approved": a_case_in(State.SIGNING, offices, at=october(12)),
        "sent_back": sent_back(a_submitted_case(offices, at=september(21)), offices),
    }


def city_works_for_towns(offices: Offices) -> Offices:
    """The city acts for a town with one officer; a colleague recommends what she visited."""
    return replace(
        offices,
        town_reviewer=offices.city_reviewer,
        town_reviewer2=offices.city_reviewer2,
        city_reviewer=offices.leader,
    )


def paid_later(case: Application, offices: Offices, *, at: datetime) -> Application:
    """Everything after its acceptance happens at one moment."""
    for state in (
        State.ELIGIBILITY,
        State.GUARANTEE,
        State.DISBURSEMENT,
        State.SIGNING,
        State.PAYOUT,
        State.DISBURSED,
    ):
        case = STEP_TO[state](case, offices, at)
    return case


def sent_back(case: Application, offices: Offices) -> Application:
    return intake.send_back(case, by=offices.town_reviewer, at=september(21), version=case.version, items=MISSING)
