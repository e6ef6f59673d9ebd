"""Where a loan stands on any day, what pays it off, how late it is, and what each payment was counted towards."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from loans import sight
from loans.ageing import AgeBand, RiskClass
from loans.api.fields import YuanField
from loans.models import Loan
from loans.models.repayment import Intent
from loans.statement import Movement, Payoff, Statement, statement_on
from records.refusals import FieldError, Invalid


class StatementInput(serializers.Serializer[Any]):
    on = serializers.DateField(required=False)


class PayoffOutput(serializers.Serializer[Payoff]):
    principal = YuanField(source="principal_fen")
    interest = YuanField(source="interest_fen")
    penalty = YuanField(source="penalty_fen")
    compound = YuanField(source="compound_fen")
    held = YuanField(source="held_fen")
    total = YuanField(source="total_fen")


class MovementOutput(serializers.Serializer[Movement]):
    value_on = serializers.DateField()
    bank_serial = serializers.CharField()
    amount = YuanField(source="amount_fen")
    intent = serializers.ChoiceField(Intent.choices)
    was_reversed = serializers.BooleanField()
    principal = YuanField(source="allocation.principal_fen", default=None, allow_null=True)
    interest = YuanField(source="allocation.interest_fen", default=None, allow_null=True)
    penalty = YuanField(source="allocation.penalty_fen", default=None, allow_null=True)
    compound = YuanField(source="allocation.compound_fen", default=None, allow_null=True)
    held = YuanField(source="allocation.held_fen", default=None, allow_null=True)


class StatementOutput(serializers.Serializer[Statement]):
    on = serializers.DateField()
    principal_outstanding = YuanField(source="position.principal_outstanding_fen")
    principal_paid = YuanField(source="position.principal_paid_fen")
    interest_due = YuanField(source="position.interest_due_fen")
    interest_paid = YuanField(source="position.interest_paid_fen")
    interest_accrued = YuanField(source="position.interest_accrued_fen")
    penalty_due = YuanField(source="position.penalty_due_fen")
    penalty_paid = YuanField(source="position.penalty_paid_fen")
    compound_due = YuanField(source="position.compound_due_fen")
    compound_paid = YuanField(source="position.compound_paid_fen")
    held = YuanField(source="position.held_fen")
    overdue_principal = YuanField(source="position.overdue_principal_fen")
    overdue_interest = YuanField(source="position.overdue_interest_fen")
    overdue_since = serializers.DateField(source="position.overdue_since", allow_null=True)
    days_overdue = serializers.IntegerField(source="position.days_overdue")
    age_band = serializers.ChoiceField([str(one) for one in AgeBand])
    risk_class = serializers.ChoiceField([str(one) for one in RiskClass])
    payoff = PayoffOutput()
    movements = MovementOutput(many=True)


class LoanStatement(APIView):
    @extend_schema(parameters=[StatementInput], responses={200: StatementOutput})
    def get(self, request: Request, number: str) -> Response:
        """Where the loan stands at the end of a day, replayed from its events; of a day to come, if nothing is paid."""
        given = StatementInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        on = given.validated_data.get("on") or timezone.localdate()
        loan = get_object_or_404(Loan.objects.filter(sight.of_statements(request.user)).paid_out(), number=number)
        if loan.disbursed_on is not None and on < loan.disbursed_on:
            raise Invalid(FieldError("on", "date_out_of_range", _("这一天还没有放款，选放款日或以后的日子")))
        return Response(StatementOutput(statement_on(loan, on=on)).data)
