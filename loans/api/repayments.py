"""What the bank reports of repayments, by its people or its system."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.permissions import may
from loans import sight
from loans.api.fields import YuanField
from loans.models import Loan, Repayment
from loans.models.repayment import Intent
from loans.servicing import record_repayment
from records.api.money_post import HEADER, answer_money_post
from records.refusals import NotPermitted

IDEMPOTENCY_KEY = OpenApiParameter(HEADER, str, OpenApiParameter.HEADER, required=True)


class RepaymentInput(serializers.Serializer[Any]):
    amount = YuanField()
    value_on = serializers.DateField()
    bank_serial = serializers.CharField(max_length=40)
    intent = serializers.ChoiceField(Intent.choices, default=Intent.INSTALMENT)


class RepaymentOutput(serializers.Serializer[Repayment]):
    loan = serializers.CharField(source="loan.number")
    amount = YuanField(source="amount_fen")
    value_on = serializers.DateField()
    bank_serial = serializers.CharField()
    intent = serializers.CharField()


class Repayments(APIView):
    @extend_schema(parameters=[IDEMPOTENCY_KEY], request=RepaymentInput, responses={201: RepaymentOutput})
    def post(self, request: Request, number: str) -> HttpResponse:
        """Record one repayment under the bank's serial; it is counted in the order of the loan's policy.

        Shortly before a due date it waits for it, unless `intent` is `early`: meant to repay principal at once.
        """
        loan = get_object_or_404(Loan.objects.filter(sight.of_loans(request.user)), number=number)
        if not may(request.user, "record_repayment", loan.bank):
            raise NotPermitted
        given = RepaymentInput(data=request.data)
        given.is_valid(raise_exception=True)

        def act(by: User, at: datetime) -> Response:
            repayment = record_repayment(
                loan,
                amount_fen=given.validated_data["amount"],
                value_on=given.validated_data["value_on"],
                bank_serial=given.validated_data["bank_serial"],
                intent=Intent(given.validated_data["intent"]),
                by=by,
                at=at,
            )
            return Response(RepaymentOutput(repayment).data, status=201)

        return answer_money_post(request, act)
