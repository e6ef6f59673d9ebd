"""The registers as tables: which rows, in what order, under which headings, and what they come to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Region
from accounts.models.region import DIGITS, RegionLevel
from accounts.templatetags.page import zh_date_year
from applicants.models import Course, HelpedMother, Mentor, TrainingBase, Workshop
from applicants.models.registers import BaseKind
from loans.money import format_yuan
from loans.spoken_money import money


@dataclass(frozen=True)
class Column:
    """One heading; the first column of a register is what its row is called."""

    label: Promise | str
    is_number: bool = False
    is_phone: bool = False


@dataclass(frozen=True)
class Register:
    """One list. `rows` takes the region of whoever looks, `line` gives the texts of a row under the columns."""

    name: str
    title: Promise | str
    empty: Promise | str
    columns: Sequence[Column]
    order: Sequence[str]
    rows: Callable[[Region], QuerySet[Any]]
    line: Callable[[Any], Sequence[str]]
    sums: Callable[[QuerySet[Any]], str]


_TAKEN = Count("placements", filter=Q(placements__ended_on__isnull=True))


def _whole_city(region: Region) -> str:
    """A course or a job near by is for everybody of the city, from whichever village she looks."""
    return region.code[: DIGITS[RegionLevel.CITY]]


def _bases(kind: BaseKind) -> Callable[[Region], QuerySet[TrainingBase]]:
    return lambda region: TrainingBase.objects.filter(
        kind=kind, region__code__startswith=_whole_city(region)
    ).select_related("region__parent")


def _courses(region: Region) -> QuerySet[Course]:
    return Course.objects.filter(base__region__code__startswith=_whole_city(region)).select_related("base")


def _workshops(region: Region) -> QuerySet[Workshop]:
    of_city = Workshop.objects.filter(village__code__startswith=_whole_city(region))
    return of_city.select_related("village__parent").annotate(taken=_TAKEN)


def _mentors(region: Region) -> QuerySet[Mentor]:
    of_city = Mentor.objects.filter(region__code__startswith=_whole_city(region))
    return of_city.select_related("region__parent").annotate(taken=_TAKEN)


def _left(row: Any, most: int) -> int:
    """What `_TAKEN` leaves of so many places."""
    left: int = most - row.taken
    return left


def _mothers(region: Region) -> QuerySet[HelpedMother]:
    """Who was in need is for her own town and those above it."""
    return HelpedMother.objects.filter(village__code__startswith=region.prefix).select_related("village__parent")


def _place(region: Region) -> str:
    return f"{region.parent}{region}" if region.parent and region.level == RegionLevel.VILLAGE else str(region)


def _base_line(base: TrainingBase) -> list[str]:
    return [base.name, _place(base.region), base.trade]


def _course_line(course: Course) -> list[str]:
    return [
        course.title,
        str(course.base),
        zh_date_year(course.held_on),
        str(course.places),
        str(course.places_taken),
        str(course.places_left),
    ]


def _workshop_line(workshop: Workshop) -> list[str]:
    return [
        workshop.name,
        _place(workshop.village),
        workshop.trade,
        str(workshop.jobs),
        str(_left(workshop, workshop.jobs)),
        workshop.phone,
    ]


def _mentor_line(mentor: Mentor) -> list[str]:
    left = str(_left(mentor, mentor.most))
    return [mentor.name, _place(mentor.region), mentor.trade, str(mentor.most), left, mentor.phone]


def _mother_line(mother: HelpedMother) -> list[str]:
    place = _place(mother.village)
    return [mother.name_masked, place, mother.purpose, zh_date_year(mother.helped_on), format_yuan(mother.amount_fen)]


def _nothing_to_sum(rows: QuerySet[TrainingBase]) -> str:
    return ""


def _places(rows: QuerySet[Course]) -> str:
    summed = rows.aggregate(places=Sum("places", default=0), taken=Sum("places_taken", default=0))
    return _("%(places)s 个名额，%(taken)s 人参加了") % summed


def _jobs(rows: QuerySet[Workshop]) -> str:
    return _("%(jobs)s 个岗位") % rows.aggregate(jobs=Sum("jobs", default=0))


def _mentor_places(rows: QuerySet[Mentor]) -> str:
    return _("能带 %(most)s 个人") % rows.aggregate(most=Sum("most", default=0))


def _help(rows: QuerySet[HelpedMother]) -> str:
    summed = rows.aggregate(fen=Sum("amount_fen", default=0))
    return _("一共帮了 %(amount)s，不收利息") % {"amount": money(summed["fen"])}


_BASE_COLUMNS: Final = (
    Column(gettext_lazy("基地")),
    Column(gettext_lazy("在哪里")),
    Column(gettext_lazy("做什么")),
)

REGISTERS: Final[Sequence[Register]] = (
    Register(
        name="training",
        title=gettext_lazy("培训基地"),
        empty=gettext_lazy("还没有培训基地。登记了以后会出现在这里。"),
        columns=_BASE_COLUMNS,
        order=("region_id", "pk"),
        rows=_bases(BaseKind.TRAINING),
        line=_base_line,
        sums=_nothing_to_sum,
    ),
    Register(
        name="model",
        title=gettext_lazy("示范基地"),
        empty=gettext_lazy("还没有示范基地。登记了以后会出现在这里。"),
        columns=_BASE_COLUMNS,
        order=("region_id", "pk"),
        rows=_bases(BaseKind.MODEL),
        line=_base_line,
        sums=_nothing_to_sum,
    ),
    Register(
        name="courses",
        title=gettext_lazy("培训班"),
        empty=gettext_lazy("还没有培训班。开了班会出现在这里。"),
        columns=(
            Column(gettext_lazy("课程")),
            Column(gettext_lazy("基地")),
            Column(gettext_lazy("日期")),
            Column(gettext_lazy("名额"), is_number=True),
            Column(gettext_lazy("已报名"), is_number=True),
            Column(gettext_lazy("还剩"), is_number=True),
        ),
        order=("-held_on", "-pk"),
        rows=_courses,
        line=_course_line,
        sums=_places,
    ),
    Register(
        name="workshops",
        title=gettext_lazy("乡下车间"),
        empty=gettext_lazy("还没有乡下车间。登记了以后会出现在这里。"),
        columns=(
            Column(gettext_lazy("车间")),
            Column(gettext_lazy("在哪里")),
            Column(gettext_lazy("做什么")),
            Column(gettext_lazy("岗位"), is_number=True),
            Column(gettext_lazy("还缺人"), is_number=True),
            Column(gettext_lazy("电话"), is_phone=True),
        ),
        order=("village_id", "pk"),
        rows=_workshops,
        line=_workshop_line,
        sums=_jobs,
    ),
    Register(
        name="mentors",
        title=gettext_lazy("结对导师"),
        empty=gettext_lazy("还没有结对导师。登记了以后会出现在这里。"),
        columns=(
            Column(gettext_lazy("姓名")),
            Column(gettext_lazy("在哪里")),
            Column(gettext_lazy("做什么")),
            Column(gettext_lazy("最多带"), is_number=True),
            Column(gettext_lazy("还能带"), is_number=True),
            Column(gettext_lazy("电话"), is_phone=True),
        ),
        order=("region_id", "pk"),
        rows=_mentors,
        line=_mentor_line,
        sums=_mentor_places,
    ),
    Register(
        name="mothers",
        title=gettext_lazy("帮过的母亲"),
        empty=gettext_lazy("还没有帮扶记录。帮了谁会出现在这里。"),
        columns=(
            Column(gettext_lazy("姓名")),
            Column(gettext_lazy("在哪里")),
            Column(gettext_lazy("做什么用")),
            Column(gettext_lazy("日期")),
            Column(gettext_lazy("金额（元）"), is_number=True),
        ),
        order=("-helped_on", "-pk"),
        rows=_mothers,
        line=_mother_line,
        sums=_help,
    ),
)
