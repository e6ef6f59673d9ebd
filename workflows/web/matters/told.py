"""What she put to the offices, as they read it: in her words, until when it is answered, and by whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.calendars import calendar_in_force
from accounts.models import User
from accounts.web.countdown import Tag, tag_of
from accounts.web.parts import Entry
from accounts.working_days import Calendar
from records import engine
from records.refusals import NotPermitted, Refusal
from workflows import matter_clock, separation
from workflows.matter_kinds import REQUESTS, RULES, MatterKind
from workflows.models import Application, Matter
from workflows.models.matter import UNSETTLED
from workflows.wording import day


@dataclass(frozen=True)
class Told:
    """One matter. `url` is where it is answered; "" where this person doesn't, and `blocked` why where she might."""

    kind: str
    name: str
    number: str
    words: str
    said_on: date
    due_on: date
    tag: Tag
    url: str
    blocked: str
    answer: str


@dataclass(frozen=True)
class Waiting:
    """How many matters wait for an office's answer, and which of them is due first."""

    count: int
    kind: str
    name: str
    due_on: date
    tag: Tag


def told_of(application: Application, *, user: User, today: date) -> list[Told]:
    """The matters of a case that are this office's to answer, newest first."""
    theirs = application.matters.answered_by_office_of(user).select_related(*Matter.locked_with)
    return _all_told(list(theirs.prefetch_related("log").order_by("-pk")), user=user, today=today)


def waiting_for(user: User, *, today: date) -> list[Told]:
    """Every open matter that is this office's to answer, what is due next first."""
    waiting = Matter.objects.open().answered_by_office_of(user).select_related(*Matter.locked_with)
    rows = _all_told(list(waiting), user=user, today=today)
    return sorted(rows, key=lambda one: (one.due_on, one.number))


def most_urgent(user: User, *, today: date) -> Waiting | None:
    """What the list of cases says of the open matters; None where nobody waits. One query, however many wait.

    Who of the office may answer each is asked on the page of the matters, not here.
    """
    waiting = list(Matter.objects.open().answered_by_office_of(user).select_related("application__applicant"))
    if not waiting:
        return None
    calendar = calendar_in_force()
    days = {matter: matter_clock.due_on(matter, calendar=calendar) for matter in waiting}
    first = min(waiting, key=lambda matter: (days[matter], matter.application.number))
    return Waiting(
        count=len(waiting),
        kind=str(first.get_kind_display()),
        name=first.application.applicant.full_name,
        due_on=days[first],
        tag=tag_of(matter_clock.reading(first, today=today, calendar=calendar), today=today),
    )


def told(matter: Matter, *, user: User, today: date) -> Told:
    """One of them, as it stands beside its case."""
    return _all_told([matter], user=user, today=today)[0]


def _all_told(matters: Sequence[Matter], *, user: User, today: date) -> list[Told]:
    """In as many queries for a hundred as for one."""
    calendar = calendar_in_force()
    conflicts = _conflicts([one for one in matters if one.state in UNSETTLED], user)
    return [_told(one, user=user, today=today, calendar=calendar, conflicts=conflicts) for one in matters]


def _told(matter: Matter, *, user: User, today: date, calendar: Calendar, conflicts: Mapping[int, Refusal]) -> Told:
    is_open = matter.state in UNSETTLED
    blocked = _blocked(matter, user, conflicts) if is_open else ""
    return Told(
        kind=str(matter.get_kind_display()),
        name=matter.application.applicant.full_name,
        number=matter.application.number,
        words=_words_of(matter),
        said_on=timezone.localdate(matter.said_at),
        due_on=matter_clock.due_on(matter, calendar=calendar),
        tag=tag_of(matter_clock.reading(matter, today=today, calendar=calendar), today=today),
        url=_address(matter) if is_open and not blocked else "",
        blocked=blocked,
        answer=f"{matter.get_state_display()}：{matter.answer}" if matter.answer else "",
    )


def entries_of(application: Application, matters: Iterable[Matter]) -> Iterator[Entry]:
    """For the history of a case: when she said it, and when she was answered."""
    for matter in matters:
        is_hers = matter.said_by_id == application.applicant.user_id
        words = {"kind": matter.get_kind_display(), "words": matter.words}
        who = _("本人") if is_hers else _("%(who)s 代记") % {"who": matter.said_by}
        yield Entry(matter.said_at, _("%(kind)s：%(words)s") % words, who)
        row = matter_clock.answered_by(matter)
        if row is not None:
            office = row.acting_as.organisation.short_name if row.acting_as else ""
            words = {"kind": matter.get_kind_display(), "state": matter.get_state_display(), "answer": matter.answer}
            yield Entry(
                row.at,
                _("%(kind)s的答复，%(state)s：%(answer)s") % words,
                _("%(who)s（%(office)s）") % {"who": row.by, "office": office},
            )


def _conflicts(matters: Sequence[Matter], user: User) -> dict[int, Refusal]:
    """By the matter: what she did before, or who she is, that keeps her from answering it."""
    apart = [one for one in matters if RULES[one.kind].is_apart]
    if not apart:
        return {}
    cases = [one.application for one in apart]
    own = separation.own_conflicts(cases, by=user)
    parts = separation.first_parts(cases, by=user)
    found: dict[int, Refusal] = {}
    for one in apart:
        case = one.application_id
        if case in own:
            found[one.pk] = own[case]
        elif case in parts and parts[case] <= one.about_version:
            found[one.pk] = separation.WasInvolved()
    return found


def _blocked(matter: Matter, user: User, conflicts: Mapping[int, Refusal]) -> str:
    """Why she can't, in the words with which the engine would refuse her."""
    move = Matter.refuse if matter.kind in REQUESTS else Matter.reply
    if matter.kind == MatterKind.EXTENSION and matter.authority_of(user, "answer_her") is None:
        move = Matter.second
    if matter.authority_of(user, engine.permission_of(Matter, move.__name__)) is None:
        return str(NotPermitted())
    return str(conflicts.get(matter.pk, ""))


def _words_of(matter: Matter) -> str:
    """With the day that she wants, and what the guarantor said."""
    words = matter.words
    if matter.wanted_on:
        words = _("想要 %(day)s。%(words)s") % {"day": day(matter.wanted_on), "words": words}
    if matter.guarantor_words:
        agrees = _("同意") if matter.guarantor_agrees else _("不同意")
        names = {"words": words, "agrees": agrees, "said": matter.guarantor_words}
        words = _("%(words)s（担保公司%(agrees)s：%(said)s）") % names
    return words


def _address(matter: Matter) -> str:
    return reverse("case_matter", args=[matter.application.number, matter.pk])
