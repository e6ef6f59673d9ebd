"""Signing in by phone."""

from django.urls import URLPattern, URLResolver, path

from applicants.web.sign_in import ask_code, ask_last_four, ask_phone

urlpatterns: list[URLPattern | URLResolver] = [
    path("login", ask_phone, name="login"),
    path("login/code", ask_code, name="login_code"),
    path("login/person/<int:applicant_id>", ask_last_four, name="login_person"),
]
