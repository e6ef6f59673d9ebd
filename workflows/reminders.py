"""A message seven and three days before an instalment, and on its day; each once, and none that she switched off."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from loans import servicing
from loans.models import Instalment
from loans.models.loan import LoanState
from loans.money import format_yuan
from records.refusals import FieldError, Invalid, NotPermitted
from workflows import matters
from workflows.models import Application, ReminderChoice
from workflows.models.reminder import DAYS_BEFORE
from workflows.notices import send_to_her
from workflows.states import State
from workflows.wording import day

# Nobody is woken by it.
FROM_HOUR, TO_HOUR = 8, 20
_LONGEST: Final = timedelta(days=max(DAYS_BEFORE))


def remind(*, at: datetime) -> int:
    """Owe what is due today; say how many women were looked at. Safe to run often, and late.

    Where a day was missed the next one sends what it left out: the text says the day, not how far off it is.
    """
    if not FROM_HOUR <= timezone.localtime(at).hour < TO_HOUR:
        return 0
    today = timezone.localdate(at)
    soon = Instalment.objects.filter(loan=OuterRef("loan"), due_on__gte=today, due_on__lte=today + _LONGEST)
    running = Application.objects.filter(Exists(soon), state=State.DISBURSED, loan__state=LoanState.ACTIVE)
    with_loans = running.select_related("loan__policy", "applicant", "reminder_choice")
    looked_at = 0
    for case in with_loans.prefetch_related("loan__instalments", "loan__repayments").order_by("pk"):
        _remind_of(case, today=today, at=at)
        looked_at += 1
    return looked_at


def days_chosen(application: Application) -> list[int]:
    """On which of the days before an instalment she gets a message."""
    choice = ReminderChoice.objects.filter(application=application).first()
    return list(DAYS_BEFORE) if choice is None else list(choice.days_before)


def choose(application: Application, *, days_before: Sequence[int], by: User, at: datetime) -> ReminderChoice:
    """She says on which days she wants to be reminded; on none is a choice as well. Raises NotPermitted, Invalid."""
    case = matters.opened(application, by=by)
    if case.applicant.user_id != by.pk:
        raise NotPermitted
    if not set(days_before) <= set(DAYS_BEFORE):
        raise Invalid(FieldError("days_before", "unknown_day", _("选一下哪天提醒您")))
    choice, _created = ReminderChoice.objects.update_or_create(
        application=case, defaults={"days_before": sorted(set(days_before), reverse=True), "chosen_at": at}
    )
    return choice


def _remind_of(case: Application, *, today: date, at: datetime) -> None:
    assert case.loan is not None
    plan = list(case.loan.instalments.all())
    newest = max(one.edition for one in plan)
    coming = [one for one in plan if one.edition == newest and today <= one.due_on <= today + _LONGEST]
    for instalment in coming:
        left = (instalment.due_on - today).days
        step = min(days for days in DAYS_BEFORE if left <= days)
        if step in _wanted(case):
            once = f"reminder:{case.number}:{instalment.due_on.isoformat()}:{step}"
            text = _text(case, instalment, today=today)
            send_to_her(case, kind="reminder", text=text, once=once, at=at)


def _wanted(case: Application) -> Sequence[int]:
    return case.reminder_choice.days_before if hasattr(case, "reminder_choice") else DAYS_BEFORE


def _text(case: Application, instalment: Instalment, *, today: date) -> str:
    """What has to be on her card. Who repaid some principal early owes less interest than the plan says."""
    assert case.loan is not None
    position = servicing.position(case.loan, on=today)
    planned_fen = sum(one.principal_fen for one in case.loan.instalments.all() if one.due_on <= today)
    names = {
        "day": day(instalment.due_on),
        "yuan": format_yuan(instalment.due_from_her_fen),
        "number": case.number,
    }
    with override("zh-hans"):
        if position.principal_paid_fen > planned_fen:
            return _("%(day)s扣款，不到 %(yuan)s 元，以农信扣的为准，卡里先存好。编号 %(number)s。") % names
        if instalment.due_on == today:
            return _("今天扣款，卡里要有 %(yuan)s 元。编号 %(number)s。") % names
        return _("%(day)s扣款，前一天卡里要有 %(yuan)s 元。不想收提醒，在“我的贷款”里关。编号 %(number)s。") % names
