"""Signing in and out, passwords, and her own choices."""

from django.urls import path

from accounts.web.password import set_password
from accounts.web.preferences import set_preference
from accounts.web.sign_in import sign_in, sign_out

urlpatterns = [
    path("staff/login", sign_in, name="staff_login"),
    path("staff/password/<str:user_code>/<str:token>", set_password, name="set_password"),
    path("logout", sign_out, name="logout"),
    path("preferences", set_preference, name="preferences"),
]
