"""The lists that somebody comes back to: kept, renamed and thrown away by herself alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from records.refusals import FieldError, Invalid
from workflows.models import SavedView
from workflows.models.saved_view import MOST

NAME_LONGEST: Final = 20
# What may be kept. Whom she looked for by name isn't, nor on which page she was.
KEPT: Final = ("tab", "town", "stage", "due", "amount", "project", "source")


@transaction.atomic
def save(user: User, *, name: str, conditions: Mapping[str, str], at: datetime) -> SavedView:
    """Keep them; what isn't in KEPT is left out. Raises Invalid: no name, used twice, no place left."""
    called = _checked(user, name)
    taken = set(user.saved_views.values_list("place", flat=True))
    free = next((place for place in range(1, MOST + 1) if place not in taken), None)
    if free is None:
        raise Invalid(FieldError("name", "too_many", _("最多存 12 个，先删一个。"), limits={"max": MOST}))
    query = urlencode({key: conditions[key] for key in KEPT if conditions.get(key)})
    try:
        with transaction.atomic():
            return SavedView.objects.create(user=user, place=free, name=called, query=query, saved_at=at)
    except IntegrityError as error:  # another tab of hers was quicker
        raise _used_twice() from error


@transaction.atomic
def rename(view: SavedView, *, name: str) -> SavedView:
    """Raises Invalid."""
    view.name = _checked(view.user, name, but=view)
    view.save(update_fields=["name"])
    return view


def _checked(user: User, name: str, *, but: SavedView | None = None) -> str:
    called = " ".join(name.split())
    if not 0 < len(called) <= NAME_LONGEST:
        raise Invalid(FieldError("name", "name_length", _("起个名字，最多 20 个字"), limits={"max": NAME_LONGEST}))
    others = user.saved_views.exclude(pk=but.pk) if but else user.saved_views.all()
    if others.filter(name=called).exists():
        raise _used_twice()
    return called


def _used_twice() -> Invalid:
    return Invalid(FieldError("name", "name_used", _("这个名字用过了，换一个")))
