"""A text field whose reading is one of `applicants.identity`: as tolerant as the reader, refused in her words."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from applicants.identity import NotValid, ResidentId, read_id_no
from applicants.wording import words_for

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class IdentityField(forms.CharField):
    """Cleans to what `read` makes of the text; to None where it is left empty and may be."""

    def __init__(
        self,
        read: Callable[[str], Any],
        *,
        label: "StrOrPromise",
        help_text: "StrOrPromise" = "",
        is_optional: bool = False,
        widget: forms.Widget | None = None,
    ) -> None:
        # Never `required`: an empty text is for the reader to refuse, in words of its own.
        super().__init__(required=False, label=label, help_text=help_text, widget=widget)
        self.read, self.is_optional = read, is_optional

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text and self.is_optional:
            return None
        try:
            return self.read(text)
        except NotValid as error:
            raise ValidationError(words_for(error), code=error.code) from error


def read_id_no_today(text: str) -> ResidentId:
    """An ID number as of today: nobody is born tomorrow."""
    return read_id_no(text, on=timezone.localdate())


def digits_input(*, autocomplete: str = "off") -> forms.TextInput:
    """A line for digits, with the keyboard that a phone has for them; letters may still be typed."""
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": autocomplete})
