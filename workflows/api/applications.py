"""Applications over HTTP: the list, a new one, one, and changing a draft."""

from datetime import datetime

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from records.edge import caller, carry_out
from records.refusals import NotPermitted
from workflows.api.draft import DraftInput, save_draft
from workflows.api.outputs import ApplicationOutput
from workflows.models import Application
from workflows.models.application import ApplicationQuerySet
from workflows.starting import open_draft


class NewestFirst(CursorPagination):
    """Keyset pages: what is added meanwhile moves nothing."""

    ordering = ("-created_at", "-id")
    page_size = 50


class Applications(APIView):
    @extend_schema(responses={200: ApplicationOutput(many=True)}, operation_id="applications_list")
    def get(self, request: Request) -> Response:
        """The cases that the caller may see, newest first, as {results, next, previous}."""
        pages = NewestFirst()
        cases = pages.paginate_queryset(visible(request), request, view=self) or []
        return pages.get_paginated_response(ApplicationOutput(cases, many=True, context={"for": request.user}).data)

    @extend_schema(request=DraftInput, responses={201: ApplicationOutput})
    def post(self, request: Request) -> Response:
        """Start a draft of her own; what is given is kept, what is missing can follow by PATCH."""
        if not caller(request).is_applicant:
            raise NotPermitted
        given = DraftInput(data=request.data)
        given.is_valid(raise_exception=True)

        def act(by: User, at: datetime) -> Application:
            return save_draft(open_draft(by, at=at), given.validated_data, by=by, at=at)

        case = carry_out(request, act, action="start")
        return Response(ApplicationOutput(case, context={"for": request.user}).data, status=201)


class ApplicationDetail(APIView):
    @extend_schema(responses={200: ApplicationOutput}, operation_id="applications_retrieve")
    def get(self, request: Request, number: str) -> Response:
        """One case, with the version that a move must name. Identity number, phone and account are masked."""
        return Response(ApplicationOutput(visible_case(request, number), context={"for": request.user}).data)

    @extend_schema(request=DraftInput, responses={200: ApplicationOutput})
    def patch(self, request: Request, number: str) -> Response:
        """Change a draft; only what is given changes."""
        case = visible_case(request, number)
        if case.applicant.user_id != request.user.pk:
            raise NotPermitted
        given = DraftInput(data=request.data, partial=True)
        given.is_valid(raise_exception=True)

        def act(by: User, at: datetime) -> Application:
            return save_draft(case, given.validated_data, by=by, at=at)

        saved = carry_out(request, act, action="edit", about=number)
        return Response(ApplicationOutput(saved, context={"for": request.user}).data)


def visible(request: Request) -> ApplicationQuerySet:
    cases: ApplicationQuerySet = Application.objects.visible_to(request.user).with_places()
    return cases.select_related("loan", "applicant__business")


def visible_case(request: Request, number: str) -> Application:
    """The case, or 404 for whoever may not know that it exists."""
    return get_object_or_404(visible(request), number=number)
