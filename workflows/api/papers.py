"""The issued papers of one case over HTTP."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from records.edge import caller, carry_out
from workflows.api.applications import visible_case
from workflows.papers import reading


class PdfRenderer(BaseRenderer):
    """Lets a client ask for application/pdf; the view answers with the bytes itself."""

    media_type = "application/pdf"
    format = "pdf"
    charset = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        written: bytes = JSONRenderer().render(data)  # only errors come here
        return written


class PaperOutput(serializers.Serializer[Any]):
    kind = serializers.CharField(source="paper.kind")
    number = serializers.CharField(source="paper.number")
    issued_at = serializers.DateTimeField(source="paper.issued_at")


class Papers(APIView):
    @extend_schema(responses={200: PaperOutput(many=True)})
    def get(self, request: Request, number: str) -> Response:
        """The papers that the caller may read, the newest first."""
        papers = reading.papers_of(visible_case(request, number), reader=caller(request))
        return Response(PaperOutput(papers, many=True).data)


class Paper(APIView):
    renderer_classes = [JSONRenderer, PdfRenderer]

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, number: str, kind: str) -> HttpResponse:
        """The newest paper of its kind as PDF. Somebody else's look is written to her access log."""
        case = visible_case(request, number)
        found = reading.papers_of(case, reader=caller(request)).filter(paper__kind=kind).first()
        if found is None:
            raise NotFound

        def act(by: User, at: datetime) -> bytes:
            return reading.pdf(found.paper, about=case, reader=by, at=at)

        content = carry_out(request, act, action="read_paper", about=number)
        return HttpResponse(content, content_type="application/pdf")
