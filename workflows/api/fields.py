"""A text field whose reading is one of `applicants.identity`."""

from typing import Any

from rest_framework import serializers

from applicants.identity import NotValid
from applicants.wording import words_for


class IdentityField(serializers.CharField):
    """Text that `applicants.identity` reads; what it refuses comes back under its code."""

    def __init__(self, read: Any, **options: Any) -> None:
        self.read = read
        super().__init__(**options)

    def to_internal_value(self, value: Any) -> Any:
        text = super().to_internal_value(value)
        try:
            return self.read(text)
        except NotValid as error:
            raise serializers.ValidationError(words_for(error), code=error.code) from error
