"""What stands for photographs of papers in the demo: drawings with nobody's data on them."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from applicants.models.document import DocumentKind


@lru_cache
def picture_of(kind: DocumentKind) -> bytes:
    """A drawing that stands for a photograph: the frame of a paper, and nobody's data on it."""
    drawn = Image.new("RGB", (640, 400), "#efe4d2")
    pen = ImageDraw.Draw(drawn)
    pen.rounded_rectangle((40, 40, 600, 360), radius=18, fill="#fffdf8", outline="#b7791f", width=3)
    shade = 60 + 20 * list(DocumentKind).index(kind)
    for line in range(6):
        pen.rectangle((80, 90 + 40 * line, 320 + shade % 160 - 20 * (line % 3), 102 + 40 * line), fill="#cdbfa8")
    pen.rectangle((430, 90, 560, 250), fill=(157, min(shade, 200), 69))
    written = BytesIO()
    drawn.save(written, "JPEG", quality=80)
    return written.getvalue()
