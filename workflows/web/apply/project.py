"""您的项目: what she does, where, since when, and what shows that it is hers."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms

from applicants.profiles import project_of, save_project
from workflows.models import Application
from workflows.web.apply import steps
from workflows.web.apply.question import QuestionPage
from workflows.web.forms.project import ProjectForm


class ProjectPage(QuestionPage):
    step = steps.PROJECT

    def whole_form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        return ProjectForm(self.case.applicant.business, data)

    def write(self, draft: Application, form: forms.Form, at: datetime) -> None:
        her = draft.applicant
        told: dict[str, Any] = {name: "" if given is None else given for name, given in form.cleaned_data.items()}
        save_project(her, replace(project_of(her), **told))
