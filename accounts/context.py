"""What every page is told besides its own subject: how she wants it to look, and whose office this is."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark")
SIZES = ("elder",)
KEYS = ("off",)


@dataclass(frozen=True)
class Look:
    """A reader's own choice. An empty theme follows her device; an empty size is the ordinary one."""

    theme: str = ""
    size: str = ""
    keys: str = ""  # shortcuts work unless they are "off"


@dataclass(frozen=True)
class Office:
    """Who runs the service, as printed on every page; `is_demo` where all of it is made up."""

    name: str
    help_phone: str
    complaint_phone: str
    staff_phone: str
    is_demo: bool


def look(request: HttpRequest) -> dict[str, object]:
    """Context processor; a cookie that says anything unknown counts as no choice."""
    allowed = {"theme": THEMES, "size": SIZES, "keys": KEYS}
    chosen = {name: request.COOKIES.get(name, "") for name in allowed}
    return {"look": Look(**{name: value for name, value in chosen.items() if value in allowed[name]})}


def office() -> Office:
    """From the settings, so that an error page can be drawn without request or database."""
    return Office(
        name=settings.OFFICE_NAME,
        help_phone=settings.OFFICE_HELP_PHONE,
        complaint_phone=settings.OFFICE_COMPLAINT_PHONE,
        staff_phone=settings.OFFICE_STAFF_PHONE,
        is_demo=settings.DEMO,
    )
