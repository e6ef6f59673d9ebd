"""A field for a rate as people write it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from loans.money import NotAPercentage, parse_percent, percent
from loans.wording import WORDS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class PercentField(forms.CharField):
    """A rate in per cent, 4.50; cleans to millionths. `initial` is millionths as well."""

    def __init__(self, *, label: "StrOrPromise", help_text: "StrOrPromise" = "") -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        # Never `required`: an empty text is for the reader to refuse, in words of its own.
        super().__init__(required=False, label=label, help_text=help_text, widget=widget)

    def clean(self, value: Any) -> Any:
        try:
            return parse_percent(super().clean(value))
        except NotAPercentage as error:
            raise ValidationError(str(WORDS[error.code]), code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        return percent(value) if isinstance(value, int) else value
