"""The pool and the loans, for the offices that take part and for her."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from loans import sight
from loans.api.fields import PercentField, YuanField
from loans.api.statements import StatementOutput
from loans.models import GuaranteePool, Loan
from loans.models.pool import deposit_fen
from loans.statement import statement_on


class PoolOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    deposit = serializers.SerializerMethodField()
    fund_balance = YuanField(source="fund_balance_fen")
    leverage = serializers.IntegerField()
    capacity = YuanField(source="capacity_fen")
    reserved = YuanField(source="reserved_fen")
    committed = YuanField(source="committed_fen")
    headroom = YuanField(source="headroom_fen")
    available = YuanField(source="available_fen")
    over_limit = serializers.SerializerMethodField()
    over_limit_since = serializers.DateField(allow_null=True)

    def get_deposit(self, pool: GuaranteePool) -> str:
        today: date = self.context["today"]
        return YuanField().to_representation(deposit_fen(pool, on=today))

    def get_over_limit(self, pool: GuaranteePool) -> bool:
        return pool.over_limit_since is not None


class Pools(APIView):
    @extend_schema(responses={200: PoolOutput(many=True)})
    def get(self, request: Request) -> Response:
        """The guarantee pools that the caller's office takes part in."""
        pools = _pools(request).order_by("pk")
        return Response(PoolOutput(pools, many=True, context={"today": timezone.localdate()}).data)


class Pool(APIView):
    @extend_schema(responses={200: PoolOutput})
    def get(self, request: Request, pk: int) -> Response:
        """One pool: its money, what it backs, and what is left."""
        pool = get_object_or_404(_pools(request), pk=pk)
        return Response(PoolOutput(pool, context={"today": timezone.localdate()}).data)


class LoanOutput(serializers.Serializer[Loan]):
    number = serializers.CharField()
    state = serializers.CharField()
    version = serializers.IntegerField()
    amount = YuanField(source="amount_fen")
    annual_rate = PercentField(source="annual_rate_ppm")
    lpr = PercentField(source="lpr_ppm")
    lpr_on = serializers.DateField()
    term_months = serializers.IntegerField()
    method = serializers.CharField()
    contract_no = serializers.CharField(allow_null=True)
    bank_loan_no = serializers.CharField(allow_null=True)
    disbursed_on = serializers.DateField(allow_null=True)
    matures_on = serializers.DateField(allow_null=True)


class LoanDetailOutput(LoanOutput):
    today = StatementOutput(allow_null=True)


class LoanDetail(APIView):
    @extend_schema(responses={200: LoanDetailOutput})
    def get(self, request: Request, number: str) -> Response:
        """One loan and its terms; once it is paid out, also where it stands today and what would pay it off."""
        loan = _loan(request, number)
        today = timezone.localdate()
        stands = statement_on(loan, on=today) if loan.disbursed_on and loan.disbursed_on <= today else None
        output = LoanOutput(loan).data
        return Response({**output, "today": StatementOutput(stands).data if stands else None})


class InstalmentOutput(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    due_on = serializers.DateField()
    principal = YuanField(source="principal_fen")
    interest = YuanField(source="interest_fen")
    subsidy = YuanField(source="subsidy_fen")
    due_from_her = YuanField(source="due_from_her_fen")


class LoanSchedule(APIView):
    @extend_schema(responses={200: InstalmentOutput(many=True)})
    def get(self, request: Request, number: str) -> Response:
        """The stored schedule in its newest edition."""
        rows = list(_loan(request, number).instalments.all())
        newest = max((row.edition for row in rows), default=0)
        return Response(InstalmentOutput([row for row in rows if row.edition == newest], many=True).data)


def _pools(request: Request) -> QuerySet[GuaranteePool]:
    return GuaranteePool.objects.filter(sight.of_pools(request.user))


def _loan(request: Request, number: str) -> Loan:
    return get_object_or_404(Loan.objects.filter(sight.of_loans(request.user)), number=number)
