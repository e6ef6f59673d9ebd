"""关于您: name, ID number, home. A number that isn't a woman's leads to a page that explains, and keeps nothing."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Region, User
from accounts.models.region import RegionLevel
from accounts.permissions import live_memberships
from applicants.identity import ResidentId
from applicants.models import Applicant, Phone
from applicants.profiles import person_of, save_person
from applicants.web.recognised import remember
from workflows.models import Application
from workflows.web.apply import steps
from workflows.web.apply.question import QuestionPage
from workflows.web.forms.person import CHOOSE_TOWN, PersonForm

TOLD: Final = ("full_name", "id_no", "village", "address")


class PersonPage(QuestionPage):
    step = steps.PERSONAL
    templates = {"village": "workflows/apply/village.html"}
    redrawing = (CHOOSE_TOWN,)

    def whole_form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        villages = self._villages() if "village" in self.question.fields else []
        return PersonForm(self.case.applicant, villages, data, typed=typed)

    def kept(self, form: forms.Form) -> HttpResponse:
        id_no: ResidentId | None = form.cleaned_data.get("id_no")
        if id_no is not None and self.case.policy.requires_woman and not id_no.is_female:
            return not_a_woman(self.request)
        response = super().kept(form)
        if response.status_code == 302 and id_no is not None and not self.is_by_helper:
            remember(self.request, self.case.applicant)
        return response

    def write(self, draft: Application, form: forms.Form, at: datetime) -> None:
        her = draft.applicant
        # An ID number that is kept may be left out.
        told = {name: given for name, given in form.cleaned_data.items() if name in TOLD and given is not None}
        save_person(her, replace(person_of(her), mobile=her.mobile or _mobile_of(her), **told))

    def context(self, form: forms.Form) -> dict[str, Any]:
        applicant = self.case.applicant
        return {"mobile": applicant.masked_mobile or mobile_shown(applicant) if "address" in form.fields else ""}

    def _villages(self) -> list[Region]:
        villages = villages_in_use()
        if self.is_by_helper:
            villages = [one for one in villages if _is_helped_in(self.user, one)]
        return villages


def villages_in_use() -> list[Region]:
    """The villages of today, in the order of their codes, with their towns."""
    villages = Region.objects.filter(level=RegionLevel.VILLAGE, valid_to__isnull=True)
    return list(villages.select_related("parent").order_by("code"))


def not_a_woman(request: HttpRequest) -> HttpResponse:
    return render(request, "workflows/apply/not_a_woman.html", status=422)


def _is_helped_in(helper: User, village: Region) -> bool:
    return any(one.grants("fill_for_her") and one.covers(village) for one in live_memberships(helper))


def _mobile_of(applicant: Applicant) -> str:
    """The phone that she signs in by; nobody is asked twice."""
    phone = Phone.objects.filter(user=applicant.user_id).first()
    return phone.mobile if phone else ""


def mobile_shown(applicant: Applicant) -> str:
    phone = Phone.objects.filter(user=applicant.user_id).first()
    return str(phone) if phone else ""
