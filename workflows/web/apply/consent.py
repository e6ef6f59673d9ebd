"""同意书: to whom her papers go, why, and what happens without it. Only she herself can agree."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from applicants import consents
from applicants.models.consent import Recipient
from workflows.completeness import needed_consents
from workflows.models import Application
from workflows.web.apply import steps
from workflows.web.apply.page import StepPage
from workflows.web.forms.consent import ConsentForm


class ConsentPage(StepPage):
    step = steps.CONSENT
    template_name = "workflows/apply/consent.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.is_by_helper:
            return redirect("apply")
        return super().post(request)

    def form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        return ConsentForm(self._asked(), data)

    def write(self, draft: Application, form: forms.Form, at: datetime) -> None:
        recipients = [Recipient(name) for name in form.fields]
        consents.give(draft.applicant, recipients=recipients, channel="web", by=self.user, at=at)

    def context(self, form: forms.Form) -> dict[str, Any]:
        given = self.case.applicant.consents.live().order_by("pk")
        return {"given": [(consents.CONSENT_TEXTS[Recipient(one.recipient)], one.given_at) for one in given]}

    def _asked(self) -> list[Recipient]:
        """Whom she hasn't agreed to yet."""
        missing = consents.missing(self.case.applicant)
        return [one for one in needed_consents(self.case) if one in missing]
