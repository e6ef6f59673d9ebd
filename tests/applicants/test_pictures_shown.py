"""A kept picture is shown as she turned it, and small where a list wants it small."""

import io

import pytest
from PIL import Image

from applicants.pictures import shown


def flag() -> bytes:
    """Wider than high, red on the left and blue on the right."""
    drawn = Image.new("RGB", (400, 200), "red")
    drawn.paste((0, 0, 255), (200, 0, 400, 200))
    written = io.BytesIO()
    drawn.save(written, "JPEG", quality=95)
    return written.getvalue()


def corner(picture: bytes) -> str:
    """What stands at the top left."""
    with Image.open(io.BytesIO(picture)) as opened:
        red, _green, blue = opened.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
    return "red" if red > blue else "blue"


def test_unturned_it_is_the_very_file():
    assert shown(flag(), turned=0) == flag()


@pytest.mark.parametrize(
    ("turned", "size", "top_left"),
    [(90, (200, 400), "red"), (180, (400, 200), "blue"), (270, (200, 400), "blue")],
)
def test_it_is_turned_clockwise(turned, size, top_left):
    picture = shown(flag(), turned=turned)
    with Image.open(io.BytesIO(picture)) as opened:
        assert (opened.format, opened.size) == ("JPEG", size)
    assert corner(picture) == top_left


def test_it_is_made_small_and_never_larger():
    with Image.open(io.BytesIO(shown(flag(), turned=0, long_edge_px=100))) as opened:
        assert opened.size == (100, 50)
    with Image.open(io.BytesIO(shown(flag(), turned=90, long_edge_px=900))) as opened:
        assert opened.size == (200, 400)
