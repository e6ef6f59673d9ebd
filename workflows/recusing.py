"""回避: an officer steps back from a case, for good and with a reason, and a colleague gets it."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from records import engine, outbox
from records.refusals import FieldError, Invalid, MoveNotOpen
from workflows import assigning
from workflows.audience import heads_of
from workflows.models import Application, Assignment, Recusal
from workflows.notes import office_at
from workflows.refusals import MustStepBack, NotYours
from workflows.states import FINAL

REASON_LONGEST: Final = 200


@transaction.atomic
def step_back(application: Application, *, reason: str, to: User | None, by: User, at: datetime) -> Recusal:
    """From now on `by` moves this case no more. Where her office has it, `to` has it from now on.

    `to` is None where no colleague is free: then it is nobody's, and the heads of the office are told.
    Raises MoveNotOpen once the case is over, NotYours, Invalid, MustStepBack where `to` is tied to it herself.
    """
    case = engine.lock(application)
    if case.state in FINAL:
        raise MoveNotOpen("step_back", case.state)
    office = office_at(case, by)
    if office is None or case.recusals.filter(officer=by).exists():
        raise NotYours
    text = reason.strip()
    if not 2 <= len(text) <= REASON_LONGEST:
        limits: dict[str, object] = {"min": 2, "max": REASON_LONGEST}
        raise Invalid(FieldError("reason", "reason_missing", _("写一下为什么回避，最多 200 个字"), limits=limits))
    current = case.assignments.select_related("organisation").filter(ended_at__isnull=True).first()
    is_ours = current is not None and current.organisation_id == office.pk
    _check_successor(case, to=to, by=by, current=current if is_ours else None)
    kept = Recusal.objects.create(application=case, officer=by, handed_to=to, reason=text, at=at)
    if current is not None and is_ours and (to is not None or current.owner_id == by.pk):
        assigning.hand_over(current, owner=to, by=by, at=at)
        if to is None:
            _tell_heads(kept, current, at=at)
    return kept


def successors(application: Application, *, by: User) -> list[User]:
    """Who can get the case instead of her: the free people of her office, where it has the case."""
    current, office = assigning.current_assignment(application), office_at(application, by)
    if current is None or office is None or current.organisation_id != office.pk:
        return []
    return [one for one in assigning.free_colleagues(application, office) if one != by]


def _check_successor(case: Application, *, to: User | None, by: User, current: Assignment | None) -> None:
    """A free colleague where there is one, and nobody else."""
    free = [] if current is None else assigning.free_colleagues(case, current.organisation)
    others = [one for one in free if one != by]
    if to is None and others:
        raise Invalid(FieldError("owner", "successor_missing", _("选一个人接手")))
    if to is not None and to not in others:
        raise MustStepBack


def _tell_heads(kept: Recusal, current: Assignment, *, at: datetime) -> None:
    names = {"number": kept.application.number, "name": kept.officer, "office": current.organisation.short_name}
    with override("zh-hans"):
        text = _("%(number)s：%(office)s %(name)s 回避了，没有别人能接，请安排人。") % names
    for person in heads_of(current.organisation):
        once = f"recusal:{kept.pk}:{person.pk}"
        outbox.inbox_message(person, kind="recusal", text=text, about=kept.application.number, once=once, at=at)
