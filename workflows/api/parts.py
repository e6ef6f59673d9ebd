"""The rest of one case over HTTP: timeline, documents, assignments, pauses, findings, opinions, papers."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from applicants.documents import add_papers
from applicants.models.document import DocumentKind
from records.edge import caller, carry_out
from records.refusals import NotPermitted
from workflows import assigning, pausing
from workflows.api.applications import visible_case
from workflows.models import CasePause
from workflows.models.pause import PauseReason
from workflows.sight import hidden_kinds
from workflows.states import HERS_ALONE, State


class TimelineRow(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    move = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment] # a field of ours, not of DRF's
    target = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField(source="by.name")
    reason = serializers.CharField()


class Timeline(APIView):
    @extend_schema(responses={200: TimelineRow(many=True)})
    def get(self, request: Request, number: str) -> Response:
        """Every move of the case in order: who, when, from where to where, and why."""
        case = visible_case(request, number)
        return Response(TimelineRow(case.log.select_related("by").order_by("version"), many=True).data)


class DocumentOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    kind = serializers.CharField()
    sha256 = serializers.CharField(source="file.sha256")
    size_bytes = serializers.IntegerField(source="file.size_bytes")
    added_at = serializers.DateTimeField()


class DocumentInput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    file = serializers.FileField(max_length=200)


class Documents(APIView):
    parser_classes = [MultiPartParser]

    @extend_schema(responses={200: DocumentOutput(many=True)})
    def get(self, request: Request, number: str) -> Response:
        """What she has handed in and not taken back."""
        kept = visible_case(request, number).applicant.documents.kept().select_related("file")
        kept = kept.exclude(kind__in=hidden_kinds(caller(request)))
        return Response(DocumentOutput(kept, many=True).data)

    @extend_schema(request={"multipart/form-data": DocumentInput}, responses={201: DocumentOutput})
    def post(self, request: Request, number: str) -> Response:
        """Hand in one photograph, or a PDF, each page of which is kept as one: the answer is the last.

        For a draft, or for what was asked for. The same picture twice is kept once.
        """
        case = visible_case(request, number)
        if case.applicant.user_id != request.user.pk or case.state not in (*HERS_ALONE, State.SUPPLEMENT):
            raise NotPermitted
        given = DocumentInput(data=request.data)
        given.is_valid(raise_exception=True)
        content: bytes = given.validated_data["file"].read()
        kind = DocumentKind(given.validated_data["kind"])
        papers = carry_out(
            request,
            lambda by, at: add_papers(case.applicant, kind=kind, content=content, by=by, at=at),
            action="add_document",
            about=number,
        )
        return Response(DocumentOutput(papers[-1]).data, status=201)


class AssignmentOutput(serializers.Serializer[Any]):
    office = serializers.CharField(source="organisation.short_name")
    owner = serializers.CharField(source="owner.username", allow_null=True, default=None)
    assigned_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class AssignmentInput(serializers.Serializer[Any]):
    owner = serializers.SlugRelatedField(slug_field="username", queryset=User.objects.filter(kind="staff"))


class Assignments(APIView):
    @extend_schema(responses={200: AssignmentOutput(many=True)})
    def get(self, request: Request, number: str) -> Response:
        """Whose turn it was, in order; the last one without an end is today's."""
        rows = visible_case(request, number).assignments.select_related("organisation", "owner")
        return Response(AssignmentOutput(rows, many=True).data)

    @extend_schema(request=AssignmentInput, responses={201: AssignmentOutput})
    def post(self, request: Request, number: str) -> Response:
        """Take the case or give it to a colleague of the office that holds it."""
        case = visible_case(request, number)
        given = AssignmentInput(data=request.data)
        given.is_valid(raise_exception=True)
        row = carry_out(
            request,
            lambda by, at: assigning.assign(case, owner=given.validated_data["owner"], by=by, at=at),
            action="assign",
            about=number,
        )
        return Response(AssignmentOutput(row).data, status=201)


class PauseOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    reason = serializers.CharField()
    started_on = serializers.DateField()
    expected_on = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    note = serializers.CharField()


class PauseInput(serializers.Serializer[Any]):
    pause_reason = serializers.ChoiceField(choices=[(one.value, one.label) for one in pausing.ASKED_FOR])
    until = serializers.DateField()
    note = serializers.CharField(max_length=200, allow_blank=True, default="")


class Pauses(APIView):
    @extend_schema(responses={200: PauseOutput(many=True)})
    def get(self, request: Request, number: str) -> Response:
        """When the clock stood still, and why."""
        return Response(PauseOutput(visible_case(request, number).pauses.all(), many=True).data)

    @extend_schema(request=PauseInput, responses={201: PauseOutput})
    def post(self, request: Request, number: str) -> Response:
        """Stop the clock for something outside our hands, until an expected day."""
        case = visible_case(request, number)
        given = PauseInput(data=request.data)
        given.is_valid(raise_exception=True)
        row = carry_out(
            request,
            lambda by, at: pausing.pause(
                case,
                reason=PauseReason(given.validated_data["pause_reason"]),
                expected_on=given.validated_data["until"],
                note=given.validated_data["note"],
                by=by,
                at=at,
            ),
            action="pause",
            about=number,
        )
        return Response(PauseOutput(row).data, status=201)


class PauseEnd(APIView):
    @extend_schema(request=None, responses={200: PauseOutput})
    def post(self, request: Request, number: str, pk: int) -> Response:
        """Let the clock run again, from the next working day."""
        case = visible_case(request, number)
        pause = get_object_or_404(CasePause, pk=pk, application=case)
        carry_out(
            request,
            lambda by, at: pausing.resume(pause, by=by, at=at),
            action="resume",
            about=number,
        )
        pause.refresh_from_db()
        return Response(PauseOutput(pause).data)
