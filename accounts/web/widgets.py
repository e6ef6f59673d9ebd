"""Choices drawn as cards. Everything else of a form is a plain Django widget."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.widgets import ChoiceWidget
from django.utils.functional import Promise


class CardsWidget(ChoiceWidget):
    """Says more of each choice, by its value: small words in `notes`, marks of the sprite in `icons`."""

    def __init__(
        self,
        *,
        notes: Mapping[str, Promise | str] | None = None,
        icons: Mapping[str, str] | None = None,
        columns: int = 1,
    ) -> None:
        super().__init__()
        self.notes = notes or {}
        self.icons = icons or {}
        self.columns = columns

    def create_option(
        self,
        name: str,
        value: Any,
        label: Any,
        selected: Any,
        index: int,
        subindex: int | None = None,
        attrs: Any = None,
    ) -> dict[str, Any]:
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        return option | {"note": self.notes.get(str(value), ""), "icon": self.icons.get(str(value), "")}


class RadioCards(CardsWidget, forms.RadioSelect):
    """One choice; with `icons` each is a picture with its word below it."""


class TickCards(CardsWidget, forms.CheckboxSelectMultiple):
    """Any number of choices."""
