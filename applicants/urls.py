"""Signing in by phone, and asking to be called."""

from django.urls import URLPattern, URLResolver, path

from applicants.web.call_backs import call_back, call_back_done, call_move, calls
from applicants.web.sign_in import ask_code, ask_last_four, ask_phone

urlpatterns: list[URLPattern | URLResolver] = [
    path("login", ask_phone, name="login"),
    path("login/code", ask_code, name="login_code"),
    path("login/person/<int:applicant_id>", ask_last_four, name="login_person"),
    path("call-back", call_back, name="call_back"),
    path("call-back/done", call_back_done, name="call_back_done"),
    path("work/calls", calls, name="calls"),
    path("work/calls/<int:call_id>/<slug:move>", call_move, name="call_move"),
]
