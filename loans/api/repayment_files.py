"""A bank's file of repayments from its own system: the same rows, codes and rules as on the page."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from loans import sight
from loans.api.repayments import IDEMPOTENCY_KEY
from loans.models import RepaymentFile, RepaymentFileRow
from loans.models.repayment_file import Outcome
from loans.repayment_files.booking import import_file
from records.api.money_post import answer_money_post
from records.refusals import NotPermitted
from records.spreadsheets import XLSX
from records.stored_files import store

CSV: Final = "text/csv"
NAME = OpenApiParameter("name", str, OpenApiParameter.QUERY, description="The file's name, shown to the bank's people.")


class RepaymentFileRowOutput(serializers.Serializer[RepaymentFileRow]):
    number = serializers.IntegerField()
    bank_loan_no = serializers.CharField()
    bank_serial = serializers.CharField()
    code = serializers.ChoiceField([str(one) for one in Outcome], source="outcome")
    reason = serializers.CharField()


class RepaymentFileOutput(serializers.Serializer[RepaymentFile]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    sha256 = serializers.CharField()
    imported_at = serializers.DateTimeField()
    counts = serializers.SerializerMethodField()
    rows = RepaymentFileRowOutput(many=True)

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_counts(self, file: RepaymentFile) -> dict[str, int]:
        counted = Counter(row.outcome for row in file.rows.all())
        return {str(one): counted[one] for one in Outcome}


class RepaymentFiles(APIView):
    @extend_schema(
        parameters=[IDEMPOTENCY_KEY, NAME],
        request={CSV: OpenApiTypes.BINARY, XLSX: OpenApiTypes.BINARY},
        responses={201: RepaymentFileOutput},
    )
    def post(self, request: Request) -> HttpResponse:
        """Book the good rows of a file; the body is the file itself. A bad row comes back with its code and reason."""
        bank = sight.recording_bank(request.user)
        if bank is None:
            raise NotPermitted
        name, content = request.query_params.get("name", "") or "API", request.body
        kind = XLSX if content.startswith(b"PK") else CSV

        def act(by: User, at: datetime) -> Response:
            stored = store(content, content_type=kind, by=by, at=at)
            file = import_file(stored, name=name, bank=bank, within=_inside, by=by, at=at)
            return Response(RepaymentFileOutput(file).data, status=201)

        return answer_money_post(request, act)


def _inside(act: Callable[[], Any]) -> Any:
    """All rows and the answer are one unit of work here: a key that was answered tells of rows that are booked."""
    with transaction.atomic():
        return act()
