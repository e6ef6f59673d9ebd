"""Requests that move money: carried out once for each Idempotency-Key."""

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from records.edge import Act, caller
from records.idempotency import Answer, answer_once

HEADER = "Idempotency-Key"


def answer_money_post(request: Request, act: Act[Response]) -> HttpResponse:
    """The response of `act`, the same bytes for the same key.

    Raises KeyMissing, KeyReused, InFlight, or what `act` raises; a refused act gives its key back.
    """
    by, at = caller(request), timezone.now()
    answer = answer_once(
        lambda: _rendered(act(by, at)),
        by=by,
        at=at,
        method=request.method or "",
        path=request.path,
        key=request.headers.get(HEADER, ""),
        body=request.body,
    )
    return HttpResponse(answer.body, status=answer.status, content_type="application/json")


def _rendered(response: Response) -> Answer:
    return Answer(response.status_code, JSONRenderer().render(response.data))
