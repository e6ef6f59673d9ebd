"""Money, rates and answers in JSON: yuan as text with two places, rates in percent, and a no that isn't a guess."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from loans.money import NotAnAmount, NotAPercentage, parse_percent, parse_yuan, percent, plain_yuan


@extend_schema_field({"type": "string", "pattern": r"^\d+\.\d{2}$", "example": "50000.00"})
class YuanField(serializers.Field[int, Any, str, Any]):
    """「50000.00」 outside, 5,000,000 fen inside."""

    default_error_messages = {"not_an_amount": _("金额写数字，比如 50000.00")}

    def to_internal_value(self, value: Any) -> int:
        # A JSON number may have been through a float on its way; text has not.
        if not isinstance(value, (str, int)) or isinstance(value, bool):
            self.fail("not_an_amount")
        try:
            return parse_yuan(str(value))
        except NotAnAmount:
            self.fail("not_an_amount")

    def to_representation(self, value: int) -> str:
        return plain_yuan(value)


@extend_schema_field({"type": "string", "pattern": r"^\d+(\.\d{1,4})?$", "example": "4.50"})
class PercentField(serializers.Field[int, Any, str, Any]):
    """「4.50」 outside, 45,000 millionths inside."""

    default_error_messages = {"not_a_rate": _("年利率写百分数，比如 4.50")}

    def to_internal_value(self, value: Any) -> int:
        if not isinstance(value, (str, int)) or isinstance(value, bool):
            self.fail("not_a_rate")
        try:
            return parse_percent(str(value))
        except NotAPercentage:
            self.fail("not_a_rate")

    def to_representation(self, value: int) -> str:
        return percent(value)


ANSWERS = {"yes": True, "no": False, "unknown": None}


class YesNoUnknown(serializers.ChoiceField):
    """yes, no, unknown; unknown is a question for a person, never a no."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=["yes", "no", "unknown"], **options)

    def to_internal_value(self, value: Any) -> bool | None:  # type: ignore[override]
        return ANSWERS[super().to_internal_value(value)]
