"""Can the photograph be read? A guess by brightness and sharpness: it warns, it never refuses."""

import io
from enum import StrEnum
from typing import Final

from PIL import Image, ImageFilter, ImageStat

# Looked at in this size, so that the figures below mean the same for every phone.
LOOKED_AT_PX: Final = 480
DARK_BELOW: Final = 55
# Standard deviation of the edges; print in focus is far above it, a smear far below.
BLURRED_BELOW: Final = 9


class Doubt(StrEnum):
    DARK = "dark"
    BLURRED = "blurred"


def doubt_about(picture: bytes) -> Doubt | None:
    """What may keep somebody from reading this JPEG; None where nothing seems to."""
    with Image.open(io.BytesIO(picture)) as opened:
        grey = opened.convert("L")
    grey.thumbnail((LOOKED_AT_PX, LOOKED_AT_PX))
    if ImageStat.Stat(grey).mean[0] < DARK_BELOW:
        return Doubt.DARK
    # The filter leaves a bright frame of one pixel, which says nothing.
    edges = grey.filter(ImageFilter.FIND_EDGES).crop((1, 1, grey.width - 1, grey.height - 1))
    return Doubt.BLURRED if ImageStat.Stat(edges).stddev[0] < BLURRED_BELOW else None
