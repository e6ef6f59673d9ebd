"""The reports of the office, its registers, and the desk of those who watch."""

from django.urls import URLPattern, URLResolver, path

from reports.web.audit import admin_office
from reports.web.picture import report
from reports.web.picture_list import report_list
from reports.web.registers import registers

urlpatterns: list[URLPattern | URLResolver] = [
    path("report", report, name="report"),
    path("report/<slug:figure>", report_list, name="report_list"),
    path("work/registers", registers, name="registers"),
    path("admin-office", admin_office, name="admin_office"),
]
