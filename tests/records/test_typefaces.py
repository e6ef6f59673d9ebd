import hashlib

import pytest
from fontTools.ttLib import TTFont

from records.fonts.subset import MADE_FROM, characters
from records.typefaces import MISSING, OURS, TYPEFACES, printable


def test_what_every_typeface_has_stays_as_it_is() -> None:
    text = "石榴市〔2026〕00012号，人民币伍万元整（¥50,000.00）—*·䶮㛃\n"
    assert printable(text) is text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("好👍", f"好{MISSING}"),
        ("a\u200bb\ufeff", "ab"),
        ("☑\ufe0f", MISSING),
        ("ع", MISSING),
    ],
)
def test_what_no_typeface_has_is_left_open(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_the_sign_for_a_missing_character_is_in_our_own_files() -> None:
    for typeface in TYPEFACES:
        assert ord(MISSING) in TTFont(typeface.path, lazy=True).getBestCmap()


@pytest.mark.parametrize("name", MADE_FROM)
def test_a_subset_has_gb_2312_and_what_papers_write(name: str) -> None:
    there = set(TTFont(OURS / name, lazy=True).getBestCmap())
    assert len(there & characters()) == len(there), "nothing but what subset.py asks for"
    assert set(map(ord, "石榴妇联贷款〔〕¥元角分整零壹贰叁肆伍陆柒捌玖拾佰仟万亿—·*：，。《》〓玥珺喆")) <= there
    assert len(there) > 8_000 - 1


def test_the_licences_stand_beside_the_files() -> None:
    for licence in ("LICENSE_FONT", "LICENSE_FONT_SERIF"):
        assert "SIL OPEN FONT LICENSE" in (OURS / licence).read_text()


def test_the_files_are_those_that_the_script_made() -> None:
    made = {name: hashlib.sha256((OURS / name).read_bytes()).hexdigest()[:16] for name in MADE_FROM}
    assert made == {
        "NotoSansSC-Regular.ttf": "86194f45081d1be4",
        "NotoSansSC-Bold.ttf": "746a9d4a22185b38",
        "NotoSerifSC-Regular.ttf": "4b4cd63118c965d0",
        "NotoSerifSC-Bold.ttf": "9a72e96d4a905c2c",
    }
