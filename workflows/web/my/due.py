"""The box below the answer: until when, how the clock stands, and who has the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.calendars import calendar_in_force
from loans.models.policy import PromiseStart
from records.clock import Reading
from workflows import expiry, waiting_line
from workflows.answers import promised_anew_on
from workflows.assigning import current_assignment
from workflows.deadlines import CaseClock
from workflows.models import Application
from workflows.states import FINAL, PAUSED, State
from workflows.web.case.clock_words import pause_words
from workflows.web.my.calls import Call, city_federation, holder_of_case
from workflows.wording import day


@dataclass(frozen=True)
class DueBox:
    """What the box says. `on` is the day that it is about, `headline` what stands there instead of a day."""

    label: str
    on: date | None = None
    headline: str = ""
    tone: Literal["", "paused", "sorry"] = ""
    reading: Reading | None = None
    pause_words: str = ""
    notes: Sequence[str] = ()
    calls: Sequence[Call] = ()


def due_box(application: Application, clocks: CaseClock, *, today: date) -> DueBox | None:
    """None where there is nothing to wait for any more."""
    promise = clocks.promise
    if application.state in FINAL:
        return _arrived(application, promise)
    if promise is None:
        return _before_the_promise(application, clocks)
    if promise.is_paused or application.state in PAUSED:
        return _paused(application, promise)
    if promise.is_breached:
        return _late(application, clocks, today=today)
    return DueBox(
        label=_("最晚到账"),
        on=promise.due_on,
        reading=promise,
        notes=[_counted_since(application, promise, today=today), *_may_move(promise)],
        calls=holder_of_case(application, role=_("现在谁在办")),
    )


def _arrived(application: Application, promise: Reading | None) -> DueBox | None:
    if application.state != State.DISBURSED or application.loan is None:
        return None
    return DueBox(label=_("到账那天"), on=application.loan.disbursed_on, reading=promise)


def _before_the_promise(application: Application, clocks: CaseClock) -> DueBox | None:
    if application.state == State.FROZEN:
        return DueBox(_("先停下来"), headline=_("等核实"), tone="paused", calls=_holder(application))
    if application.state == State.WAITLISTED:
        place = waiting_line.place_of(application)
        last_day = day(expiry.last_day_of(application, calendar=calendar_in_force()))
        return DueBox(
            label=_("您排在"),
            headline=_("第 %(place)s 位") % {"place": place},
            notes=[_("按先后来，只会往前。%(day)s还没排到就先停，可以再申请。") % {"day": last_day}],
            calls=_holder(application),
        )
    if application.state == State.AWAITING_CONSENT:
        ends_on = timezone.localdate(expiry.lapses_at(application, calendar=calendar_in_force()))
        return DueBox(_("短信里的链接，用到"), on=ends_on, calls=_helper(application))
    if application.state == State.DRAFT:
        kept_until = expiry.last_day_of(application, calendar=calendar_in_force())
        return DueBox(_("填到一半的，给您留到"), on=kept_until)
    days = application.policy.promise_days
    return DueBox(
        label=_("最晚哪天看完材料") if application.state == State.SUBMITTED else _("这一步最晚"),
        on=clocks.stage.reading.due_on if clocks.stage else None,
        notes=[_("受理以后，%(days)s 个工作日办完。") % {"days": days}],
        calls=_holder(application),
    )


def _paused(application: Application, promise: Reading) -> DueBox:
    since = [pause.started_on for pause in application.pauses.all() if pause.ended_on is None]
    left = ngettext("还剩 %(days)d 个工作日", "还剩 %(days)d 个工作日", promise.left) % {"days": promise.left}
    notes = [_("%(day)s起暂停，完了接着算，到时告诉您新的日子。") % {"day": day(min(since))}] if since else []
    is_hers = application.state == State.SUPPLEMENT
    return DueBox(
        label=_("时间先停下来"),
        headline=left if promise.left > 0 else _("先停着"),
        tone="paused",
        reading=promise,
        pause_words=pause_words(promise),
        notes=notes,
        calls=holder_of_case(application, role=_("材料由谁收") if is_hers else _("现在谁在办")),
    )


def _late(application: Application, clocks: CaseClock, *, today: date) -> DueBox:
    assignment = current_assignment(application)
    stuck = _("现在卡在%(office)s，已经报市妇联盯着办。")
    return DueBox(
        label=_("新的日子"),
        on=promised_anew_on(application, clocks, today=today),
        tone="sorry",
        reading=clocks.promise,
        notes=[stuck % {"office": assignment.organisation.short_name}] if assignment else [],
        calls=[*holder_of_case(application, role=_("现在谁负责")), city_federation(application)],
    )


def _counted_since(application: Application, promise: Reading, *, today: date) -> str:
    words = {"day": day(promise.started_on), "place": _place_of(today, promise)}
    if application.policy.promise_start == PromiseStart.CITY_RECOMMEND:
        since = _("从 %(day)s推荐起算%(place)s。")
    else:
        since = _("从 %(day)s受理起算%(place)s。")
    return since % words


def _place_of(today: date, promise: Reading) -> str:
    """「，今天第 5 天」 on a day that counts."""
    if today not in promise.counted:
        return ""
    return _("，今天第 %(place)s 天") % {"place": promise.counted.index(today) + 1}


def _may_move(promise: Reading) -> list[str]:
    return [_("明年的放假安排还没公布，日子可能动一两天。")] if promise.provisional else []


def _holder(application: Application) -> list[Call]:
    return holder_of_case(application, role=_("现在谁在看"))


def _helper(application: Application) -> list[Call]:
    helper = application.filled_by
    return [Call(_("谁替您填的"), helper.name, helper.phone)]
