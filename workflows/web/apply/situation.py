"""家里情况: what the rules of eligibility ask of her and her spouse."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms

from applicants.models import HouseholdMember
from applicants.models.applicant import MaritalStatus
from applicants.models.household import Relation
from applicants.profiles import Spouse, save_situation, situation_of, spouse_of
from workflows.models import Application
from workflows.web.apply import steps
from workflows.web.apply.question import QuestionPage
from workflows.web.forms.situation import SituationForm


class SituationPage(QuestionPage):
    step = steps.AT_HOME
    templates = {"spouse": "workflows/apply/spouse.html"}

    def whole_form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        return SituationForm(self.case.applicant, _spouse_of(self.case), data, typed=typed)

    def write(self, draft: Application, form: forms.Form, at: datetime) -> None:
        her, given = draft.applicant, form.cleaned_data
        spouse = spouse_of(her)
        if "spouse_name" in given:
            id_no = given["spouse_id_no"] or (spouse.id_no if spouse else None)
            assert id_no is not None, "the form asks for it"
            save_situation(her, situation_of(her), spouse=Spouse(given["spouse_name"], id_no))
            return
        situation = replace(situation_of(her), **given)
        is_married = situation.marital_status == MaritalStatus.MARRIED
        save_situation(her, situation, spouse=spouse if is_married else None)


def _spouse_of(case: Application) -> HouseholdMember | None:
    return case.applicant.household.filter(relation=Relation.SPOUSE).first()
