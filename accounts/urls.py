"""Signing in and out, passwords, tokens of partners' systems, and her own choices."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from oauth2_provider.views import TokenView

from accounts.web.keys import keys
from accounts.web.password import set_password
from accounts.web.preferences import set_preference
from accounts.web.second_factor import enrol
from accounts.web.sign_in import sign_in, sign_out

urlpatterns = [
    path("staff/login", sign_in, name="staff_login"),
    path("staff/second-factor", enrol, name="second_factor"),
    path("staff/password/<str:user_code>/<str:token>", set_password, name="set_password"),
    path("api/v1/token", login_not_required(TokenView.as_view()), name="api_token"),
    path("logout", sign_out, name="logout"),
    path("keys", keys, name="keys"),
    path("preferences", set_preference, name="preferences"),
]
