"""超期说明: the office that holds a late case says why, and by when it will be done; she is told the new day."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.calendars import calendar_in_force
from accounts.models import User
from accounts.permissions import may
from records import engine
from records.refusals import FieldError, Invalid, NotPermitted, Refusal
from workflows import deadlines, delays, separation
from workflows.answers import answer_sentence
from workflows.assigning import caseworkers_of, current_assignment, hand_over
from workflows.models import Application, DelayAccount
from workflows.models.delay import DelayReason
from workflows.notices import send_to_her
from workflows.sight import place_of

SHORTEST: Final = 4
LONGEST: Final = 200
MOST_WORKING_DAYS: Final = 10


class NothingToExplain(Refusal):
    code = "nothing_to_explain"
    message = gettext_lazy("这件没有超期，或者已经写明了。")


@transaction.atomic
def explain(
    application: Application, *, reason: DelayReason, words: str, new_on: date, by: User, at: datetime
) -> DelayAccount:
    """Write down why a day was broken and the new one, a working day within ten; tell her.

    Whoever writes it has the case from then on, where nobody had taken it: she is told a name.
    Raises NotPermitted, NothingToExplain, Invalid.
    """
    locked = engine.lock(application)
    today, calendar = timezone.localdate(at), calendar_in_force()
    if not may(by, "explain_delay", place_of(locked, "explain_delay")):
        raise NotPermitted
    clocks = deadlines.read(locked, today=today, calendar=calendar)
    broken_on = delays.owed_since(locked, clocks, today=today)
    current = current_assignment(locked)
    if broken_on is None or current is None:
        raise NothingToExplain
    text = words.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        limits: dict[str, object] = {"min": SHORTEST, "max": LONGEST}
        raise Invalid(FieldError("words", "words_length", _("写清楚为什么晚了，至少 4 个字"), limits=limits))
    latest = calendar.nth_working_day_after(today, MOST_WORKING_DAYS)
    if not (today < new_on <= latest and calendar.is_working(new_on)):
        limits = {"min": today.isoformat(), "max": latest.isoformat()}
        message = _("新的日子选以后的工作日，最多 10 个工作日")
        raise Invalid(FieldError("new_on", "new_day_out_of_range", message, limits=limits))
    given = DelayAccount.objects.create(
        application=locked,
        broken_on=broken_on,
        organisation=current.organisation,
        reason=reason,
        words=text,
        new_on=new_on,
        given_by=by,
        given_at=at,
        given_on=today,
    )
    if current.owner_id is None and _can_take(locked, by):
        hand_over(current, owner=by, by=by, at=at)
    _tell_her(given, at=at)
    return given


def _can_take(application: Application, by: User) -> bool:
    current = current_assignment(application)
    assert current is not None
    is_colleague = caseworkers_of(current.organisation).filter(user=by).exists()
    return is_colleague and bool(separation.free_of(application, "assign", [by]))


def _tell_her(given: DelayAccount, *, at: datetime) -> None:
    """The sentence of her page, which names the new day and whom to ring, in Chinese."""
    today = timezone.localdate(at)
    # Read anew: what was locked doesn't know of the account, nor of who has taken the case.
    application = Application.objects.with_places().get(pk=given.application_id)
    clocks = deadlines.read(application, today=today, calendar=calendar_in_force())
    with override("zh-hans"):
        text = answer_sentence(application, clocks, today=today)
    once = f"{application.number}:delay:{given.broken_on}"
    send_to_her(application, kind="new_day", text=text, once=once, at=at)
