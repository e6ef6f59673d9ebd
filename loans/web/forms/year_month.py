"""Year and month in two boxes, each with its word behind it, read as one text."""

import re
from typing import Any

from django import forms

_PARTS = re.compile(r"(?P<year>.*?)[年-](?P<month>.*?)月?")


class YearMonthInput(forms.MultiWidget):
    """Posts `born_year` and `born_month`; the value is one text, 1985年3月, for a tolerant reader."""

    template_name = "loans/widgets/year_month.html"

    def __init__(self) -> None:
        digits = {"inputmode": "numeric", "autocomplete": "off"}
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            "year": forms.TextInput(digits | {"size": 6}),
            "month": forms.TextInput(digits | {"size": 4}),
        }
        super().__init__(boxes)

    def decompress(self, value: Any) -> list[str]:
        parts = _PARTS.fullmatch(value or "")
        return [parts["year"], parts["month"]] if parts else [value or "", ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:  # type: ignore[override] # one text
        if name in data:  # as one text, out of an address
            return str(data[name])
        year, month = ((part or "").strip() for part in super().value_from_datadict(data, files, name))
        return f"{year}年{month}月" if year or month else ""

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """An error in the summary leads to the first box."""
        return f"{id_}_year"
