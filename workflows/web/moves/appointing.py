"""The bank's desk agrees with her on a time to sign, and writes down that she didn't come."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from workflows import signing_appointments
from workflows.models import Application
from workflows.web.forms.appointment import AppointmentForm
from workflows.web.moves.acts import Act, bare, seen

APPOINTMENT_TEMPLATE = "workflows/case/acts/appointment.html"


def appointments_beside(application: Application) -> dict[str, Any]:
    """What was agreed so far, newest first."""
    return {"appointments": list(application.signing_appointments.select_related("booked_by").order_by("-pk"))}


def _form(application: Application, sent: Any, _today: date) -> AppointmentForm:
    return AppointmentForm(sent, application=application, initial=seen(application))


def _book(application: Application, form: Any, by: User, at: datetime) -> object:
    return signing_appointments.book(application, form.meeting(), by=by, at=at)


def _miss(application: Application, _form: Any, by: User, at: datetime) -> object:
    return signing_appointments.record_no_show(application, by=by, at=at)


ACTS = (
    Act(
        "book_signing",
        gettext_lazy("预约签约"),
        _form,
        _book,
        done=gettext_lazy("约好了，她会收到短信。"),
        hint=gettext_lazy("先打电话和她说好。约过的再约，就是改时间。"),
        template=APPOINTMENT_TEMPLATE,
        beside=appointments_beside,
    ),
    Act(
        "record_no_show",
        gettext_lazy("没来签约"),
        bare,
        _miss,
        done=gettext_lazy("记下了，短信提醒了她。"),
        hint=gettext_lazy("短信只提醒这一次。过了签约最后一天，这件就到期。"),
        template=APPOINTMENT_TEMPLATE,
        beside=appointments_beside,
    ),
)
