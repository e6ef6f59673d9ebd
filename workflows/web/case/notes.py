"""The notes of a case, as colleagues read them."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.web.parts import Entry
from workflows import notes
from workflows.models import Application


def notes_of(application: Application, *, user: User) -> list[Entry]:
    """Those that she may read, newest first."""
    return [
        Entry(one.written_at, one.words, _("%(who)s（%(office)s）") % _names(one.written_by, one.organisation))
        for one in notes.read_by(application, user)
    ]


def _names(who: object, office: object) -> dict[str, object]:
    return {"who": who, "office": office}
