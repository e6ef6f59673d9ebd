"""A no: the reasons in their order, each with what she can do; whom she can ask, and until when she can appeal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from loans.rule_advice import OTHER_HELP
from workflows.deadlines import office_of
from workflows.models import Application, DeclineReason
from workflows.states import State
from workflows.web.my.calls import Call, call, city_federation


@dataclass(frozen=True)
class TurnedDown:
    """`appeal_until` is None where the no isn't the federation's to change; `may_appeal` until that day is over."""

    reasons: Sequence[DeclineReason]
    asks: Call
    appeal_until: date | None
    may_appeal: bool
    appeal_to: Call
    other_help: Sequence[str]


def turned_down(application: Application, *, today: date) -> TurnedDown | None:
    if application.state != State.DECLINED:
        return None
    row = application.log.select_related("by", "acting_as__organisation").order_by("version").last()
    assert row is not None, "a declined case was moved there"
    office = row.acting_as.organisation if row.acting_as else office_of(application.town)
    # Guarantor and bank decide for themselves.
    is_ours = row.move == "decline"
    until = timezone.localdate(row.at) + timedelta(days=application.policy.appeal_calendar_days)
    return TurnedDown(
        reasons=list(application.decline_reasons.filter(version=application.version)),
        asks=call(_("有疑问，打电话问"), office, row.by),
        appeal_until=until if is_ours else None,
        may_appeal=is_ours and today <= until,
        appeal_to=city_federation(application),
        other_help=[str(words) for words in OTHER_HELP],
    )
