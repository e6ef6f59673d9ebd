"""A visit that is asked about question by question, by the town or by the helper of her village who prepares it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Region, User
from applicants.models import ReminderConsent
from loans.models.loan import LoanState
from records import engine, outbox
from records.refusals import MoveNotOpen, NotPermitted
from workflows.audience import people_of
from workflows.deadlines import office_of
from workflows.helping import may_help_in
from workflows.models import Application, FollowUpDraft
from workflows.models.application import ApplicationQuerySet
from workflows.states import State


def visited_by_helper(villages: Sequence[Region]) -> ApplicationQuerySet:
    """The running loans of a helper's villages, of the women who agreed that she is told when something is due."""
    live = ReminderConsent.objects.filter(withdrawn_at__isnull=True).values("applicant")
    cases: ApplicationQuerySet = Application.objects.filter(
        state=State.DISBURSED,
        loan__state=LoanState.ACTIVE,
        applicant__village__in=villages,
        applicant__in=live,
    )
    return cases


def check_may_prepare(case: Application, *, by: User) -> None:
    """The federation that records it, or the helper of her village as long as she agrees to that.

    Raises MoveNotOpen before the money, NotPermitted.
    """
    if case.state != State.DISBURSED:
        raise MoveNotOpen("follow_up", case.state)
    if case.authority_of(by, "follow_up") is not None:
        return
    village = case.applicant.village
    agrees = ReminderConsent.objects.filter(applicant=case.applicant_id, withdrawn_at__isnull=True).exists()
    if village is None or not agrees or not may_help_in(village, by):
        raise NotPermitted


@transaction.atomic
def keep(application: Application, answers: Mapping[str, Any], *, by: User, at: datetime) -> FollowUpDraft:
    """Put these answers beside those given before. Raises MoveNotOpen, NotPermitted."""
    case = engine.lock(application)
    check_may_prepare(case, by=by)
    draft, _is_new = FollowUpDraft.objects.get_or_create(application=case, defaults={"prepared_by": by, "begun_at": at})
    draft.answers = {**draft.answers, **answers}
    draft.save()
    return draft


@transaction.atomic
def hand_over(application: Application, *, by: User, at: datetime) -> FollowUpDraft:
    """The helper is through; the town reads it and writes it down. Twice is once. Raises MoveNotOpen, NotPermitted."""
    case = engine.lock(application)
    check_may_prepare(case, by=by)
    draft = FollowUpDraft.objects.filter(application=case).first()
    if draft is None:
        raise MoveNotOpen("hand_over", case.state)
    if draft.ready_at is None:
        draft.ready_at, draft.prepared_by = at, by
        draft.save()
        with override("zh-hans"):
            _tell_town(case, by=by, at=at)
    return draft


def _tell_town(case: Application, *, by: User, at: datetime) -> None:
    names = {"number": case.number, "name": case.applicant.full_name, "helper": by.name}
    text = _("%(helper)s 问过 %(name)s 的近况了，看一遍再记回访。编号 %(number)s。") % names
    for person in people_of(office_of(case.town)):
        once = f"follow_up_ready:{case.number}:{at.isoformat()}:{person.pk}"
        outbox.inbox_message(person, kind="follow_up_ready", text=text, about=case.number, once=once, at=at)
