"""What a PDF holds, for tests that read papers."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import StreamObject


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, without the breaks that lines and cells make."""
    return ["".join(page.extract_text().split()) for page in reader(pdf).pages]


def text_of(pdf: bytes) -> str:
    return "".join(pages_of(pdf))


def fonts_of(pdf: bytes) -> dict[str, Any]:
    """The descendant fonts by name, without the six letters that mark a subset."""
    fonts: dict[str, Any] = {}
    for page in reader(pdf).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[descendant["/BaseFont"].partition("+")[2]] = descendant
    return fonts


def streams_of(pdf: bytes) -> Iterator[bytes]:
    """Everything that the file holds, uncompressed."""
    opened = reader(pdf)
    for number in range(1, int(str(opened.trailer["/Size"]))):
        found = opened.get_object(number)
        if isinstance(found, StreamObject):
            yield found.get_data()
