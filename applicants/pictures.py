"""What she photographs: opened, checked to be a picture, stripped of where it was taken, made small, written anew.

Nothing of the file that came in is kept: what only looks like a picture can't survive being decoded and encoded.
"""

import io
import warnings
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from records.refusals import Refusal

register_heif_opener()

LARGEST_BYTES: Final = 10 * 1024 * 1024
LARGEST_PIXELS: Final = 50_000_000
LONG_EDGE_PX: Final = 1600
QUALITY: Final = 75
# A photograph is kept no larger than this; one full of detail is written again, coarser, until it fits.
KEPT_BYTES: Final = 400 * 1024
COARSER: Final = ((LONG_EDGE_PX, QUALITY), (LONG_EDGE_PX, 60), (1280, 60), (1024, 50), (800, 40))
FORMATS: Final = ("JPEG", "PNG", "HEIF")
SHEET_QUALITY: Final = 60


class NotAPicture(Refusal):
    code = "not_a_picture"
    status = 422
    message = _("选一张照片，不要选文档。")


class PictureTooLarge(Refusal):
    code = "picture_too_large"
    status = 422
    message = _("这张照片太大了，选一张小于 10 MB 的，或者重新拍一张。")


class PictureTooSmall(Refusal):
    code = "picture_too_small"
    status = 422
    message = _("这张照片太小，看不清字。离近一点重新拍一张。")


SHORTEST_EDGE_PX: Final = 200


def cleaned(content: bytes) -> bytes:
    """A JPEG of at most 400 KB and 1600 px on the long edge, upright, without EXIF (so without the place).

    Raises PictureTooLarge, PictureTooSmall or NotAPicture.
    """
    if len(content) > LARGEST_BYTES:
        raise PictureTooLarge
    try:
        # The printing library lets torn files pass, for the whole process; a photograph torn off is none.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _encoded(content)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise NotAPicture from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge from error


def _encoded(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        # The header tells the size before a single pixel is decoded.
        if opened.width * opened.height > LARGEST_PIXELS:
            raise PictureTooLarge
        if min(opened.size) < SHORTEST_EDGE_PX:
            raise PictureTooSmall
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    picture = b""
    for edge_px, quality in COARSER:
        upright.thumbnail((edge_px, edge_px))
        written = io.BytesIO()
        upright.save(written, "JPEG", quality=quality, optimize=True)
        picture = written.getvalue()
        if len(picture) <= KEPT_BYTES:
            break
    return picture


def shown(picture: bytes, *, turned: int) -> bytes:
    """A kept JPEG as it is looked at: turned clockwise by so many degrees."""
    if turned == 0:
        return picture
    with Image.open(io.BytesIO(picture), formats=FORMATS) as opened:
        # Pillow turns the other way round.
        upright = opened.rotate(-turned, expand=True)
    written = io.BytesIO()
    upright.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def contact_sheet(pictures: Sequence[tuple[bytes, int]], *, edge_px: int) -> bytes:
    """Kept JPEGs and the degrees at which each is shown, as squares side by side in one JPEG."""
    assert pictures
    sheet = Image.new("RGB", (edge_px * len(pictures), edge_px))
    for place, (picture, turned) in enumerate(pictures):
        with Image.open(io.BytesIO(picture), formats=FORMATS) as opened:
            # Decoded no larger than needed: the whole sheet costs less than one picture in full.
            opened.draft("RGB", (2 * edge_px, 2 * edge_px))
            upright = opened.rotate(-turned, expand=True)
        sheet.paste(ImageOps.fit(upright, (edge_px, edge_px)), (place * edge_px, 0))
    written = io.BytesIO()
    sheet.save(written, "JPEG", quality=SHEET_QUALITY)
    return written.getvalue()
