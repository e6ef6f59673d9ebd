"""A kept picture is shown as she turned it, and small, beside the others, where a list shows them all."""

import io

import pytest
from PIL import Image

from applicants.pictures import contact_sheet, shown


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


def test_many_are_squares_side_by_side_each_turned_as_it_is_shown():
    sheet = contact_sheet([(flag(), 0), (flag(), 180), (flag(), 90)], edge_px=100)
    with Image.open(io.BytesIO(sheet)) as opened:
        assert opened.size == (300, 100)
        picture = opened.convert("RGB")

    def is_red(left: int, top: int) -> bool:
        red, _green, blue = picture.getpixel((left, top))  # type: ignore[misc]
        return red > blue

    assert [is_red(20, 50), is_red(80, 50)] == [True, False]
    assert [is_red(120, 50), is_red(180, 50)] == [False, True]
    assert [is_red(250, 20), is_red(250, 80)] == [True, False]


def test_a_sheet_of_twenty_photographs_fits_a_slow_network():
    noise = Image.effect_noise((1600, 1200), 40).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "JPEG", quality=75)
    assert len(contact_sheet([(written.getvalue(), 0)] * 20, edge_px=144)) < 160 * 1024
