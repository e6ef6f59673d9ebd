"""The receipt as a picture: every word fits, whatever its length."""

import io

from PIL import Image

from workflows.web.apply.receipt import MARGIN_PX, WIDTH_PX, receipt_picture


def drawn(words: str) -> Image.Image:
    picture = receipt_picture("申请提交回执", [("谁在看", words)], foot="石榴市妇女联合会")
    return Image.open(io.BytesIO(picture)).convert("L")


def test_long_words_are_broken_into_lines_and_leave_the_margin_free():
    short, long = drawn("石榴镇妇联"), drawn("石榴市城乡妇女创业小额贷款服务中心" * 4)
    assert long.height > short.height
    low, high = long.crop((WIDTH_PX - MARGIN_PX, 20, WIDTH_PX, long.height)).getextrema()
    assert high - low < 8, "nothing is drawn there"  # type: ignore[operator]


def test_a_character_that_no_typeface_has_is_no_empty_box():
    assert drawn("\U000323af").tobytes() == drawn("〓").tobytes()
