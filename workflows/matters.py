"""She puts something to an office beside her application, and is answered; each word told to whoever waits for it."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Organisation, User
from records import engine, outbox
from records.models.machine import Move
from records.refusals import FieldError, Invalid, MoveNotOpen, NotPermitted, Stale
from workflows import matter_clock
from workflows.audience import heads_of
from workflows.deadlines import office_of
from workflows.matter_kinds import RULES, MatterKind
from workflows.models import Application, Matter
from workflows.notices import send_to_her
from workflows.reasons import is_too_general
from workflows.refusals import AppealedAlready, AppealTooLate, PartnersRefusalStands
from workflows.separation import is_involved
from workflows.states import State
from workflows.wording import day

WORDS_SHORTEST, WORDS_LONGEST = 5, 500
ANSWER_SHORTEST, ANSWER_LONGEST = 10, 500


def appeal_until(application: Application) -> date | None:
    """The last day on which she may appeal against the no that stands; None where it isn't the federation's."""
    if application.state != State.DECLINED:
        return None
    refusal = list(application.log.all())[-1]
    if refusal.move != "decline":
        return None
    return timezone.localdate(refusal.at) + timedelta(days=application.policy.appeal_calendar_days)


def may_appeal(application: Application, *, on: date) -> bool:
    """Whether a review of the no that stands can still be asked for."""
    until = appeal_until(application)
    return until is not None and on <= until and matter_clock.appeal_of(application) is None


@transaction.atomic
def appeal(application: Application, *, words: str, by: User, at: datetime, version: int | None = None) -> Matter:
    """She says, or the federation takes down at the phone, why the refusal is wrong.

    Raises Stale, MoveNotOpen, NotPermitted, PartnersRefusalStands, AppealTooLate, AppealedAlready, Invalid.
    """
    case = _opened(application, "appeal", by=by, version=version)
    if case.state != State.DECLINED:
        raise MoveNotOpen("appeal", case.state)
    until = appeal_until(case)
    if until is None:
        raise PartnersRefusalStands
    if timezone.localdate(at) > until:
        raise AppealTooLate
    if matter_clock.appeal_of(case) is not None:
        raise AppealedAlready
    try:
        with transaction.atomic():
            matter = _write(case, MatterKind.APPEAL, words=words, by=by, at=at)
    except IntegrityError as error:
        if matter_clock.appeal_of(case) is None:
            raise
        raise AppealedAlready from error
    _tell_both(matter, at=at)
    return matter


def settle(matter: Matter, move: Move, *, answer: str, by: User, at: datetime, field: str = "answer") -> Matter:
    """The office's answer, checked and kept. Raises what `engine.perform` raises, and Invalid about `field`."""
    text = answer.strip()
    if not ANSWER_SHORTEST <= len(text) <= ANSWER_LONGEST:
        limits: dict[str, object] = {"min": ANSWER_SHORTEST, "max": ANSWER_LONGEST}
        raise Invalid(FieldError(field, "answer_length", _("写一句她能看懂的话，至少 10 个字"), limits=limits))
    if move.__name__ == "refuse" and is_too_general(text):
        raise Invalid(FieldError(field, "too_general", _("这句太笼统，写清是哪一条、差在哪里")))
    return engine.perform(matter, move, by=by, at=at, answer=text)


def office_for(matter: Matter) -> Organisation:
    """Whoever answers it."""
    place = matter.place
    return place if isinstance(place, Organisation) else office_of(place)


def tell_answer(matter: Matter, *, at: datetime) -> None:
    """Owe her the message that she was answered; the words themselves are on her page."""
    with override("zh-hans"):
        text = _("%(office)s答复您了：%(kind)s，%(state)s。为什么写在“查进度”里。编号 %(number)s。") % {
            "office": office_for(matter).short_name,
            "kind": matter.get_kind_display(),
            "state": matter.get_state_display(),
            "number": matter.application.number,
        }
    send_to_her(matter.application, kind=f"{matter.kind}_answered", text=text, once=f"matter:{matter.pk}:answer", at=at)


def _opened(application: Application, permission: str, *, by: User, version: int | None) -> Application:
    """The case, locked, where she or the federation that covers her village may say this."""
    case = engine.lock(application)
    if version is not None and version != case.version:
        raise Stale(case.version)
    if case.authority_of(by, permission) is None:
        raise NotPermitted
    return case


def _write(case: Application, kind: MatterKind, *, words: str, by: User, at: datetime) -> Matter:
    text = words.strip()
    if not WORDS_SHORTEST <= len(text) <= WORDS_LONGEST:
        limits: dict[str, object] = {"min": WORDS_SHORTEST, "max": WORDS_LONGEST}
        raise Invalid(FieldError("words", "words_length", _("用自己的话写一两句，最多 500 个字"), limits=limits))
    return Matter.objects.create(
        application=case, kind=kind, about_version=case.version, words=text, said_by=by, said_at=at
    )


def _tell_both(matter: Matter, *, at: datetime) -> None:
    """She hears until when she is answered, and those who may answer that they have to."""
    case, office = matter.application, office_for(matter)
    names = {
        "office": office.short_name,
        "kind": matter.get_kind_display(),
        "day": day(matter_clock.due_on(matter)),
        "number": case.number,
    }
    with override("zh-hans"):
        to_her = _("收到您的话了：%(kind)s。%(office)s %(day)s前答复您。编号 %(number)s。") % names
    send_to_her(case, kind=matter.kind, text=to_her, once=f"matter:{matter.pk}", at=at)
    text = _("%(number)s %(kind)s，%(day)s前答复她。") % names
    for person in answerers_of(matter):
        once = f"matter:{matter.pk}:{person.pk}"
        outbox.inbox_message(person, kind=matter.kind, text=text, about=case.number, once=once, at=at)


def answerers_of(matter: Matter) -> list[User]:
    """The heads of the office; those with a part in the case only where there is nobody else."""
    heads = heads_of(office_for(matter))
    if not RULES[matter.kind].is_apart:
        return heads
    return [head for head in heads if not is_involved(matter.application, head, through=matter.about_version)] or heads
