"""The promise of one case over HTTP."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.calendars import calendar_in_force
from workflows import deadlines
from workflows.api.applications import visible_case
from workflows.assigning import current_assignment
from workflows.models import Application


class StageOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    left = serializers.IntegerField()


class ClockOutput(serializers.Serializer[Any]):
    state = serializers.CharField()
    started_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    provisional = serializers.BooleanField()
    used = serializers.IntegerField()
    left = serializers.IntegerField(allow_null=True)
    paused = serializers.BooleanField()
    pause_reason = serializers.CharField()
    breached = serializers.BooleanField()
    stage = StageOutput(allow_null=True)
    charged = serializers.DictField(child=serializers.IntegerField())
    owner = serializers.CharField()


class Clock(APIView):
    @extend_schema(responses={200: ClockOutput})
    def get(self, request: Request, number: str) -> Response:
        """The promise of seven working days as it stands today. `due_on` is null while a pause is open."""
        case = visible_case(request, number)
        return Response(ClockOutput(clock_of(case)).data)


def clock_of(case: Application) -> dict[str, Any]:
    today = timezone.localdate()
    calendar = deadlines.calendar_for(case, in_force=calendar_in_force())
    clocks = deadlines.read(case, today=today, calendar=calendar)
    promise, stage = clocks.promise, clocks.stage
    return {
        "state": case.state,
        "started_on": promise.started_on if promise else None,
        "due_on": promise.due_on if promise else None,
        "provisional": promise.provisional if promise else False,
        "used": promise.used if promise else 0,
        "left": promise.left if promise else None,
        "paused": promise.is_paused if promise else False,
        "pause_reason": promise.pause_reason if promise else "",
        "breached": promise.is_breached if promise else False,
        "stage": stage and {"name": stage.name, "due_on": stage.reading.due_on, "left": stage.reading.left},
        "charged": deadlines.charged_days(case, today=today, calendar=calendar),
        "owner": owner_of(case),
    }


def owner_of(case: Application) -> str:
    """Office, and person once somebody has taken it."""
    assignment = current_assignment(case)
    if assignment is None:
        return ""
    name = assignment.owner.name if assignment.owner else ""
    return f"{assignment.organisation.short_name} {name}".strip()
