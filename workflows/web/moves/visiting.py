"""Writing down a visit: a page of its own, since it is filled in on a phone at her gate."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import Role
from applicants import documents
from applicants.models.document import DocumentKind
from workflows.deadlines import office_of
from workflows.models import Application
from workflows.stages import survey
from workflows.web.forms.visit import VisitForm
from workflows.web.moves.acts import Act, seen
from workflows.wording import MOVES

VISITING_ROLES = (Role.TOWN_REVIEWER, Role.CITY_REVIEWER)


def visit_form(application: Application, sent: Any, today: date) -> VisitForm:
    initial = {"visit_on": today, "suggested_amount": application.amount_fen}
    return VisitForm(sent, colleagues=_colleagues(application), initial=initial | seen(application))


def _colleagues(application: Application) -> list[User]:
    """Who goes on visits in this town: its own people first, then those of the city."""
    offices = [office_of(application.town), office_of(application.city)]
    members = Membership.objects.live().filter(organisation__in=offices, role__in=VISITING_ROLES)
    in_order = sorted(members.select_related("user"), key=lambda one: (one.organisation_id != offices[0].pk, one.pk))
    return list({member.user_id: member.user for member in in_order}.values())


def _record_survey(application: Application, form: Any, by: User, at: datetime) -> object:
    """The photographs first: they are among what the city looks at when it gets the case."""
    for photo in form.photos():
        documents.add_document(application.applicant, kind=DocumentKind.SITE, content=photo, by=by, at=at)
    return survey.record_survey(application, visit=form.visit(), by=by, at=at, version=form.cleaned_data["version"])


ACTS = (
    Act(
        "record_survey",
        MOVES["record_survey"],
        visit_form,
        _record_survey,
        done=_("走访记好了，交给市妇联了。"),
        page="case_visit",
    ),
)
