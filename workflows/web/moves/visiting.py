"""Writing down a visit: a page of its own, since it is filled in on a phone at her gate."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applicants import documents
from applicants.models.document import DocumentKind
from workflows import visit_appointments
from workflows.models import Application
from workflows.stages import survey
from workflows.web.forms.visit import VisitForm
from workflows.web.forms.visit_appointment import VisitAppointmentForm
from workflows.web.moves.acts import Act, bare, seen
from workflows.wording import MOVES

VISIT_TEMPLATE = "workflows/case/acts/visit_appointment.html"


def visit_form(application: Application, sent: Any, today: date) -> VisitForm:
    initial = {"visit_on": today, "suggested_amount": application.amount_fen, "visitors": _expected(application)}
    return VisitForm(sent, colleagues=visit_appointments.who_visits(application), initial=initial | seen(application))


def _expected(application: Application) -> list[int]:
    """Whom the town said that it would send."""
    booked = visit_appointments.standing(application)
    return [one.pk for one in booked.visitors.all()] if booked else []


def visits_beside(application: Application) -> dict[str, Any]:
    """What was agreed so far, newest first."""
    found = application.visit_appointments.select_related("booked_by").prefetch_related("visitors").order_by("-pk")
    return {"visits": [(one, visit_appointments.named(one.visitors.all())) for one in found]}


def _book_form(application: Application, sent: Any, _today: date) -> VisitAppointmentForm:
    colleagues = visit_appointments.who_visits(application)
    initial = {"visitors": _expected(application)} | seen(application)
    return VisitAppointmentForm(sent, colleagues=colleagues, initial=initial)


def _book(application: Application, form: Any, by: User, at: datetime) -> object:
    return visit_appointments.book(application, form.coming(), by=by, at=at)


def _cancel(application: Application, _form: Any, by: User, at: datetime) -> object:
    return visit_appointments.cancel(application, by=by, at=at)


def _record_survey(application: Application, form: Any, by: User, at: datetime) -> object:
    """The photographs first: they are among what the city looks at when it gets the case."""
    for photo in form.photos():
        documents.add_document(application.applicant, kind=DocumentKind.SITE, content=photo, by=by, at=at)
    return survey.record_survey(application, visit=form.visit(), by=by, at=at, version=form.cleaned_data["version"])


ACTS = (
    Act(
        "book_visit",
        _("约走访"),
        _book_form,
        _book,
        done=_("约好了，她会收到短信。"),
        hint=_("先打电话和她说好。约过的再约，就是改时间。"),
        template=VISIT_TEMPLATE,
        beside=visits_beside,
    ),
    Act(
        "cancel_visit",
        _("取消走访"),
        bare,
        _cancel,
        done=_("取消了，短信告诉了她。"),
        hint=_("她会收到短信，知道不用等。再约要先打电话。"),
        template=VISIT_TEMPLATE,
        beside=visits_beside,
    ),
    Act(
        "record_survey",
        MOVES["record_survey"],
        visit_form,
        _record_survey,
        done=_("走访记好了，交给市妇联了。"),
        page="case_visit",
    ),
)
