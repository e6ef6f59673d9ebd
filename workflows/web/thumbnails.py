"""The small pictures of a list: one file for all of them, of which each row shows its own square."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode

from applicants.models import Document
from workflows.models import Application

EDGE_PX: Final = 144  # 72 CSS pixels, on a screen that has two for each
MOST: Final = 80


@dataclass(frozen=True)
class Sheet:
    """The pictures of a page in the order of the sheet."""

    case: Application
    documents: Sequence[Document]

    @property
    def url(self) -> str:
        """Names the pictures, so that the sheet can't be an older one than the page."""
        shown = "-".join(f"{one.pk}.{one.turned}" for one in self.documents)
        return reverse("case_thumbnails", args=[self.case.number]) + "?" + urlencode({"of": shown})

    @property
    def width_px(self) -> int:
        return EDGE_PX * len(self.documents)

    def left_px_of(self, document: Document) -> int:
        """Where its square begins."""
        return EDGE_PX * self.documents.index(document)


def sheet_of(case: Application, documents: Sequence[Document]) -> Sheet:
    return Sheet(case, sorted(documents, key=lambda one: one.pk))


def ids_in(text: str) -> list[int]:
    """The pictures that an address names, 「12.0-13.90」; none where it can't be read."""
    numbers = [part.partition(".")[0] for part in text.split("-")]
    is_readable = len(numbers) <= MOST and all(number.isdecimal() for number in numbers)
    return list(dict.fromkeys(int(number) for number in numbers)) if is_readable else []
