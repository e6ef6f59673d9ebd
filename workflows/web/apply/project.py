"""您的项目: what she does, where, since when, and what shows that it is hers."""

from datetime import datetime
from typing import Any

from django import forms

from applicants.profiles import Project, save_project
from workflows.models import Application
from workflows.web.apply import steps
from workflows.web.apply.page import StepPage
from workflows.web.forms.project import ProjectForm


class ProjectPage(StepPage):
    step = steps.PROJECT
    template_name = "workflows/apply/project.html"

    def form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        return ProjectForm(self.case.applicant.business, data)

    def write(self, draft: Application, form: forms.Form, at: datetime) -> None:
        given = form.cleaned_data
        project = Project(
            project_type=given["project_type"],
            site=given["site"],
            started=given["started"],
            income_band=given["income_band"],
            jobs=given["jobs"],
            proof=given["proof"],
            licence_no=given["licence_no"] or "",
        )
        save_project(draft.applicant, project)
