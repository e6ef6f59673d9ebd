"""The front of the office, and its reports."""

from django.urls import URLPattern, URLResolver, path

from reports.web.about import accessibility, privacy
from reports.web.audit import admin_office, audit_export
from reports.web.equity import equity, equity_sheet
from reports.web.home import home
from reports.web.merit import merit, merit_sheet, merit_visits
from reports.web.merit_targets import merit_targets
from reports.web.picture import report
from reports.web.picture_list import report_list
from reports.web.reached_list import reached_list
from reports.web.registers import registers
from reports.web.supervision import supervision
from reports.web.time_limits import time_limits, time_limits_file

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("privacy", privacy, name="privacy"),
    path("accessibility", accessibility, name="accessibility"),
    path("report", report, name="report"),
    path("report/equity", equity, name="equity"),
    path("report/equity.xlsx", equity_sheet, name="equity_sheet"),
    path("report/merit", merit, name="merit"),
    path("report/merit.xlsx", merit_sheet, name="merit_sheet"),
    path("report/merit/visits", merit_visits, name="merit_visits"),
    path("report/merit/targets", merit_targets, name="merit_targets"),
    path("report/reached/<slug:reached>", reached_list, name="reached_list"),
    path("report/supervision", supervision, name="supervision"),
    path("report/<slug:figure>", report_list, name="report_list"),
    path("work/time-limits", time_limits, name="time_limits"),
    path("work/time-limits.xlsx", time_limits_file, name="time_limits_file"),
    path("work/registers", registers, name="registers"),
    path("admin-office", admin_office, name="admin_office"),
    path("admin-office/export", audit_export, name="audit_export"),
]
