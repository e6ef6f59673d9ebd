"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from loans.web.calc import calc
from loans.web.check import check
from loans.web.guide import guide

urlpatterns: list[URLPattern | URLResolver] = [
    path("guide", guide, name="guide"),
    path("check", check, name="check"),
    path("check/<slug:step>", check, name="check_step"),
    path("calc", calc, name="calc"),
]
