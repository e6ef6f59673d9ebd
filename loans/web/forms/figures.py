"""Fields for figures as people write them: money in yuan, days."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loans.money import NotAnAmount, parse_yuan, plain_yuan
from loans.wording import WORDS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class YuanField(forms.CharField):
    """An amount in yuan, 50000 or 5万; cleans to fen. `initial` is fen as well."""

    def __init__(self, *, label: "StrOrPromise", help_text: "StrOrPromise" = "") -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        # Never `required`: an empty text is for the reader to refuse, in words of its own.
        super().__init__(required=False, label=label, help_text=help_text, widget=widget)

    def clean(self, value: Any) -> Any:
        try:
            return parse_yuan(super().clean(value))
        except NotAnAmount as error:
            raise ValidationError(str(WORDS[error.code]), code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        return plain_yuan(value).removesuffix(".00") if isinstance(value, int) else value


class DayField(forms.DateField):
    """A day, in the browser's own calendar where it has one."""

    def __init__(self, *, label: "StrOrPromise", required: "StrOrPromise", help_text: "StrOrPromise" = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d"],
            error_messages={"required": required, "invalid": _("日期要写成 2026-03-10 这样")},
        )

    def to_python(self, value: Any) -> date | None:
        return super().to_python("".join(value.split()) if isinstance(value, str) else value)
