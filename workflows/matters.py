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
from workflows.audience import heads_of, people_of
from workflows.deadlines import office_of
from workflows.matter_kinds import AMONG_OFFICES, RULES, MatterKind
from workflows.models import Application, Matter
from workflows.models.matter import MatterState
from workflows.notices import send_to_her
from workflows.reasons import is_too_general
from workflows.refusals import AppealedAlready, AppealTooLate, PartnersRefusalStands, SaidAlready
from workflows.separation import is_involved
from workflows.states import HERS_ALONE, State
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


def may_complain(application: Application) -> bool:
    """Of what nobody has handled yet there is nothing to complain."""
    return application.state not in HERS_ALONE


@transaction.atomic
def appeal(application: Application, *, words: str, by: User, at: datetime, version: int | None = None) -> Matter:
    """She says, or the federation takes down at the phone, why the refusal is wrong.

    Raises Stale, MoveNotOpen, NotPermitted, PartnersRefusalStands, AppealTooLate, AppealedAlready, Invalid.
    """
    case = opened(application, by=by, version=version)
    if case.state != State.DECLINED:
        raise MoveNotOpen("appeal", case.state)
    until = appeal_until(case)
    if until is None:
        raise PartnersRefusalStands
    if timezone.localdate(at) > until:
        raise AppealTooLate
    if matter_clock.appeal_of(case) is not None:
        raise AppealedAlready
    return put(case, MatterKind.APPEAL, words=words, by=by, at=at)


@transaction.atomic
def complain(application: Application, *, words: str, by: User, at: datetime, version: int | None = None) -> Matter:
    """She complains of how she was treated; somebody of the city with no part in the case answers.

    Raises Stale, MoveNotOpen, NotPermitted, SaidAlready, Invalid.
    """
    case = opened(application, by=by, version=version)
    if not may_complain(case):
        raise MoveNotOpen("complain", case.state)
    return put(case, MatterKind.COMPLAINT, words=words, by=by, at=at)


def opened(application: Application, *, by: User, version: int | None = None) -> Application:
    """The case, locked, where she or the federation that covers her village says something.

    Raises Stale, NotPermitted.
    """
    case = engine.lock(application)
    if version is not None and version != case.version:
        raise Stale(case.version)
    if case.authority_of(by, "say") is None:
        raise NotPermitted
    return case


def put(
    case: Application, kind: MatterKind, *, words: str, by: User, at: datetime, wanted_on: date | None = None
) -> Matter:
    """Write it down, and tell her and those who answer. Raises SaidAlready, Invalid."""
    text = words.strip()
    if not WORDS_SHORTEST <= len(text) <= WORDS_LONGEST:
        limits: dict[str, object] = {"min": WORDS_SHORTEST, "max": WORDS_LONGEST}
        raise Invalid(FieldError("words", "words_length", _("用自己的话写一两句，最多 500 个字"), limits=limits))
    try:
        with transaction.atomic():
            matter = Matter.objects.create(
                application=case,
                kind=kind,
                about_version=case.version,
                words=text,
                wanted_on=wanted_on,
                said_by=by,
                said_at=at,
            )
    except IntegrityError as error:
        if not case.matters.open().filter(kind=kind).exists():
            raise
        raise SaidAlready from error
    _tell_both(matter, at=at)
    return matter


def settle(matter: Matter, move: Move, *, answer: str, by: User, at: datetime, field: str = "answer") -> Matter:
    """The office's answer, checked and kept. Raises what `engine.perform` raises, and Invalid about `field`."""
    text = checked(answer, field=field)
    if move.__name__ == "refuse" and is_too_general(text):
        raise Invalid(FieldError(field, "too_general", _("这句太笼统，写清是哪一条、差在哪里")))
    return engine.perform(matter, move, by=by, at=at, answer=text)


def checked(answer: str, *, field: str = "answer") -> str:
    """The words of an answer, long enough to say something. Raises Invalid about `field`."""
    text = answer.strip()
    if not ANSWER_SHORTEST <= len(text) <= ANSWER_LONGEST:
        limits: dict[str, object] = {"min": ANSWER_SHORTEST, "max": ANSWER_LONGEST}
        raise Invalid(FieldError(field, "answer_length", _("写一句她能看懂的话，至少 10 个字"), limits=limits))
    return text


def offices_for(matter: Matter) -> list[Organisation]:
    """Whoever answers it, the first of them first."""
    return [place if isinstance(place, Organisation) else office_of(place) for place in matter.places]


def answerers_of(matter: Matter) -> list[User]:
    """The heads of the offices, or everybody there; those with a part in the case only where there is nobody else."""
    rule = RULES[matter.kind]
    audience = people_of if rule.is_for_all else heads_of
    offices = offices_for(matter)
    if matter.kind == MatterKind.EXTENSION and matter.state == MatterState.OPEN:
        offices = [*offices, matter.application.guarantor]
    people = [person for office in offices for person in audience(office)]
    if not rule.is_apart:
        return people
    apart = [one for one in people if not is_involved(matter.application, one, through=matter.about_version)]
    return apart or people


def tell_answer(matter: Matter, *, at: datetime) -> None:
    """Owe her the message that she was answered; the words themselves are on her page."""
    if matter.kind in AMONG_OFFICES:
        return
    row = matter.log.select_related("acting_as__organisation").last()
    assert row is not None
    assert row.acting_as is not None, "only people of an office answer"
    with override("zh-hans"):
        text = _("%(office)s答复您了：%(kind)s，%(state)s。为什么写在“查进度”里。编号 %(number)s。") % {
            "office": row.acting_as.organisation.short_name,
            "kind": matter.get_kind_display(),
            "state": matter.get_state_display(),
            "number": matter.application.number,
        }
    send_to_her(matter.application, kind=f"{matter.kind}_answered", text=text, once=f"matter:{matter.pk}:answer", at=at)


def _tell_both(matter: Matter, *, at: datetime) -> None:
    """She hears until when she is answered, and those who may answer that they have to."""
    case = matter.application
    names = {
        "office": offices_for(matter)[0].short_name,
        "kind": matter.get_kind_display(),
        "day": day(matter_clock.due_on(matter)),
        "number": case.number,
    }
    text = _("%(number)s %(kind)s，%(day)s前答复她。") % names
    if matter.kind in AMONG_OFFICES:
        text = _("%(number)s %(kind)s，%(day)s前查清。") % names
    else:
        with override("zh-hans"):
            to_her = _("收到您的话了：%(kind)s。%(office)s %(day)s前答复您。编号 %(number)s。") % names
        send_to_her(case, kind=matter.kind, text=to_her, once=f"matter:{matter.pk}", at=at)
    for person in answerers_of(matter):
        once = f"matter:{matter.pk}:{person.pk}"
        outbox.inbox_message(person, kind=matter.kind, text=text, about=case.number, once=once, at=at)
