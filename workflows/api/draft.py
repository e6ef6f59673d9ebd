"""A draft over HTTP: flat keys, each read as tolerantly as the form reads it, kept by the same functions."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import Region, User
from accounts.models.region import RegionLevel
from applicants import consents, profiles
from applicants.identity import (
    ResidentId,
    read_account_no,
    read_credit_code,
    read_full_name,
    read_id_no,
    read_mobile,
)
from applicants.models.applicant import MaritalStatus
from applicants.models.business import IncomeBand, ProjectType, Proof, Since
from applicants.models.consent import Recipient
from loans import rule_wording
from loans.api.fields import YesNoUnknown, YuanField
from loans.models.loan import Method
from workflows import loan_request
from workflows.api.fields import IdentityField
from workflows.api.people import PeopleInput, save_people
from workflows.models import Application
from workflows.refusals import NotAWoman

Given = dict[str, Any]
# What the field dictionary calls otherwise than the profiles.
_KEPT_AS: Final = {"public_payroll": "on_public_payroll", "started_on": "started"}


def read_her_id_no(text: str) -> ResidentId:
    return read_id_no(text, on=timezone.localdate())


class UseInput(serializers.Serializer[Any]):
    use = serializers.CharField(max_length=40)
    amount = YuanField()


class SpouseInput(serializers.Serializer[Any]):
    full_name = IdentityField(read_full_name)
    id_no = IdentityField(read_her_id_no)


class DraftInput(PeopleInput):
    """Every key may be left out; a step is kept when all of its keys are there, given now or kept before."""

    full_name = IdentityField(read_full_name, required=False)
    id_no = IdentityField(read_her_id_no, required=False)
    mobile = IdentityField(read_mobile, required=False)
    village = serializers.PrimaryKeyRelatedField(
        queryset=Region.objects.filter(level=RegionLevel.VILLAGE, valid_to__isnull=True),
        required=False,
        error_messages={"does_not_exist": _("选一下您家在哪个村")},
    )
    address = serializers.CharField(max_length=80, allow_blank=True, required=False)
    registered_in_city = YesNoUnknown(required=False)
    resides_in_city = YesNoUnknown(required=False)
    public_payroll = YesNoUnknown(required=False)
    other_loans = serializers.ListField(
        child=serializers.ChoiceField(choices=list(rule_wording.LOAN_KINDS)), required=False
    )
    has_overdue_debt = YesNoUnknown(required=False)
    marital_status = serializers.ChoiceField(choices=MaritalStatus.choices, required=False)
    spouse = SpouseInput(required=False, allow_null=True)
    project_type = serializers.ChoiceField(choices=ProjectType.choices, required=False)
    site = serializers.CharField(min_length=4, max_length=60, required=False)
    started_on = serializers.ChoiceField(choices=Since.choices, required=False)
    income_band = serializers.ChoiceField(choices=IncomeBand.choices, required=False)
    jobs = serializers.IntegerField(min_value=0, max_value=200, required=False)
    proof = serializers.ChoiceField(choices=Proof.choices, required=False)
    licence_no = IdentityField(read_credit_code, required=False)
    amount = YuanField(required=False)
    term_months = serializers.IntegerField(required=False)
    method = serializers.ChoiceField(choices=Method.choices, required=False)
    use_rows = UseInput(many=True, required=False)
    account_no = IdentityField(read_account_no, required=False)
    consents = serializers.ListField(child=serializers.ChoiceField(choices=Recipient.choices), required=False)


def save_draft(application: Application, given: Given, *, by: User, at: datetime) -> Application:
    """Keep what was given. Raises NotAWoman, Invalid, or MoveNotOpen once the case was handed in."""
    if "id_no" in given and application.policy.requires_woman and not given["id_no"].is_female:
        raise NotAWoman
    draft = loan_request.draft_of(application)
    _save_person(draft, given)
    _save_situation(draft, given)
    _save_project(draft, given)
    _save_request(draft, given)
    save_people(draft, given, at=at)
    if "account_no" in given:
        profiles.save_account(draft.applicant, account_no=given["account_no"].text, bank=draft.bank)
    recipients = [Recipient(one) for one in given.get("consents", [])]
    consents.give(draft.applicant, recipients=recipients, channel="api", by=by, at=at)
    draft.refresh_from_db()
    return draft


def _save_person(draft: Application, given: Given) -> None:
    told = _renamed(given, {"full_name", "id_no", "mobile", "village", "address"})
    if told:
        her = draft.applicant
        profiles.save_person(her, replace(profiles.person_of(her), **told))


def _save_situation(draft: Application, given: Given) -> None:
    keys = {"registered_in_city", "resides_in_city", "public_payroll", "other_loans", "has_overdue_debt"}
    told = _renamed(given, keys | {"marital_status"})
    if not told and "spouse" not in given:
        return
    her = draft.applicant
    spouse = profiles.spouse_of(her)
    if "spouse" in given:
        spouse = profiles.Spouse(**given["spouse"]) if given["spouse"] else None
    profiles.save_situation(her, replace(profiles.situation_of(her), **told), spouse=spouse)


def _save_project(draft: Application, given: Given) -> None:
    fields = {"project_type", "site", "started_on", "income_band", "jobs", "proof", "licence_no"}
    told = _renamed(given, fields)
    if told:
        profiles.save_project(draft.applicant, replace(profiles.project_of(draft.applicant), **told))


def _renamed(given: Given, keys: set[str]) -> Given:
    """Those of the keys that were given, as the profiles call them."""
    return {_KEPT_AS.get(key, key): value for key, value in given.items() if key in keys}


def _save_request(draft: Application, given: Given) -> None:
    if given.keys() & {"amount", "term_months", "method"}:
        loan_request.save_amount(
            draft,
            amount_fen=given.get("amount", draft.amount_fen),
            term_months=given.get("term_months", draft.term_months),
            method=given.get("method", draft.method),
        )
    if "use_rows" in given:
        uses = [loan_request.Use(row["use"], row["amount"]) for row in given["use_rows"]]
        loan_request.save_uses(draft, uses=uses)
