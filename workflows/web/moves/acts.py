"""What can be done with a case from its page: what it is called, what it asks for, and the action that it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from accounts.models import User
from workflows.models import Application
from workflows.web.forms.moves import MoveForm

# The case, what was sent (None on a fresh page), and the day.
FormMaker = Callable[[Application, Any, date], MoveForm]
# The case, the valid form, who, when. It makes one call.
Action = Callable[[Application, Any, User, datetime], object]
# What its template shows beside the form: what is known of the case, and what somebody looks at before she sends it.
Beside = Callable[[Application], dict[str, Any]]
Preview = Callable[[Application, Any], dict[str, Any]]

FIELDS = "workflows/case/acts/fields.html"


def nothing_beside(_application: Application) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Act:
    """One thing to do. `hint` is read before it is done, `done` after it; `is_no` ends the case or holds it up."""

    name: str
    label: Promise | str
    form: FormMaker
    do: Action
    done: Promise | str
    hint: Promise | str = ""
    template: str = FIELDS
    is_no: bool = False
    page: str = "case_move"  # the name of the address where it is done
    beside: Beside = nothing_beside
    preview: Preview | None = None

    def url_of(self, application: Application) -> str:
        names = [application.number, self.name] if self.page == "case_move" else [application.number]
        return reverse(self.page, args=names)


def bare(application: Application, sent: Any, _today: date) -> MoveForm:
    """A form that carries nothing but the version."""
    return MoveForm(sent, initial=seen(application))


def seen(application: Application) -> dict[str, Any]:
    """The version that the page shows."""
    return {"version": application.version}
