"""For everybody, nothing stored: may I apply, and what would it cost?"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from applicants.age import AGE_BANDS, BirthMonth
from applicants.identity import NotValid, read_birth_month
from applicants.models.business import ProjectType
from applicants.wording import words_for
from loans import eligibility, pre_check, rule_advice, rule_wording
from loans.api.fields import PercentField, YesNoUnknown, YuanField
from loans.findings import Finding
from loans.models import Policy
from loans.models.loan import Method
from loans.on_offer import policy_on_offer
from loans.policies import quote_for
from loans.policy_terms import terms_of
from loans.within_policy import amount_errors, term_errors


class PublicThrottle(AnonRateThrottle):
    rate = "60/min"


class PublicView(APIView):
    permission_classes = [AllowAny]
    throttle_classes = [PublicThrottle]


class EligibilityCheckInput(serializers.Serializer[Any]):
    birth_month = serializers.CharField(required=False)
    age_band = serializers.ChoiceField(choices=list(AGE_BANDS), required=False)
    resides_in_city = YesNoUnknown()
    public_payroll = YesNoUnknown()
    other_loans = serializers.ListField(
        child=serializers.ChoiceField(choices=list(rule_wording.LOAN_KINDS)), allow_empty=True
    )
    project_type = serializers.ChoiceField(choices=ProjectType.choices)
    has_overdue_debt = YesNoUnknown()
    amount = YuanField()

    def validate_birth_month(self, value: str) -> BirthMonth:
        try:
            return read_birth_month(value, on=timezone.localdate())
        except NotValid as error:
            raise serializers.ValidationError(words_for(error), code=error.code) from error

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("birth_month" in attrs) == ("age_band" in attrs):
            raise serializers.ValidationError({"birth_month": _("出生年月和年龄段写一个就行")})
        return attrs


class FindingOutput(serializers.Serializer[Finding]):
    rule = serializers.CharField()
    title = serializers.SerializerMethodField()
    outcome = serializers.CharField()
    found = serializers.SerializerMethodField()
    required = serializers.SerializerMethodField()  # type: ignore[assignment] # ours, not DRF's
    clause = serializers.CharField()
    policy_version = serializers.CharField()
    advice = serializers.SerializerMethodField()

    def get_title(self, finding: Finding) -> str:
        return str(rule_wording.title(finding.rule))

    def get_found(self, finding: Finding) -> str:
        return str(rule_wording.found_words(finding))

    def get_required(self, finding: Finding) -> str:
        return str(rule_wording.required_words(finding))

    def get_advice(self, finding: Finding) -> list[str]:
        return [str(words) for words in rule_advice.what_else(finding)]


class EligibilityCheckOutput(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=["eligible", "ask", "not_yet"])
    findings = FindingOutput(many=True)


class EligibilityCheck(PublicView):
    @extend_schema(request=EligibilityCheckInput, responses={200: EligibilityCheckOutput})
    def post(self, request: Request) -> Response:
        """May she apply? Seven answers in, one of three outcomes out, with every rule's finding. Nothing is stored."""
        given = EligibilityCheckInput(data=request.data)
        given.is_valid(raise_exception=True)
        facts = pre_check.facts_of_answers(
            resides_in_city=given.validated_data["resides_in_city"],
            birth_month=given.validated_data.get("birth_month"),
            age_band=AGE_BANDS.get(given.validated_data.get("age_band", "")),
            public_payroll=given.validated_data["public_payroll"],
            other_loans=tuple(given.validated_data["other_loans"]),
            project_type=given.validated_data["project_type"],
            has_overdue_debt=given.validated_data["has_overdue_debt"],
            amount_fen=given.validated_data["amount"],
        )
        today = timezone.localdate()
        findings = eligibility.assess(
            facts, terms_of(policy_on_offer(on=today)), on=today, rules=pre_check.PRE_CHECK_RULES
        )
        outcome = eligibility.verdict(findings)
        return Response(EligibilityCheckOutput({"outcome": outcome, "findings": findings}).data)


class LoanQuoteInput(serializers.Serializer[Any]):
    amount = YuanField()
    term_months = serializers.IntegerField()
    method = serializers.ChoiceField(choices=Method.choices)
    start_on = serializers.DateField(required=False)


class QuotedInstalment(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    due_on = serializers.DateField()
    principal = YuanField(source="principal_fen")
    interest = YuanField(source="interest_fen")
    subsidy = YuanField(source="subsidy_fen")
    due_from_her = YuanField(source="due_from_her_fen")


class LoanQuoteOutput(serializers.Serializer[Any]):
    annual_rate = PercentField(source="annual_rate_ppm")
    instalments = QuotedInstalment(many=True)
    total_interest = YuanField(source="total_interest_fen")
    subsidy = YuanField(source="subsidy_fen")
    borrower_pays = YuanField(source="borrower_pays_fen")
    subsidy_payment = serializers.ChoiceField(choices=["refund", "waived"])


class LoanQuote(PublicView):
    @extend_schema(request=LoanQuoteInput, responses={200: LoanQuoteOutput})
    def post(self, request: Request) -> Response:
        """What a loan would cost, what of it the treasury pays, and which way that money goes. Nothing is stored."""
        given = LoanQuoteInput(data=request.data)
        given.is_valid(raise_exception=True)
        start_on = given.validated_data.get("start_on") or timezone.localdate()
        policy = policy_on_offer(on=timezone.localdate())
        _check_within(policy, amount_fen=given.validated_data["amount"], term=given.validated_data["term_months"])
        quote = quote_for(
            policy,
            amount_fen=given.validated_data["amount"],
            term_months=given.validated_data["term_months"],
            method=given.validated_data["method"],
            start_on=start_on,
        )
        return Response(LoanQuoteOutput({**quote._asdict(), "annual_rate_ppm": policy.annual_rate_ppm}).data)


def _check_within(policy: Policy, *, amount_fen: int, term: int) -> None:
    errors = [*amount_errors(policy, amount_fen), *term_errors(policy, term, method="")]
    if errors:
        raise serializers.ValidationError(
            {error.field: [serializers.ErrorDetail(str(error.message), code=error.code)] for error in errors}
        )
