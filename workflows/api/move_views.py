"""What may be done with a case now, and doing it."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.metadata import SimpleMetadata
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from records import engine
from records.api.money_post import HEADER, answer_money_post
from records.edge import caller, carry_out
from workflows.api.applications import visible_case
from workflows.api.moves import MOVES
from workflows.api.outputs import ApplicationOutput
from workflows.models import Application
from workflows.who_can import naming_who_can

EVERY_BODY = PolymorphicProxySerializer(
    component_name="Move",
    serializers=list(dict.fromkeys(move.body for move in MOVES.values())),
    resource_type_field_name=None,
)


class OpenMoveOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    fields = serializers.DictField()  # type: ignore[assignment]


class MovesOutput(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    moves = OpenMoveOutput(many=True)


class WhoCan(serializers.Serializer[Any]):
    """An office where somebody may do it, and who there."""

    office = serializers.CharField()
    people = serializers.ListField(child=serializers.CharField())


class RefusedOutput(serializers.Serializer[Any]):
    """Why not, and who can: `who_can` is there where the refusal is about who asks, or where the case is now."""

    code = serializers.CharField(help_text="not_permitted, helper_conflict, kinship, move_not_open, stale …")
    message = serializers.CharField()
    message_en = serializers.CharField()
    who_can = WhoCan(many=True, required=False)


class Moves(APIView):
    @extend_schema(responses={200: MovesOutput})
    def get(self, request: Request, number: str) -> Response:
        """What the caller may do with the case now, and what each move carries."""
        case = visible_case(request, number)
        describe = SimpleMetadata().get_serializer_info
        open_now = [
            {"name": name, "fields": describe(MOVES[name].body())}
            for name in engine.open_moves(case, by=caller(request))
            if name in MOVES
        ]
        return Response({"version": case.version, "moves": open_now})


class Move(APIView):
    @extend_schema(
        parameters=[OpenApiParameter(HEADER, str, OpenApiParameter.HEADER)],
        request=EVERY_BODY,
        responses={200: ApplicationOutput, 403: RefusedOutput, 409: RefusedOutput},
    )
    def post(self, request: Request, number: str, move: str) -> HttpResponse:
        """Make one move. The money moves (guarantee, approve_loan, disburse) need an Idempotency-Key."""
        if move not in MOVES:
            raise NotFound
        case, wanted = visible_case(request, number), MOVES[move]

        def act(by: User, at: datetime) -> Response:
            # Inside, so that a repeated key gets its answer although the move is no longer open.
            with naming_who_can(case, move, by=by):
                engine.authorise(case, getattr(Application, move), by=by)
                given = wanted.body(data=request.data)
                given.is_valid(raise_exception=True)
                moved = wanted.act(case, given.validated_data, by, at)
            return Response(ApplicationOutput(moved, context={"for": by}).data)

        if wanted.is_money:
            return answer_money_post(request, act)
        return carry_out(request, act, action=move, about=number)
