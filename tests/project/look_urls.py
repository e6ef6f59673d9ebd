"""The addresses that every page leads to, answered by an empty page: enough to draw templates by themselves."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.web.preferences import set_preference


def blank(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("", blank, name="home"),
    path("guide", blank, name="guide"),
    path("privacy", blank, name="privacy"),
    path("accessibility", blank, name="accessibility"),
    path("keys", blank, name="keys"),
    path("logout", blank, name="logout"),
    path("preferences", set_preference, name="preferences"),
]
