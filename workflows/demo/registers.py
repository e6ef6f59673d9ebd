"""What else the federation keeps: training and model bases, courses, village workshops, mothers helped.

The counts are those of the half-year that the project grew from: 19 training bases, 17 model bases, 20 courses with
1,000 places taken, 57 village workshops, 53 mothers helped: 51 here, two in workflows.demo.mutual_help.
"""

from datetime import date, timedelta
from itertools import islice
from typing import Final

from accounts.models import Region
from applicants.identity import mask_name
from applicants.models import Course, HelpedMother, Mentor, TrainingBase, Workshop
from applicants.models.registers import BaseKind
from workflows.demo.women import women

TRADES: Final = ("家纺", "柳编", "樱桃", "石榴", "柿饼", "农家宴", "养殖", "电商", "月嫂", "手工")
TRAINING_BASES, MODEL_BASES, COURSES, PLACES, WORKSHOPS, MOTHERS = 19, 17, 20, 1_000, 57, 51
MENTORS: Final = 12
# Not held yet, so nobody has taken part: for whoever can't have the loan now.
COURSES_AHEAD: Final = 3
HELP_FEN: Final = 200_000


def make_registers(villages: list[Region], *, ends_on: date) -> None:
    bases = [_base(number, BaseKind.TRAINING, villages) for number in range(TRAINING_BASES)]
    TrainingBase.objects.bulk_create(_base(number, BaseKind.MODEL, villages) for number in range(MODEL_BASES))
    saved = TrainingBase.objects.bulk_create(bases)
    Course.objects.bulk_create(
        Course(
            base=saved[number % len(saved)],
            title=f"{TRADES[number % len(TRADES)]}技能培训第 {number // len(TRADES) + 1} 期",
            held_on=ends_on - timedelta(days=9 * (COURSES - number)),
            places=PLACES // COURSES,
            places_taken=PLACES // COURSES,
            taken_before=PLACES // COURSES,
        )
        for number in range(COURSES)
    )
    Course.objects.bulk_create(_course_ahead(saved[number], number, ends_on=ends_on) for number in range(COURSES_AHEAD))
    Mentor.objects.bulk_create(_mentor(number, villages) for number in range(MENTORS))
    Workshop.objects.bulk_create(_workshop(number, villages) for number in range(WORKSHOPS))
    HelpedMother.objects.bulk_create(
        HelpedMother(
            village=villages[number % len(villages)],
            name_masked=mask_name(woman.name),
            helped_on=ends_on - timedelta(days=3 * number + 2),
            amount_fen=HELP_FEN,
            purpose="买种苗和饲料",
        )
        for number, woman in enumerate(islice(women(), 200, 200 + MOTHERS))
    )


def _course_ahead(base: TrainingBase, number: int, *, ends_on: date) -> Course:
    held_on = ends_on + timedelta(days=10 + 14 * number)
    return Course(base=base, title=f"{base.trade}技能培训第 3 期", held_on=held_on, places=40, places_taken=0)


def _base(number: int, kind: BaseKind, villages: list[Region]) -> TrainingBase:
    village, trade = villages[number % len(villages)], TRADES[number % len(TRADES)]
    word = "培训" if kind == BaseKind.TRAINING else "示范"
    name = f"{village.name}{trade}{word}基地" + (f" {number // 9 + 1}" if number >= len(villages) else "")
    phone = f"0999-04568{number:02d}"
    return TrainingBase(kind=kind, name=name, region=village, trade=trade, phone=phone)


def _mentor(number: int, villages: list[Region]) -> Mentor:
    village, trade = villages[(number * 2) % len(villages)], TRADES[number % len(TRADES)]
    name = next(islice(women(), 300 + number, None)).name
    return Mentor(name=name, region=village, trade=trade, phone=f"0999-04569{number:02d}", most=2 + number % 3)


def _workshop(number: int, villages: list[Region]) -> Workshop:
    village, trade = villages[number % len(villages)], TRADES[number % 5]
    return Workshop(
        village=village,
        name=f"{village.name}{trade}车间 {number // len(villages) + 1}",
        trade=trade,
        jobs=6 + number % 9,
        phone=f"0999-04567{number:02d}",
    )
