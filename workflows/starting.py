"""Where she begins: the draft that she has open, or a new one for a woman behind this phone."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from applicants.profiles import start_applicant
from workflows.models import Application
from workflows.stages import intake
from workflows.states import State


@transaction.atomic
def open_draft(user: User, *, at: datetime) -> Application:
    """The newest draft behind this phone that she fills in herself, or a new draft of a new woman."""
    # Two first visits at once, as a browser makes them, begin one draft.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    drafts = Application.objects.filter(applicant__user=user, state=State.DRAFT, filled_by=user)
    draft = drafts.with_places().order_by("-pk").first()
    return draft or intake.start(start_applicant(user, at=at), by=user, at=at)


@transaction.atomic
def another_draft(user: User, *, at: datetime) -> Application:
    """A new draft of another woman behind this phone; one of whom nothing was told yet serves again."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    begun = Application.objects.filter(applicant__user=user, state=State.DRAFT, filled_by=user, amount_fen=None)
    untouched = begun.filter(applicant__full_name="", applicant__id_index="").order_by("-pk").first()
    return untouched or intake.start(start_applicant(user, at=at), by=user, at=at)
