"""What is waiting for the caller, the next breach first."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from workflows.models import Application, Assignment

MOST = 100


class TaskOutput(serializers.Serializer[Any]):
    number = serializers.CharField()
    state = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    stage_due_on = serializers.DateField(allow_null=True)
    owner = serializers.CharField(allow_null=True)


class Tasks(APIView):
    @extend_schema(responses={200: TaskOutput(many=True)})
    def get(self, request: Request) -> Response:
        """Open cases that are with the caller, or with her office and nobody in particular; at most a hundred."""
        visible = Application.objects.visible_to(request.user)
        with_her_office = Assignment.objects.filter(
            ended_at__isnull=True,
            application__in=visible,
            organisation__memberships__user=request.user,
            organisation__memberships__ended_at__isnull=True,
        ).select_related("application", "owner")
        mine = [row for row in with_her_office if row.owner is None or row.owner_id == request.user.pk]
        mine.sort(key=_next_breach)
        return Response(TaskOutput([_task(row) for row in mine[:MOST]], many=True).data)


def _next_breach(row: Assignment) -> tuple[bool, Any]:
    case = row.application
    days = [day for day in (case.due_on, case.stage_due_on) if day is not None]
    return not days, min(days, default=case.number)


def _task(row: Assignment) -> dict[str, Any]:
    case = row.application
    return {
        "number": case.number,
        "state": case.state,
        "due_on": case.due_on,
        "stage_due_on": case.stage_due_on,
        "owner": row.owner.username if row.owner else None,
    }
