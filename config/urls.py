"""Every address. Each app names its own pages; nothing else is decided here."""

from django.urls import URLPattern, URLResolver, include, path

from accounts.models import User
from accounts.web.administration import office_admin
from applicants.web.staff import StaffAdmin

office_admin.register(User, StaffAdmin)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("applicants.urls")),
    path("", include("loans.urls")),
    path("", include("workflows.urls")),
    path("", include("reports.urls")),
    path("", include("accounts.urls")),
    path("", include("records.urls")),
    path("api/v1/", include("config.api_urls")),
    path("admin/", office_admin.urls),
]
