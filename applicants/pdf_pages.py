"""A contract or certificate that comes as a PDF: each page becomes a picture, and nothing of the file is kept."""

import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from applicants import pdf_render
from applicants.pictures import LARGEST_BYTES, LONG_EDGE_PX, PictureTooLarge
from records.refusals import Refusal

SECONDS: Final = 20
PROGRAM: Final = str(Path(pdf_render.__file__))
_LENGTH: Final = struct.Struct(">I")


class UnreadablePdf(Refusal):
    code = "unreadable_pdf"
    status = 422
    message = _("这份 PDF 打不开，拍成照片再传。")


class TooManyPages(Refusal):
    code = "too_many_pages"
    status = 422
    message = _("PDF 最多 6 页。只留要用的几页，或者拍照片。")


def is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def pages_of(content: bytes, *, most: int) -> list[bytes]:
    """Its pages as JPEGs, drawn by another process. Raises PictureTooLarge, TooManyPages or UnreadablePdf."""
    if len(content) > LARGEST_BYTES:
        raise PictureTooLarge
    command = [sys.executable, "-I", PROGRAM, str(most), str(LONG_EDGE_PX)]
    try:
        # Our own program and two numbers; nothing of ours goes along: no secret of the environment, no open file.
        done = subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, timeout=SECONDS, env={}, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadablePdf from error
    if done.returncode == pdf_render.TOO_MANY:
        raise TooManyPages
    if done.returncode != 0 or not done.stdout:
        raise UnreadablePdf
    return list(_pictures_in(done.stdout))


def _pictures_in(written: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(written):
        (length,) = _LENGTH.unpack_from(written, start)
        start += _LENGTH.size
        yield written[start : start + length]
        start += length
