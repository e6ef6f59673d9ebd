"""The fixed steps from her application to the money, and where on the way the case is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.web.parts import Step
from workflows.deadlines import CaseClock
from workflows.models import Application
from workflows.models.pause import PauseReason
from workflows.pausing import ASKED_FOR
from workflows.states import FINAL, State
from workflows.wording import day


@dataclass(frozen=True)
class Place:
    """One step: the moves that finish it, and what goes on while the case is there."""

    label: Promise | str
    finished_by: tuple[str, ...]
    note: Promise | str


HAND_IN = Place(gettext_lazy("交申请"), ("submit", "confirm"), gettext_lazy("还没交上去。"))
SURVEY = Place(gettext_lazy("走访调查"), ("record_survey",), gettext_lazy("镇妇联先打电话，再到家里看看。"))
ELIGIBILITY = Place(gettext_lazy("资格审查"), ("recommend",), gettext_lazy("市妇联在看条件符不符合。"))
GUARANTEE = Place(gettext_lazy("担保审批"), ("guarantee",), gettext_lazy("担保公司在看能不能担保。"))
BANK = Place(gettext_lazy("银行审批"), ("approve_loan",), gettext_lazy("农信在看您的征信和用款计划。"))
SIGNATURE = Place(gettext_lazy("签字"), ("sign",), gettext_lazy("等您来签字。"))
MONEY = Place(gettext_lazy("到账"), ("disburse",), gettext_lazy("农信正在打款。"))
WAY: Final = (HAND_IN, SURVEY, ELIGIBILITY, GUARANTEE, BANK, SIGNATURE, MONEY)

PLACE_OF: Final[Mapping[str, Place]] = {
    State.DRAFT: HAND_IN,
    State.AWAITING_CONSENT: HAND_IN,
    State.SUBMITTED: SURVEY,
    State.WAITLISTED: SURVEY,
    State.SURVEY: SURVEY,
    State.ELIGIBILITY: ELIGIBILITY,
    State.PUBLICITY: ELIGIBILITY,
    State.GUARANTEE: GUARANTEE,
    State.DISBURSEMENT: BANK,
    State.TERMS_OFFERED: BANK,
    State.SIGNING: SIGNATURE,
    State.PAYOUT: MONEY,
}
# Where the case waits for something, and for what.
_WAITS_FOR: Final[Mapping[str, Promise | str]] = {
    State.WAITLISTED: gettext_lazy("排队等额度，有额度马上接着办。"),
    State.SUPPLEMENT: gettext_lazy("等您补材料，这几天不算在时限里。"),
    State.PUBLICITY: gettext_lazy("推荐名单在公示，公示完接着办。"),
    State.TERMS_OFFERED: gettext_lazy("等您看新条件行不行。"),
    State.SIGNING: gettext_lazy("等您来签字。"),
    State.FROZEN: gettext_lazy("先停下，等核实。"),
}
_LOOKS_FIRST: Final = gettext_lazy("镇妇联先看材料齐不齐。")


def steps_of(application: Application, clocks: CaseClock) -> list[Step]:
    """The tracker; empty for a case that came to its end without the money."""
    if application.state in FINAL and application.state != State.DISBURSED:
        return []
    way = [place for place in WAY if place is not GUARANTEE or application.policy.has_guarantor_stage]
    here = _place_of(application)
    reached = way.index(here) if here else len(way)
    finished = _finished_on(application)
    done = [Step(str(place.label), "done", when=finished.get(place, "")) for place in way[:reached]]
    waiting = [Step(str(place.label), "wait") for place in way[reached + 1 :]]
    return [*done, *([_current(application, here, clocks)] if here else []), *waiting]


def _place_of(application: Application) -> Place | None:
    """None once the money has arrived."""
    state = application.state
    if state == State.FROZEN:
        state = application.frozen_from
    if state == State.SUPPLEMENT:
        state = application.resume_state
    return PLACE_OF.get(state)


def _finished_on(application: Application) -> dict[Place, str]:
    """The day on which each step was finished, the last time."""
    return {
        place: day(timezone.localdate(row.at))
        for row in application.log.all()
        for place in WAY
        if row.move in place.finished_by
    }


def _current(application: Application, place: Place, clocks: CaseClock) -> Step:
    promise = clocks.promise
    if promise is not None and promise.pause_reason in ASKED_FOR:
        return Step(str(place.label), "hold", _("先停下"), str(PauseReason(promise.pause_reason).label))
    if application.state in _WAITS_FOR:
        return Step(str(place.label), "hold", _("先停下"), str(_WAITS_FOR[application.state]))
    note = _LOOKS_FIRST if application.state == State.SUBMITTED else place.note
    return Step(str(place.label), "now", _until(clocks), str(note))


def _until(clocks: CaseClock) -> str:
    """「10 月 12 日前」, or how late it is."""
    if clocks.promise is not None and clocks.promise.is_breached:
        days = clocks.promise.days_over
        return ngettext("晚了 %(days)d 天", "晚了 %(days)d 天", days) % {"days": days}
    stage = clocks.stage
    if stage is None or stage.reading.due_on is None or stage.reading.is_breached:
        return ""
    return _("%(day)s前") % {"day": day(stage.reading.due_on)}
