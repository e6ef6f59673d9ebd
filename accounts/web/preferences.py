"""Her own choices, kept in cookies: colours, size of text and language. No account is needed to make them."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.context import SIZES, THEMES

A_YEAR_IN_SECONDS = 365 * 24 * 3600


@login_not_required
@require_POST
def set_preference(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen, forget what was chosen away, and go back to the page she came from."""
    response = redirect(_way_back(request))
    for name, allowed in (("theme", THEMES), ("size", SIZES)):
        if name in request.POST:
            _keep(response, name, request.POST[name], allowed)
    if "language" in request.POST:
        _keep(response, settings.LANGUAGE_COOKIE_NAME, request.POST["language"], _languages())
    return response


class LanguageInAddress:
    """Middleware: `?lang=en` in an address chooses the language, so that a link or a poster can carry it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        if asked not in _languages():
            return self.get_response(request)
        translation.activate(asked)
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        _keep(response, settings.LANGUAGE_COOKIE_NAME, asked, _languages())
        return response


def _languages() -> tuple[str, ...]:
    return tuple(code for code, _name in settings.LANGUAGES)


def _keep(response: HttpResponse, name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        response.delete_cookie(name, samesite="Lax")
        return
    response.set_cookie(
        name,
        value,
        max_age=A_YEAR_IN_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _way_back(request: HttpRequest) -> str:
    """The page named in the form if it is one of ours, else the front page: never another site."""
    way = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(way, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(way)
    # A language in the address would overrule the one just chosen.
    query = urlencode([pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "lang"])
    return urlunsplit(parts._replace(query=query))
