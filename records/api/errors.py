"""One shape for every error: {code, message, message_en}, and for bad input {code: invalid, errors: [...]}."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from records.refusals import FieldError, Invalid, Refusal

WORDS = {
    exceptions.NotAuthenticated: ("not_authenticated", _("先登录，再来办。")),
    exceptions.AuthenticationFailed: ("not_authenticated", _("登录已失效，重新登录。")),
    exceptions.PermissionDenied: ("not_permitted", _("您的岗位办不了这一步。")),
    exceptions.NotFound: ("not_found", _("没有这一件。")),
    exceptions.MethodNotAllowed: ("method_not_allowed", _("这个地址不接受这种请求。")),
    exceptions.NotAcceptable: ("not_acceptable", _("这个地址只给 JSON。")),
    exceptions.UnsupportedMediaType: ("unsupported_media_type", _("请求体要用 JSON。")),
    exceptions.ParseError: ("malformed", _("请求体不是完整的 JSON。")),
    exceptions.Throttled: ("throttled", _("次数多了，过一会儿再试。")),
}


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Map what was raised to a response; None for a fault of ours, which stays a 500."""
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    response = _response(error)
    if response is not None:
        set_rollback()
    return response


def _response(error: Exception) -> Response | None:
    if isinstance(error, Invalid):
        return _invalid([_field_error(one) for one in error.errors])
    if isinstance(error, Refusal):
        return Response({**error.words, **_who_can(error)}, status=error.status)
    if isinstance(error, exceptions.ValidationError):
        return _invalid(list(_flattened(error.detail)))
    if not isinstance(error, exceptions.APIException):
        return None
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    code, message = WORDS.get(type(error), (str(error.default_code), error.default_detail))
    return Response(_words(code, message), status=error.status_code, headers=headers)


def _who_can(refusal: Refusal) -> dict[str, Any]:
    """Offices and people who may do it, where that was looked up."""
    if refusal.who_can is None:
        return {}
    return {"who_can": [{"office": one.office, "people": list(one.people)} for one in refusal.who_can]}


def _invalid(errors: list[dict[str, Any]]) -> Response:
    return Response({**_words("invalid", Invalid.message), "errors": errors}, status=400)


def _field_error(error: FieldError) -> dict[str, Any]:
    words = {"field": error.field, **_words(error.code, error.message)}
    return words if error.limits is None else {**words, "limits": error.limits}


def _flattened(detail: Any, field: str = "") -> Iterator[dict[str, Any]]:
    """DRF nests errors as the input is nested; a client wants to know which field, by its whole path."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _flattened(inner, f"{field}.{name}" if field else str(name))
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            is_nested = isinstance(inner, (dict, list))
            yield from _flattened(inner, f"{field}.{number}" if is_nested and field else field)
    else:
        yield {"field": field, **_words(str(getattr(detail, "code", "invalid")), detail)}


def _words(code: str, message: object) -> dict[str, str]:
    with override("zh-hans"):
        chinese = str(message)
    with override("en"):
        english = str(message)
    return {"code": code, "message": chinese, "message_en": english}
