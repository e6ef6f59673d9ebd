"""Stage 2: people of the town visit her at home and at her business, and write down what they saw."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.models.user import UserKind
from records.refusals import FieldError, Invalid
from workflows import casework, separation
from workflows.models import Application, SurveyReport, SurveyVisitor
from workflows.models.survey import Voluntary
from workflows.wording import money

SEEN_SHORTEST = 10


@dataclass(frozen=True)
class Visit:
    """One visit as its visitors tell it."""

    visited_on: date
    visitors: tuple[User, ...]
    met_in_person: bool
    identity_matches: bool
    was_asked_alone: bool
    voluntary: Voluntary | str
    family_knows: bool
    business_is_real: bool
    seen: str
    suggested_amount_fen: int


@transaction.atomic
def record_survey(
    application: Application, *, visit: Visit, by: User, at: datetime, version: int | None
) -> Application:
    """Keep the visit and hand the case to the city, with the findings of that day.

    Raises Invalid, and HelperConflict or Kinship also for whoever went along.
    """
    case = casework.begin(application, Application.record_survey, by=by, version=version)
    errors = list(_errors_of(visit, case, today=timezone.localdate(at)))
    if errors:
        raise Invalid(*errors)
    for visitor in visit.visitors:
        separation.check(case, "record_survey", by=visitor)
    report = SurveyReport.objects.create(
        application=case,
        visited_on=visit.visited_on,
        met_in_person=visit.met_in_person,
        identity_matches=visit.identity_matches,
        was_asked_alone=visit.was_asked_alone,
        voluntary=visit.voluntary,
        family_knows=visit.family_knows,
        business_is_real=visit.business_is_real,
        seen=visit.seen.strip(),
        suggested_amount_fen=visit.suggested_amount_fen,
        recorded_by=by,
        recorded_at=at,
    )
    SurveyVisitor.objects.bulk_create(SurveyVisitor(report=report, user=visitor) for visitor in set(visit.visitors))
    return casework.advance(case, Application.record_survey, by=by, at=at, version=None)


def _errors_of(visit: Visit, application: Application, *, today: date) -> Iterator[FieldError]:
    policy = application.policy
    if visit.visited_on > today:
        yield FieldError("visit_on", "visit_in_the_future", _("走访日期不能晚于今天"))
    if len(set(visit.visitors)) < policy.visitors_min:
        message = _("走访至少要 %(count)s 个人，都写上") % {"count": policy.visitors_min}
        yield FieldError("visitors", "too_few_visitors", message, limits={"min": policy.visitors_min})
    if any(visitor.kind != UserKind.STAFF for visitor in visit.visitors):
        yield FieldError("visitors", "visitors_are_staff", _("走访人要选工作人员"))
    if visit.voluntary not in Voluntary.values:
        yield FieldError("voluntary", "voluntary_missing", _("选一下她是不是自愿"))
    if len(visit.seen.strip()) < SEEN_SHORTEST:
        yield FieldError("seen", "seen_too_short", _("写一下看到了什么，至少 10 个字"))
    if not 0 < visit.suggested_amount_fen <= policy.amount_max_fen:
        message = _("建议金额要大于 0，不超过 %(most)s") % {"most": money(policy.amount_max_fen)}
        yield FieldError("suggested_amount", "amount_out_of_range", message)
