"""Her own choices, kept in cookies: colours, size of text, language and keys. No account is needed to make them."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.context import KEYS, SIZES, THEMES

A_YEAR_IN_SECONDS = 365 * 24 * 3600


@login_not_required
@require_POST
def set_preference(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen, forget what was chosen away, and go back to the page she came from."""
    response = redirect(_way_back(request))
    for name, allowed in (("theme", THEMES), ("size", SIZES), ("keys", KEYS)):
        if name in request.POST:
            _keep(response, name, request.POST[name], allowed)
    if "language" in request.POST:
        _keep(response, settings.LANGUAGE_COOKIE_NAME, request.POST["language"], _languages())
    return response


class ChosenLanguage:
    """Middleware in the place of Django's: Chinese, unless she chose otherwise by `?lang=en` or before.

    What the browser asks for isn't heeded: many a phone here came with a language that its owner can't read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        request.LANGUAGE_CODE = next((code for code in (asked, kept) if code in _languages()), settings.LANGUAGE_CODE)
        translation.activate(request.LANGUAGE_CODE)
        response = self.get_response(request)
        if asked in _languages():
            _keep(response, settings.LANGUAGE_COOKIE_NAME, asked, _languages())
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(response, ["Cookie"])
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
