"""Photographs that may be hard to read are noticed; those that can be read are left in peace."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFilter

from applicants.legibility import Doubt, doubt_about


def sheet() -> Image.Image:
    """A page of print, as a phone takes it."""
    page = Image.new("RGB", (1600, 1000), (225, 220, 210))
    drawn = ImageDraw.Draw(page)
    for line in range(40):
        drawn.text((60, 20 + line * 24), f"Shiliu 990000 {line:02d} " * 12, fill=(40, 40, 40))
    return page


def jpeg(page: Image.Image) -> bytes:
    written = io.BytesIO()
    page.save(written, "JPEG", quality=75)
    return written.getvalue()


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180])
def test_a_sharp_page_raises_no_doubt_however_it_is_held(turn):
    assert doubt_about(jpeg(sheet())) is None
    assert doubt_about(jpeg(sheet().transpose(turn))) is None


def test_a_page_in_grey_light_can_still_be_read():
    assert doubt_about(jpeg(sheet().point(lambda value: int(100 + value * 0.3)))) is None


def test_a_smeared_page_is_blurred():
    assert doubt_about(jpeg(sheet().filter(ImageFilter.GaussianBlur(8)))) == Doubt.BLURRED


def test_a_page_at_night_is_dark():
    assert doubt_about(jpeg(sheet().point(lambda value: int(value * 0.15)))) == Doubt.DARK


def test_an_empty_wall_says_nothing():
    assert doubt_about(jpeg(Image.new("RGB", (800, 600), "white"))) == Doubt.BLURRED
