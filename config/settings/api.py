"""How the API answers and describes itself."""

from typing import Any

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "oauth2_provider.contrib.rest_framework.OAuth2Authentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "records.api.errors.answer",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "巾帼创业贷 API",
    "DESCRIPTION": "Women's entrepreneurship loans: applications, moves, clock, guarantee pools, loans.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "YesNoUnknown": ["yes", "no", "unknown"],
        "DocumentKind": "applicants.models.document.DocumentKind",
        "CounterGuaranteeKind": "loans.models.guarantee.CounterGuaranteeKind",
        "OpinionKind": "workflows.models.early_opinion.OpinionKind",
        "OpinionOutcome": "workflows.models.early_opinion.OpinionOutcome",
        "DecisionOutcome": "records.models.decision.Outcome",
        "SettledOutcome": ["met", "not_met"],
        "CheckOutcome": ["eligible", "ask", "not_yet"],
    },
}
