"""What each move carries, under the keys that forms, Excel and errors use as well."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import User
from applicants.identity import read_account_no
from applicants.models.document import DocumentKind
from loans.api.fields import PercentField, YuanField
from loans.models.guarantee import CounterGuaranteeKind
from loans.models.loan import Method
from workflows.api.fields import IdentityField
from workflows.models.early_opinion import OpinionOutcome
from workflows.models.refusal import ReasonCode
from workflows.models.survey import Voluntary

Input = serializers.Serializer[Any]


class MoveInput(Input):
    """Every move says which version of the case it was decided on."""

    version = serializers.IntegerField(min_value=0)


class WordsInput(MoveInput):
    reason = serializers.CharField(min_length=2, max_length=200, label=_("原因"))


class OpinionInput(MoveInput):
    opinion = serializers.CharField(min_length=2, max_length=200, label=_("意见"))


class MissingItemInput(Input):
    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    why = serializers.CharField(min_length=2, max_length=100)


class MissingInput(MoveInput):
    missing = MissingItemInput(many=True, allow_empty=False, label=_("缺少的材料"))
    is_second = serializers.BooleanField(default=False)


class ReasonInput(Input):
    code = serializers.ChoiceField(choices=ReasonCode.choices)
    words = serializers.CharField(max_length=200)
    advice = serializers.CharField(max_length=200)


class ReasonsInput(MoveInput):
    reasons = serializers.ListField(child=ReasonInput(), label=_("原因"))


class VisitInput(MoveInput):
    visit_on = serializers.DateField(label=_("走访日期"))
    visitors = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(kind="staff", is_active=True), many=True
    )
    met_in_person = serializers.BooleanField()
    identity_matches = serializers.BooleanField()
    was_asked_alone = serializers.BooleanField()
    voluntary = serializers.ChoiceField(choices=Voluntary.choices)
    family_knows = serializers.BooleanField()
    business_is_real = serializers.BooleanField()
    seen = serializers.CharField(min_length=10, max_length=1000)
    suggested_amount = YuanField()


class CounterGuaranteeInput(Input):
    kind = serializers.ChoiceField(choices=CounterGuaranteeKind.choices)
    description = serializers.CharField(max_length=200)


class GuaranteeInput(OpinionInput):
    cover = YuanField()
    guarantee_no = serializers.CharField(max_length=40)
    counter_guarantees = serializers.ListField(child=CounterGuaranteeInput(), allow_empty=False)


class ApprovalInput(MoveInput):
    approved_amount = YuanField()
    rate = PercentField()
    lpr = PercentField()
    lpr_on = serializers.DateField()
    term_months = serializers.IntegerField(min_value=1, max_value=120)
    method = serializers.ChoiceField(choices=Method.choices)
    credit_result = serializers.ChoiceField(choices=OpinionOutcome.choices)
    credit_note = serializers.CharField(max_length=200, allow_blank=True, default="")
    reason = serializers.CharField(max_length=200, allow_blank=True, default="")


class SigningInput(MoveInput):
    contract_no = serializers.CharField(max_length=40)
    signed_on = serializers.DateField()
    account_no = IdentityField(read_account_no, required=False)


class PaymentInput(MoveInput):
    bank_serial = serializers.CharField(max_length=40)
    bank_loan_no = serializers.CharField(max_length=40)
    paid_on = serializers.DateField()
    amount = YuanField()
