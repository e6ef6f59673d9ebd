"""Where she begins: the draft that she has open, or a new one for a woman behind this phone."""

from datetime import datetime

from accounts.models import User
from applicants.profiles import start_applicant
from workflows.models import Application
from workflows.stages import intake
from workflows.states import State


def open_draft(user: User, *, at: datetime) -> Application:
    """The newest draft behind this phone that she fills in herself, or a new draft of a new woman."""
    drafts = Application.objects.filter(applicant__user=user, state=State.DRAFT, filled_by=user)
    draft = drafts.with_places().order_by("-pk").first()
    return draft or intake.start(start_applicant(user, at=at), by=user, at=at)
