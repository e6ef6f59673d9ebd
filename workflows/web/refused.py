"""What a page says when an action was refused: why, and what happened meanwhile. Nothing that was typed is lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from accounts.models import User
from accounts.models.user import UserKind
from accounts.web.parts import Entry
from records.refusals import Invalid, MoveNotOpen, Refusal, Stale
from records.unit_of_work import unit_of_work
from workflows import who_can
from workflows.models import Application, Matter
from workflows.web.case.history import history_since

# Wrong input, as a page answers it; over HTTP the API answers 400.
UNPROCESSABLE = 422


class Typed(Protocol):
    """A bound form that keeps what was typed."""

    def take(self, invalid: Invalid) -> None:
        """Show what was found wrong beside the fields that it is about."""

    def renew(self, *, version: int) -> None:
        """Carry the version of the case as it is now."""


@dataclass(frozen=True)
class Refused:
    """Nothing was written. `words` are empty where the fields say it all; `is_closed`: the move isn't open any more.

    `who_can` names those who may do it instead.
    """

    status: int
    words: str = ""
    meanwhile: Sequence[Entry] = ()
    is_closed: bool = False
    who_can: str = ""


def attempt(
    act: Callable[[], object],
    *,
    form: Typed,
    application: Application,
    seen_version: int,
    by: User,
    at: datetime,
    action: str,
    matter: Matter | None = None,
) -> Refused | None:
    """Do it, all or nothing; None where it was done. The form then carries the errors, or the fresh version.

    The caller draws its page again, with the case as it is now, under the status. `matter` is what is answered.
    """
    try:
        unit_of_work(act, by=by, at=at, action=action, about=application.number)
    except Invalid as invalid:
        form.take(invalid)
        return Refused(UNPROCESSABLE)
    except Refusal as refusal:
        form.renew(version=Application.objects.values_list("version", flat=True).get(pk=application.pk))
        instead = _who_can(refusal, application, action, by=by, matter=matter)
        return explained(refusal, application=application, seen_version=seen_version, instead=instead)
    return None


def explained(refusal: Refusal, *, application: Application, seen_version: int, instead: str = "") -> Refused:
    """The refusal in words, who can act `instead`, and what others did after the version that the page showed."""
    meanwhile: list[Entry] = []
    if isinstance(refusal, (Stale, MoveNotOpen)):
        meanwhile = history_since(Application.objects.get(pk=application.pk), seen_version)
    return Refused(refusal.status, str(refusal), meanwhile, isinstance(refusal, MoveNotOpen), instead)


def _who_can(refusal: Refusal, application: Application, action: str, *, by: User, matter: Matter | None) -> str:
    """Colleagues are named to whoever works here; she and her helper have a number to ring."""
    if by.kind != UserKind.STAFF:
        return ""
    if matter is not None:
        is_about_who = isinstance(refusal, who_can.ABOUT_WHO)
        return who_can.in_words(refusal, who_can.who_can_answer(matter, besides=by)) if is_about_who else ""
    now = Application.objects.with_places().get(pk=application.pk)
    return who_can.in_words(refusal, who_can.looked_up(refusal, now, action, by=by))
