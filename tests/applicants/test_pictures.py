"""Photographs are decoded and written anew; what only looks like a picture is refused."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from applicants import pictures


def picture(size: tuple[int, int] = (800, 600), kind: str = "JPEG", **saving) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, (200, 30, 60)).save(written, kind, **saving)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_pictures_of_phones_are_kept_as_jpeg(kind):
    kept = Image.open(io.BytesIO(pictures.cleaned(picture(kind=kind))))
    assert (kept.format, kept.size) == ("JPEG", (800, 600))


def test_a_large_picture_is_made_small_on_its_long_edge():
    kept = Image.open(io.BytesIO(pictures.cleaned(picture((4000, 3000)))))
    assert kept.size == (1600, 1200)


def test_a_picture_full_of_detail_is_written_coarser_until_it_is_small_enough():
    written = io.BytesIO()
    Image.effect_noise((2400, 1800), 90).convert("RGB").save(written, "JPEG", quality=95)
    kept = pictures.cleaned(written.getvalue())
    assert len(kept) <= pictures.KEPT_BYTES
    assert max(Image.open(io.BytesIO(kept)).size) >= 800


def test_where_it_was_taken_is_not_kept():
    exif = Image.Exif()
    exif[0x010F] = "SECRETMAKER"
    exif.get_ifd(0x8825)[1] = "N"
    kept = pictures.cleaned(picture(exif=exif.tobytes()))
    assert b"SECRETMAKER" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_a_picture_held_sideways_is_put_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = Image.open(io.BytesIO(pictures.cleaned(picture((800, 600), exif=exif.tobytes()))))
    assert kept.size == (600, 800)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\x00" * 100,
        b"\xff\xd8\xff\xe0 only the head of a JPEG",
        picture()[: len(picture()) // 2],
    ],
    ids=["empty", "pdf", "svg", "gif", "jpeg head", "torn off"],
)
def test_what_only_looks_like_a_picture_is_refused(content):
    with pytest.raises(pictures.NotAPicture):
        pictures.cleaned(content)


def test_a_torn_picture_is_refused_after_papers_were_printed(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as the printing library leaves it
    with pytest.raises(pictures.NotAPicture):
        pictures.cleaned(picture()[: len(picture()) // 2])


def test_what_hangs_behind_a_picture_is_dropped():
    kept = pictures.cleaned(picture() + b"<script>alert(1)</script>")
    assert b"script" not in kept


def test_a_file_over_ten_megabytes_is_refused_before_it_is_opened():
    with pytest.raises(pictures.PictureTooLarge):
        pictures.cleaned(b"\x00" * (10 * 1024 * 1024 + 1))


def test_a_picture_of_too_many_pixels_is_refused_by_its_header():
    with pytest.raises(pictures.PictureTooLarge):
        pictures.cleaned(picture((10_000, 5_001), "PNG"))


def test_a_stamp_sized_picture_is_too_small_to_read():
    with pytest.raises(pictures.PictureTooSmall):
        pictures.cleaned(picture((199, 800)))


@given(st.binary(max_size=2_000))
def test_any_bytes_are_either_a_picture_or_refused(content):
    with pytest.raises((pictures.NotAPicture, pictures.PictureTooSmall)):
        pictures.cleaned(content)
