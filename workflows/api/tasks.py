"""What is waiting for the caller, the next breach first."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.permissions import live_memberships
from applicants.models.business import ProjectType
from records.edge import caller
from workflows import narrowing
from workflows.inbox import Inbox, with_holder
from workflows.models import Application, Assignment
from workflows.models.application import Source

MOST = 100


class TaskOutput(serializers.Serializer[Any]):
    number = serializers.CharField()
    state = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    stage_due_on = serializers.DateField(allow_null=True)
    owner = serializers.SerializerMethodField()

    def get_owner(self, case: Any) -> str | None:
        return case.held.owner.username if case.held.owner else None


class TaskFilter(django_filters.FilterSet):  # type: ignore[misc]  # untyped
    """The conditions of the offices' list, under the same names."""

    find = django_filters.CharFilter(help_text="part of her name, or the number")
    town = django_filters.CharFilter(help_text="code of the town")
    stage = django_filters.ChoiceFilter(choices=narrowing.STAGES)
    due = django_filters.ChoiceFilter(choices=narrowing.Due.choices)
    amount = django_filters.ChoiceFilter(choices=narrowing.Amount.choices)
    project = django_filters.ChoiceFilter(choices=ProjectType.choices)
    source = django_filters.ChoiceFilter(choices=Source.choices)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not any(self.form.cleaned_data.values()):
            return queryset
        inbox = Inbox(caller(self.request), at=timezone.now())
        return queryset.filter(narrowing.condition(self.form.cleaned_data, today=inbox.today, soon_on=inbox.soon_on()))


class Tasks(GenericAPIView[Any]):
    filter_backends = (DjangoFilterBackend,)
    filterset_class = TaskFilter
    pagination_class = None
    serializer_class = TaskOutput
    queryset = Application.objects.none()

    @extend_schema(responses={200: TaskOutput(many=True)})
    def get(self, request: Request) -> Response:
        """Open cases that are with the caller, or with her office and nobody in particular; at most a hundred."""
        cases = self.filter_queryset(_waiting_for(request))
        return Response(TaskOutput(cases[:MOST], many=True).data)


def _waiting_for(request: Request) -> QuerySet[Any]:
    user = caller(request)
    offices = [user.acts_for_id] if user.acts_for_id else [one.organisation_id for one in live_memberships(user)]
    held = Assignment.objects.filter(application=OuterRef("pk"), ended_at__isnull=True, organisation__in=offices)
    hers = held.filter(Q(owner=user) | Q(owner__isnull=True))
    far = Value(date.max)
    cases = with_holder(Inbox(user, at=timezone.now()).cases.filter(Exists(hers)))
    next_on = Least(Coalesce("due_on", far), Coalesce("stage_due_on", far))
    ordered: QuerySet[Any] = cases.annotate(next_on=next_on).order_by("next_on", "number")
    return ordered
