"""Visits after the money in words: for the list, the case, and her own page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.web.parts import Fact
from workflows.follow_up_plan import Occasion
from workflows.models import Application, FollowUp
from workflows.models.follow_up import Need, Risk
from workflows.wording import day

OCCASIONS: Final[Mapping[Occasion, Promise | str]] = {
    Occasion.FIRST_MONTH: gettext_lazy("放款满 1 个月"),
    Occasion.QUARTER: gettext_lazy("每季一次"),
    Occasion.BEFORE_MATURITY: gettext_lazy("到期前 30 天"),
}


@dataclass(frozen=True)
class Visited:
    """One visit on the case. `correct_url` is "" where this person doesn't record it."""

    title: str
    facts: list[Fact]
    warning: str
    photo_url: str
    correct_url: str
    is_corrected: bool


@dataclass(frozen=True)
class VisitOfHers:
    """One visit as she reads it: when, who came, what help was promised."""

    on: date
    who: str
    promised: str


def occasion_of(occasion: Occasion) -> str:
    return str(OCCASIONS[occasion])


def follow_ups_of(application: Application, *, user: User) -> list[Visited]:
    """Every row, also those that were corrected, newest first."""
    rows = application.follow_ups.select_related("recorded_by", "prepared_by", "corrected_by").order_by("-pk")
    may_record = application.authority_of(user, "follow_up") is not None
    return [_visited(row, application, may_record=may_record) for row in rows]


def follow_ups_of_hers(application: Application) -> list[VisitOfHers]:
    rows = FollowUp.objects.standing().filter(application=application).order_by("-visited_on", "-pk")
    return [VisitOfHers(row.visited_on, row.visitors, row.promised) for row in rows]


def needs_of(visit: FollowUp) -> str:
    return _("、").join(str(Need(one).label) for one in visit.needs)


def _visited(row: FollowUp, application: Application, *, may_record: bool) -> Visited:
    is_corrected = hasattr(row, "corrected_by")
    jobs = _("%(jobs)s 人，其中妇女 %(women)s 人") % {"jobs": row.jobs, "women": row.jobs_women}
    why = _("%(risk)s：%(why)s") % {"risk": row.get_risk_display(), "why": row.risk_why}
    who = _("%(who)s（%(helper)s 问的）") % {"who": row.recorded_by, "helper": row.prepared_by}
    facts = [
        Fact(_("经营"), str(row.get_going_display())),
        Fact(_("钱用在"), str(row.get_money_use_display())),
        Fact(_("带动"), jobs),
        Fact(_("需要"), needs_of(row) or _("没有")),
        Fact(_("答应帮"), row.promised or _("没有")),
        Fact(_("风险"), why if row.risk_why else str(row.get_risk_display())),
        Fact(_("谁记的"), who if row.prepared_by else str(row.recorded_by)),
    ]
    address = reverse("follow_up", args=[application.number])
    return Visited(
        title=_("%(day)s · %(visitors)s") % {"day": day(row.visited_on), "visitors": row.visitors},
        facts=facts,
        warning=_("风险高") if row.risk == Risk.HIGH and not is_corrected else "",
        photo_url=reverse("follow_up_photo", args=[application.number, row.pk]) if row.photo_id else "",
        correct_url=f"{address}?corrects={row.pk}" if may_record and not is_corrected else "",
        is_corrected=is_corrected,
    )
