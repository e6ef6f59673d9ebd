"""Quarterly subsidy claims: the bank makes and hands in, everybody who takes part reads."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.permissions import may
from loans.api.fields import YuanField
from loans.api.repayments import IDEMPOTENCY_KEY
from loans.claims import making
from loans.claims.making import BankFigure
from loans.claims.settlement import rhythm_of
from loans.claims.wording import excluded_words
from loans.models import ClaimLine, GuaranteePool, SubsidyClaim
from loans.models.policy import SubsidyPayment
from records.api.money_post import answer_money_post
from records.refusals import NotPermitted


class ClaimFigureInput(serializers.Serializer[Any]):
    loan = serializers.CharField(max_length=20, help_text="the loan's number")
    amount = YuanField()
    days = serializers.IntegerField(required=False, min_value=0)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=200)


class ClaimInput(serializers.Serializer[Any]):
    pool = serializers.IntegerField()
    quarter_of = serializers.DateField(help_text="any day of the quarter")
    lines = ClaimFigureInput(many=True, required=False)


class ClaimMoveInput(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=0)
    lines = ClaimFigureInput(many=True, required=False)
    submit = serializers.BooleanField(default=False)


class ClaimLineOutput(serializers.Serializer[Any]):
    loan = serializers.CharField(source="loan.number")
    adjusts = serializers.CharField(source="adjusts.claim.number", default=None, allow_null=True)
    days = serializers.IntegerField()
    interest = serializers.SerializerMethodField()
    computed = serializers.SerializerMethodField()
    asked = serializers.SerializerMethodField()
    difference = serializers.SerializerMethodField()
    agreed = serializers.SerializerMethodField()
    excluded = serializers.SerializerMethodField()
    reason = serializers.CharField(source="bank_reason")
    query = serializers.CharField()
    answer = serializers.CharField()
    subsidy_payment = serializers.ChoiceField(source="payment", choices=SubsidyPayment.choices)

    def get_interest(self, line: ClaimLine) -> str:
        return YuanField().to_representation(line.interest_fen)

    def get_computed(self, line: ClaimLine) -> str:
        return YuanField().to_representation(line.ours_fen)

    def get_asked(self, line: ClaimLine) -> str:
        return YuanField().to_representation(line.bank_fen)

    def get_difference(self, line: ClaimLine) -> str:
        return YuanField().to_representation(line.difference_fen)

    def get_agreed(self, line: ClaimLine) -> str | None:
        return None if line.agreed_fen is None else YuanField().to_representation(line.agreed_fen)

    def get_excluded(self, line: ClaimLine) -> str:
        return excluded_words(line.segments.all())


class ClaimOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    number = serializers.CharField()
    state = serializers.CharField()
    version = serializers.IntegerField()
    pool = serializers.IntegerField(source="pool_id")
    from_on = serializers.DateField()
    to_on = serializers.DateField(help_text="the day after the interest date")
    paid_on = serializers.DateField(allow_null=True)
    voucher_no = serializers.CharField()


class ClaimDetailOutput(ClaimOutput):
    lines = ClaimLineOutput(many=True)


class SubsidyClaims(APIView):
    @extend_schema(responses={200: ClaimOutput(many=True)})
    def get(self, request: Request) -> Response:
        """The claims that the caller's office takes part in, the newest quarter first."""
        return Response(ClaimOutput(_seen(request), many=True).data)

    @extend_schema(parameters=[IDEMPOTENCY_KEY], request=ClaimInput, responses={201: ClaimDetailOutput})
    def post(self, request: Request) -> HttpResponse:
        """Make the claim of a quarter that is over, with the figures of the bank where they differ.

        A colleague hands it in.
        """
        given = ClaimInput(data=request.data)
        given.is_valid(raise_exception=True)
        pool = get_object_or_404(GuaranteePool, pk=given.validated_data["pool"])
        if not may(request.user, "make_claim", pool.bank):
            raise NotPermitted
        day: date = given.validated_data["quarter_of"]
        figures = _figures(given.validated_data)

        def act(by: User, at: datetime) -> Response:
            claim = making.make_claim(pool, rhythm_of(pool).quarter_of(day), by=by, at=at)
            if figures:
                claim = making.say_bank_figures(claim, figures, by=by, at=at)
            return Response(_detail(claim), status=201)

        return answer_money_post(request, act)


class SubsidyClaimDetail(APIView):
    @extend_schema(responses={200: ClaimDetailOutput})
    def get(self, request: Request, pk: int) -> Response:
        """One claim with its lines."""
        return Response(_detail(get_object_or_404(_seen(request), pk=pk)))

    @extend_schema(
        operation_id="subsidy_claims_change",
        parameters=[IDEMPOTENCY_KEY],
        request=ClaimMoveInput,
        responses={200: ClaimDetailOutput},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        """The bank's own figures for some loans, or, with `submit`, the hand-in by a second officer."""
        claim = get_object_or_404(_seen(request), pk=pk)
        if not may(request.user, "make_claim", claim.pool.bank):
            raise NotPermitted
        given = ClaimMoveInput(data=request.data)
        given.is_valid(raise_exception=True)
        figures = _figures(given.validated_data)

        def act(by: User, at: datetime) -> Response:
            moved = making.say_bank_figures(claim, figures, by=by, at=at) if figures else claim
            if given.validated_data["submit"]:
                moved = making.submit_claim(moved, by=by, at=at, version=given.validated_data["version"])
            return Response(_detail(moved))

        return answer_money_post(request, act)


def _figures(given: dict[str, Any]) -> dict[str, BankFigure]:
    return {
        one["loan"]: BankFigure(one["amount"], one.get("reason", ""), one.get("days")) for one in given.get("lines", [])
    }


def _seen(request: Request) -> QuerySet[SubsidyClaim]:
    return SubsidyClaim.objects.visible_to(request.user).select_related("pool__bank")


def _detail(claim: SubsidyClaim) -> dict[str, Any]:
    lines = claim.lines.select_related("loan", "adjusts__claim").prefetch_related("segments")
    told: dict[str, Any] = dict(ClaimOutput(claim).data)
    return told | {"lines": ClaimLineOutput(list(lines), many=True).data}
