"""回执 as a picture for her album: inside WeChat nothing can be downloaded, but a picture is kept by a long press."""

import io
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from records.typefaces import TYPEFACES, printable

WIDTH_PX, MARGIN_PX = 750, 48
PAPER, INK, MUTED, BRAND = "#FFFDF8", "#2B211B", "#6B5D50", "#8A1538"
LABEL_PX, TEXT_PX, TITLE_PX = 26, 34, 44
LEADING: Final = 1.45
COLOURS: Final = 32


def receipt_picture(title: str, facts: Sequence[tuple[str, str]], *, foot: str) -> bytes:
    """A PNG as wide as a phone: the title, each label with its words below it, and who sends it."""
    lines = [*_laid_out(title, facts, foot)]
    height_px = MARGIN_PX * 2 + sum(_height(size) + gap for _words, size, _colour, gap in lines)
    picture = Image.new("RGB", (WIDTH_PX, height_px), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, WIDTH_PX, 12), fill=BRAND)
    top = MARGIN_PX
    for words, size, colour, gap in lines:
        top += gap
        pen.text((MARGIN_PX, top), words, font=_font(size), fill=colour)
        top += _height(size)
    written = io.BytesIO()
    # Four colours and the greys between them: a third of the bytes on her plan.
    picture.quantize(COLOURS).save(written, "PNG", optimize=True)
    return written.getvalue()


Line = tuple[str, int, str, int]  # words, size, colour, gap above


def _laid_out(title: str, facts: Sequence[tuple[str, str]], foot: str) -> Iterator[Line]:
    yield from _wrapped(title, TITLE_PX, BRAND, gap=0)
    for label, words in facts:
        yield from _wrapped(label, LABEL_PX, MUTED, gap=22)
        yield from _wrapped(words, TEXT_PX, INK, gap=0)
    yield from _wrapped(foot, LABEL_PX, MUTED, gap=36)


def _wrapped(text: str, size: int, colour: str, *, gap: int) -> Iterator[Line]:
    """Broken where the line is full: between any two characters, as Chinese is."""
    line = ""
    for character in printable(text):
        if line and _font(size).getlength(line + character) > WIDTH_PX - 2 * MARGIN_PX:
            yield line, size, colour, gap
            line, gap = "", 0
        line += character
    yield line, size, colour, gap


def _height(size: int) -> int:
    return round(size * LEADING)


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont:
    asset = "hei-bold" if size >= TEXT_PX else "hei"
    (face,) = [typeface for typeface in TYPEFACES if typeface.asset == asset]
    return ImageFont.truetype(str(face.path), size)
