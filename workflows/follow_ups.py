"""跟踪服务: a visit after the money is written down once and for good, and told to whoever has to act on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from applicants.pictures import cleaned
from records import engine, outbox
from records.models import StoredFile
from records.refusals import FieldError, Invalid, MoveNotOpen, NotPermitted, Stale
from records.stored_files import store
from workflows import matters
from workflows.audience import people_of
from workflows.deadlines import office_of
from workflows.matter_kinds import MatterKind
from workflows.models import Application, FollowUp, FollowUpDraft, Matter
from workflows.models.follow_up import Going, MoneyUse, Need, Risk
from workflows.states import State

JOBS_MOST, WORDS_LONGEST, VISITORS_LONGEST = 200, 200, 60


@dataclass(frozen=True)
class Told:
    """What was seen and said there."""

    visited_on: date
    visitors: str
    going: str
    money_use: str
    jobs: int
    jobs_women: int
    needs: list[str] = field(default_factory=list)
    promised: str = ""
    risk: str = Risk.LOW
    risk_why: str = ""


@transaction.atomic
def record(
    application: Application,
    told: Told,
    *,
    by: User,
    at: datetime,
    photo: bytes | None = None,
    corrects: FollowUp | None = None,
) -> FollowUp:
    """Keep the visit; `corrects` is the row that it takes the place of.

    A high risk is told to bank and city, and money that wasn't used as planned is put on their desks, each once.
    Raises MoveNotOpen, NotPermitted, Stale where the row was corrected meanwhile, Invalid, or what `cleaned` raises.
    """
    case = engine.lock(application)
    check_may_record(case, by=by)
    paid_on = case.loan.disbursed_on if case.loan else None
    assert paid_on is not None, "what was paid out has its day"
    errors = list(_errors_of(told, paid_on=paid_on, today=timezone.localdate(at)))
    if errors:
        raise Invalid(*errors)
    draft = FollowUpDraft.objects.filter(application=case).first() if corrects is None else None
    visit = FollowUp(
        application=case,
        **vars(told),
        corrects=corrects,
        prepared_by=draft.prepared_by if draft and draft.ready_at else corrects.prepared_by if corrects else None,
        photo=_photo(photo, corrects, by=by, at=at),
        recorded_by=by,
        recorded_at=at,
    )
    _save(visit)
    if draft is not None:
        draft.delete()
    _tell(visit, at=at)
    return visit


def check_may_record(case: Application, *, by: User) -> None:
    """Raises MoveNotOpen before the money, NotPermitted for whoever isn't of the federation that covers her village."""
    if case.state != State.DISBURSED:
        raise MoveNotOpen("follow_up", case.state)
    if case.authority_of(by, "follow_up") is None:
        raise NotPermitted


def _save(visit: FollowUp) -> None:
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError as error:
        if not FollowUp.objects.filter(corrects=visit.corrects_id).exists():
            raise
        raise Stale from error


def _photo(content: bytes | None, corrects: FollowUp | None, *, by: User, at: datetime) -> StoredFile | None:
    if content is not None:
        return store(cleaned(content), content_type="image/jpeg", by=by, at=at)
    return corrects.photo if corrects else None


def _errors_of(told: Told, *, paid_on: date, today: date) -> Iterator[FieldError]:
    if not paid_on <= told.visited_on <= today:
        yield FieldError("visited_on", "visit_day", _("回访日期要在放款以后，不能晚于今天"))
    if not 0 < len(told.visitors.strip()) <= VISITORS_LONGEST:
        yield FieldError("visitors", "visitors_missing", _("写上谁去的"))
    for name, choices in (("going", Going), ("money_use", MoneyUse), ("risk", Risk)):
        if getattr(told, name) not in choices.values:
            yield FieldError(name, f"{name}_missing", _("选一个答案"))
    if set(told.needs) - set(Need.values):
        yield FieldError("needs", "unknown_need", _("从名单里选需要什么"))
    yield from _errors_of_figures(told)
    yield from _errors_of_words(told)


def _errors_of_figures(told: Told) -> Iterator[FieldError]:
    if not 0 <= told.jobs <= JOBS_MOST:
        yield FieldError("jobs", "jobs_range", _("写数字，没有就写 0"))
    if not 0 <= told.jobs_women <= told.jobs:
        yield FieldError("jobs_women", "jobs_women_range", _("其中妇女不能比带动的人多"))


def _errors_of_words(told: Told) -> Iterator[FieldError]:
    if told.risk != Risk.LOW and not told.risk_why.strip():
        yield FieldError("risk_why", "risk_why_missing", _("写一句为什么有风险"))
    for name in ("promised", "risk_why"):
        if len(getattr(told, name)) > WORDS_LONGEST:
            yield FieldError(name, "words_length", _("最多写 200 个字"), limits={"max": WORDS_LONGEST})


def _tell(visit: FollowUp, *, at: datetime) -> None:
    """What is corrected and was told before isn't told again."""
    before = visit.corrects
    with override("zh-hans"):
        if visit.risk == Risk.HIGH and not (before and before.risk == Risk.HIGH):
            _tell_risk(visit, at=at)
        if visit.money_use == MoneyUse.NOT and not (before and before.money_use == MoneyUse.NOT):
            _put_misuse(visit, at=at)


def _tell_risk(visit: FollowUp, *, at: datetime) -> None:
    case = visit.application
    names = {"number": case.number, "name": case.applicant.full_name, "why": visit.risk_why}
    text = _("%(number)s %(name)s 回访发现风险高：%(why)s") % names
    for person in [*people_of(case.bank), *people_of(office_of(case.city))]:
        once = f"follow_up:{visit.pk}:risk:{person.pk}"
        outbox.inbox_message(person, kind="follow_up_risk", text=text, about=case.number, once=once, at=at)


def _put_misuse(visit: FollowUp, *, at: datetime) -> Matter | None:
    """On the desks of bank and city, where one doesn't lie there yet; whether the subsidy stops is theirs to say."""
    case = visit.application
    if case.matters.open().filter(kind=MatterKind.MISUSE).exists():
        return None
    words = _("回访看到钱没有照计划用。%(why)s请查清，看贴息要不要停。") % {"why": visit.risk_why}
    return matters.put(case, MatterKind.MISUSE, words=words, by=visit.recorded_by, at=at)
