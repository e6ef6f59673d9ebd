"""What stands between every request and its page: who is asked to sign in where, what is kept, how refusals look."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.http.response import HttpResponseRedirectBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import reverse

from records.refusals import Refusal

GetResponse = Callable[[HttpRequest], HttpResponse]

# Whoever comes to one of these without being signed in applies, and signs in by phone; everybody else is staff.
HER_ADDRESSES = ("/apply", "/my", "/login")


class SignInFirst(LoginRequiredMiddleware):
    """Closed by default: a page is open only where it says so. Staff and applicants have doors of their own."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        door = settings.LOGIN_URL if request.path.startswith(HER_ADDRESSES) else "staff_login"
        return redirect_to_login(request.get_full_path(), reverse(door))


class NothingKept:
    """What was shown to somebody who is signed in is kept by no cache, and not by the back button of a shared phone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response


class RefusalPages:
    """A refusal that no page has shown by itself becomes a page that says what to do, under its own status."""

    TEMPLATES = {403: "403.html", 409: "409.html", 503: "503.html"}

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        template = self.TEMPLATES.get(exception.status, "409.html")
        return render(request, template, {"reason": str(exception)}, status=exception.status)


class SmallPages(GZipMiddleware):
    """Pages cross a slow line compressed; pictures and files are small already.

    A length that tells what a page holds (BREACH) is blurred twice: by random bytes in the stream, and by tokens that
    are written differently on every page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_page = response.get("Content-Type", "").startswith("text/html")
        return super().process_response(request, response) if is_page else response


class NextPageByName:
    """A form that our script sends (static/js/app.js) learns where to go on, instead of being led there unseen."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_asked = request.method == "POST" and request.headers.get("X-Sent-By") == "script"
        if not is_asked or not isinstance(response, HttpResponseRedirectBase):
            return response
        told = HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"X-Go-To": response.url})
        told.cookies = response.cookies
        return told
