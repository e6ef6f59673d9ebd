"""The visits to her home and business, newest first, as their visitors told them."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.web.parts import Fact
from workflows.models import Application, SurveyReport, SurveyVisitor
from workflows.models.survey import Voluntary
from workflows.web.forms.visit import NOT_MET
from workflows.wording import day, money


@dataclass(frozen=True)
class Visited:
    """One visit: when and by whom, what was seen; `warning` where it can't carry an approval."""

    title: str
    facts: list[Fact]
    warning: str


def visits_of(application: Application) -> list[Visited]:
    reports = application.survey_reports.prefetch_related(
        Prefetch("visitors", SurveyVisitor.objects.select_related("user"))
    ).order_by("-pk")
    return [_visited(report) for report in reports]


def _visited(report: SurveyReport) -> Visited:
    names = _("、").join(str(visitor.user) for visitor in report.visitors.all())
    return Visited(
        title=_("%(day)s · %(visitors)s") % {"day": day(report.visited_on), "visitors": names},
        facts=[
            Fact(_("见到本人"), _met(report)),
            Fact(_("自愿"), _voluntary(report)),
            Fact(_("家人"), _("知道这笔贷款") if report.family_knows else _("不知道这笔贷款")),
            Fact(_("项目"), _("真的在做，或正准备做") if report.business_is_real else _("没看到在做")),
            Fact(_("看到什么"), report.seen),
            Fact(_("建议金额"), money(report.suggested_amount_fen)),
        ],
        warning="" if report.met_in_person else str(NOT_MET),
    )


def _met(report: SurveyReport) -> str:
    if not report.met_in_person:
        return _("没见到")
    return _("见到了，人和身份证对得上") if report.identity_matches else _("见到了，人和身份证对不上")


def _voluntary(report: SurveyReport) -> str:
    asked = _("单独问过") if report.was_asked_alone else _("没有单独问过")
    return f"{Voluntary(report.voluntary).label}，{asked}"
