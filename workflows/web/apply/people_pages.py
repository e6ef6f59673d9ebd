"""One question about the people of the application a page: the household, partners, those who vouch."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from applicants.models import Party
from applicants.models.applicant import SuretyWay
from applicants.models.party import Liability, PartyRole, SuretyKind, Tie
from applicants.parties import Partner, Surety, add_household_member, save_has_partners, save_surety_way
from workflows import people
from workflows.completeness import asks_about_partners
from workflows.models import Application
from workflows.web.apply import steps
from workflows.web.apply.page import StepPage
from workflows.web.forms.people import (
    ALONE,
    TOGETHER,
    HouseholdForm,
    PartnerForm,
    SuretyForm,
    SuretyWayForm,
    TogetherForm,
)


class PeopleQuestion(StepPage):
    """Back to the list of people, whatever was answered."""

    step = steps.OTHERS
    template_name = "workflows/apply/people_question.html"

    def frame(self) -> dict[str, Any]:
        return super().frame() | {"back_url": reverse("apply_people"), "hub_url": reverse("apply_people")}

    def onward(self) -> HttpResponse:
        return redirect("apply_people")


class HouseholdPage(PeopleQuestion):
    template_name = "workflows/apply/people_household.html"

    def form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        return HouseholdForm(data)

    def write(self, draft: Application, form: forms.Form, at: datetime) -> None:
        add_household_member(draft.applicant, **form.cleaned_data)


class TogetherPage(PeopleQuestion):
    def get(self, request: HttpRequest) -> HttpResponse:
        return super().get(request) if asks_about_partners(self.case) else self.onward()

    def form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        kept = {True: TOGETHER, False: ALONE, None: ""}[self.case.applicant.business.has_partners]
        return TogetherForm(data, initial={"together": kept})

    def write(self, draft: Application, form: forms.Form, at: datetime) -> None:
        together = form.cleaned_data["together"] == TOGETHER and asks_about_partners(draft)
        save_has_partners(draft.applicant, has_partners=together)


class SuretyWayPage(PeopleQuestion):
    def form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        return SuretyWayForm(data, initial={"surety_way": self.case.applicant.surety_way})

    def write(self, draft: Application, form: forms.Form, at: datetime) -> None:
        save_surety_way(draft.applicant, way=SuretyWay(form.cleaned_data["surety_way"]))


class PartyPage(PeopleQuestion):
    """Somebody new, or by `party` one who is kept; after a change they have to agree anew."""

    template_name = "workflows/apply/people_party.html"
    role: PartyRole
    known: Party | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.wanted: int | None = kwargs.pop("party", None)
        return super().dispatch(request, *args, **kwargs)

    def _known(self) -> Party | None:
        if self.wanted is None:
            return None
        kept = self.case.applicant.parties.filter(pk=self.wanted, role=self.role).first()
        if kept is None:
            raise Http404
        return kept

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"role": self.role, "kept": self.known}


class PartnerPage(PartyPage):
    role = PartyRole.PARTNER

    def form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        self.known = self._known()
        return PartnerForm(self.known, data)

    def write(self, draft: Application, form: forms.Form, at: datetime) -> None:
        given = form.cleaned_data
        partner = Partner(
            full_name=given["full_name"],
            id_no=given["id_no"],
            mobile=given["mobile"] or "",
            share_percent=given["share_percent"],
            liability=Liability(given["liability"]),
            on_public_payroll=given["on_public_payroll"],
        )
        people.keep_partner(draft, partner, at=at, pk=self.wanted)


class SuretyPage(PartyPage):
    role = PartyRole.GUARANTOR

    def form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        self.known = self._known()
        return SuretyForm(self.known, data)

    def write(self, draft: Application, form: forms.Form, at: datetime) -> None:
        given = form.cleaned_data
        surety = Surety(
            full_name=given["full_name"],
            id_no=given["id_no"],
            mobile=given["mobile"] or "",
            kind=SuretyKind(given["kind"]),
            tie=Tie(given["tie"]),
        )
        people.keep_surety(draft, surety, at=at, pk=self.wanted)
