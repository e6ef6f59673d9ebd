"""Which women this device has been recognised as; it is forgotten with the session."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from applicants.models import Applicant

KEY = "recognised"


def is_recognised(request: HttpRequest, applicant: Applicant) -> bool:
    """Whether she gave her ID number, or the end of it, on this device since it signed in."""
    return applicant.pk in request.session.get(KEY, [])


def remember(request: HttpRequest, applicant: Applicant) -> None:
    if not is_recognised(request, applicant):
        request.session[KEY] = [*request.session.get(KEY, []), applicant.pk]


def ask_who_she_is(request: HttpRequest, applicant: Applicant) -> HttpResponseRedirect:
    """To the page that asks for the end of her ID number, and from there back to this one."""
    query = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('login_person', args=[applicant.pk])}?{query}")
