"""An amount in ten thousands, as people say it: 「5」 beside 万元 means 50,000 yuan, and so do 5万, 50000 and 五万."""

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from loans.money import NotAnAmount, parse_yuan
from loans.wording import WORDS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FEN_OF_A_WAN = 1_000_000
# Nobody borrows, or spends of a loan, less than a hundred yuan: a bare figure below that counts ten thousands.
BARE_BELOW_FEN = 100 * 100
_HAS_UNIT = re.compile(r"[元圆块千万wW亿]")


class WanField(forms.CharField):
    """Cleans to fen. `initial` is fen as well and is shown in ten thousands."""

    def __init__(self, *, label: "StrOrPromise", help_text: "StrOrPromise" = "", is_optional: bool = False) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        # Never `required`: an empty text is for the reader to refuse, in words of its own.
        super().__init__(required=False, label=label, help_text=help_text, widget=widget)
        self.is_optional = is_optional

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text and self.is_optional:
            return None
        try:
            return read_wan(text)
        except NotAnAmount as error:
            raise ValidationError(str(WORDS[error.code]), code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        return in_wan(value) if isinstance(value, int) else value


def read_wan(text: str) -> int:
    """Fen. Raises NotAnAmount."""
    fen = parse_yuan(text)
    if fen < BARE_BELOW_FEN and not _HAS_UNIT.search(unicodedata.normalize("NFKC", text)):
        return parse_yuan(f"{text.strip()}万")
    return fen


def in_wan(fen: int) -> str:
    """5, 3.5 or 0.08."""
    figure = f"{Decimal(fen) / FEN_OF_A_WAN:f}"
    return figure.rstrip("0").rstrip(".") if "." in figure else figure
