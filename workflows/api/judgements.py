"""What people judge beside the moves: findings, partners' early results, the order to pay out."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from loans.api.fields import YuanField
from loans.models import PayoutInstruction
from records.edge import carry_out
from records.models.decision import Outcome
from records.refusals import MoveNotOpen
from workflows.api.applications import visible_case
from workflows.models import AssessedFinding
from workflows.models.early_opinion import OpinionKind, OpinionOutcome
from workflows.stages import disbursement, eligibility, guarantee


class AssessedFindingOutput(serializers.Serializer[Any]):
    rule = serializers.CharField()
    outcome = serializers.CharField()
    conclusion = serializers.CharField()
    found = serializers.JSONField()
    required = serializers.JSONField()  # type: ignore[assignment] # a field of ours, not of DRF's
    clause = serializers.CharField()
    policy_version = serializers.CharField()
    note = serializers.CharField()


class Findings(APIView):
    @extend_schema(responses={200: AssessedFindingOutput(many=True)})
    def get(self, request: Request, number: str) -> Response:
        """What every rule found, as it was on the day, and what a person made of it."""
        rows = list(visible_case(request, number).findings.all())
        newest = max((row.round for row in rows), default=0)
        return Response(AssessedFindingOutput([row for row in rows if row.round == newest], many=True).data)


class SettlementInput(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=["met", "not_met"])
    note = serializers.CharField(min_length=2, max_length=200)


class FindingSettlement(APIView):
    @extend_schema(request=SettlementInput, responses={200: AssessedFindingOutput})
    def post(self, request: Request, number: str, rule: str) -> Response:
        """Settle a finding that asks for a person. Overriding a clear one takes two people and isn't done here."""
        case = visible_case(request, number)
        finding = get_object_or_404(case.findings.order_by("-round"), rule=rule, round=_newest_round(case.pk))
        given = SettlementInput(data=request.data)
        given.is_valid(raise_exception=True)
        settled = carry_out(
            request,
            lambda by, at: eligibility.settle(
                finding,
                outcome=given.validated_data["outcome"],
                note=given.validated_data["note"],
                by=by,
                at=at,
            ),
            action="settle_finding",
            about=number,
        )
        return Response(AssessedFindingOutput(settled).data)


class EarlyOpinionInput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=OpinionKind.choices)
    outcome = serializers.ChoiceField(choices=OpinionOutcome.choices)
    note = serializers.CharField(max_length=200, allow_blank=True, default="")


class EarlyOpinionOutput(EarlyOpinionInput):
    recorded_at = serializers.DateTimeField()


class EarlyOpinions(APIView):
    @extend_schema(request=EarlyOpinionInput, responses={201: EarlyOpinionOutput})
    def post(self, request: Request, number: str) -> Response:
        """Record the bank's credit result or the guarantor's preliminary opinion, in its stage or ahead of it."""
        case = visible_case(request, number)
        given = EarlyOpinionInput(data=request.data)
        given.is_valid(raise_exception=True)
        is_credit = given.validated_data["kind"] == OpinionKind.CREDIT
        record = disbursement.record_credit if is_credit else guarantee.record_preliminary
        opinion = carry_out(
            request,
            lambda by, at: record(
                case,
                outcome=given.validated_data["outcome"],
                note=given.validated_data["note"],
                by=by,
                at=at,
            ),
            action="early_opinion",
            about=number,
        )
        return Response(EarlyOpinionOutput(opinion).data, status=201)


class InstructionOutput(serializers.Serializer[PayoutInstruction]):
    id = serializers.IntegerField()
    loan = serializers.CharField(source="loan.number")
    amount = YuanField(source="amount_fen")
    proposed_by = serializers.CharField(source="decision.proposed_by.username")
    released_at = serializers.DateTimeField(allow_null=True)


class PayoutInstructions(APIView):
    @extend_schema(request=None, responses={201: InstructionOutput})
    def post(self, request: Request, number: str) -> Response:
        """Write the order to pay the loan out; another officer releases it."""
        case = visible_case(request, number)
        instruction = carry_out(
            request,
            lambda by, at: disbursement.instruct_payout(case, by=by, at=at),
            action="instruct_payout",
            about=number,
        )
        return Response(InstructionOutput(instruction).data, status=201)


class ReleaseInput(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=Outcome.choices)


class PayoutRelease(APIView):
    @extend_schema(
        request=ReleaseInput, responses={200: InstructionOutput}, operation_id="applications_payout_instructions_decide"
    )
    def post(self, request: Request, number: str, pk: int) -> Response:
        """Release the order, or refuse it; never by the officer who wrote it."""
        case = visible_case(request, number)
        if case.loan is None:
            raise MoveNotOpen("release_payout", case.state)
        instruction = get_object_or_404(PayoutInstruction, pk=pk, loan=case.loan)
        given = ReleaseInput(data=request.data)
        given.is_valid(raise_exception=True)
        released = carry_out(
            request,
            lambda by, at: disbursement.release_payout(
                instruction, outcome=Outcome(given.validated_data["outcome"]), by=by, at=at
            ),
            action="release_payout",
            about=number,
        )
        return Response(InstructionOutput(released).data)


def _newest_round(application_id: int) -> int:
    rounds = AssessedFinding.objects.filter(application_id=application_id).values_list("round", flat=True)
    return max(rounds, default=0)
