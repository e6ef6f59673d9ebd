"""What she worked out on the calculator before she signed in: it fills in the amount when she comes to it."""

from collections.abc import Mapping

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from loans.money import NotAnAmount
from loans.web.forms.wan import in_wan, read_wan

KEY, FIELDS = "wish", ("amount", "term_months", "method")


def keep_wish(request: HttpRequest) -> None:
    """Remember what the address brings along; what can't be read is forgotten."""
    asked = {name: request.GET[name] for name in FIELDS if request.GET.get(name)}
    if not asked:
        return
    try:
        asked["amount"] = in_wan(read_wan(asked.get("amount", "")))
    except NotAnAmount:
        asked.pop("amount", None)
    request.session[KEY] = asked


def wished(session: SessionBase) -> Mapping[str, str]:
    wish: dict[str, str] = session.get(KEY, {})
    return wish
