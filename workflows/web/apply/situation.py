"""家里情况: what the rules of eligibility ask of her and her spouse."""

from datetime import datetime
from typing import Any

from django import forms

from applicants.models import HouseholdMember
from applicants.models.applicant import MaritalStatus
from applicants.models.household import Relation
from applicants.profiles import Situation, Spouse, save_situation
from applicants.web.fields import read_id_no_today
from workflows.models import Application
from workflows.web.apply import steps
from workflows.web.apply.page import StepPage
from workflows.web.forms.situation import SituationForm


class SituationPage(StepPage):
    step = steps.AT_HOME
    template_name = "workflows/apply/situation.html"

    def form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        return SituationForm(self.case.applicant, _spouse_of(self.case), data, typed=typed)

    def write(self, draft: Application, form: forms.Form, at: datetime) -> None:
        given = form.cleaned_data
        situation = Situation(
            registered_in_city=given["registered_in_city"],
            resides_in_city=given["resides_in_city"],
            on_public_payroll=given["on_public_payroll"],
            other_loans=given["other_loans"],
            has_overdue_debt=given["has_overdue_debt"],
            marital_status=given["marital_status"],
        )
        save_situation(draft.applicant, situation, spouse=_spouse_given(draft, given))


def _spouse_given(draft: Application, given: dict[str, Any]) -> Spouse | None:
    """Her spouse while she is married; the ID number that is kept where none was typed."""
    if given["marital_status"] != MaritalStatus.MARRIED:
        return None
    kept = _spouse_of(draft)
    id_no = given["spouse_id_no"] or (read_id_no_today(kept.id_no) if kept else None)
    assert id_no is not None, "the form asks for it"
    return Spouse(full_name=given["spouse_name"], id_no=id_no)


def _spouse_of(case: Application) -> HouseholdMember | None:
    return case.applicant.household.filter(relation=Relation.SPOUSE).first()
