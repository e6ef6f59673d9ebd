"""What she reads is short, in common characters, and no word of the trade stands there unexplained."""

import re
from collections import Counter
from typing import Final

import pytest

from accounts.glossary import MEANINGS, glossed
from tests.makers.people import Offices
from tests.project.prose import HAN, length, sentences
from tests.project.public_pages import draw_all

pytestmark = pytest.mark.django_db

MEAN_MAX: Final = 16
LONGEST: Final = 30
COMMON_SHARE_MIN: Final = 0.98
DRAWN: dict[str, str] = {}


@pytest.fixture
def pages(offices: Offices) -> dict[str, str]:
    """Drawn once, read by every test here."""
    if not DRAWN:
        DRAWN.update(draw_all(offices))
    return DRAWN


def common_characters() -> set[str]:
    """The 3,755 characters of level 1 of GB/T 2312, those in common use: rows 16 to 55 of its table."""
    rows, places = range(16, 56), range(1, 95)
    codes = (bytes([0xA0 + row, 0xA0 + place]) for row in rows for place in places)
    return {code.decode("gb2312", errors="ignore") for code in codes} - {""}


def test_the_list_of_common_characters_is_the_standards():
    characters = common_characters()
    assert len(characters) == 3755
    assert {"的", "贷", "款", "妇", "座"} <= characters
    assert "亍" not in characters  # the first of level 2


def test_the_list_has_the_pages_of_each_part(pages):
    addresses = " ".join(pages)
    for part in ("/guide", "/check/result", "POST /login", "DRAFT /apply/consent", "DISBURSED /my"):
        assert part in addresses


def test_no_sentence_is_too_long_to_be_read_in_one_go(pages):
    too_long = {
        f"{length(sentence)} {sentence}"
        for page in pages.values()
        for sentence in sentences(page)
        if length(sentence) > LONGEST
    }
    assert too_long == set()


def test_sentences_are_short_on_the_whole(pages):
    means = {address: _mean(sentences(page)) for address, page in pages.items()}
    assert {address: mean for address, mean in means.items() if mean > MEAN_MAX} == {}


def test_nearly_all_characters_are_common_ones(pages):
    common = common_characters()
    counted = Counter(char for page in pages.values() for words in sentences(page) for char in words if HAN.match(char))
    rare = Counter({char: count for char, count in counted.items() if char not in common})
    assert rare.total() / counted.total() <= 1 - COMMON_SHARE_MIN, rare.most_common(20)


def test_every_word_of_the_trade_is_explained_where_it_first_stands(pages):
    for address, page in pages.items():
        main = page.partition("<main")[2].partition("</main>")[0]
        for word, meaning in MEANINGS.items():
            if re.search(f"{word}(?!通知书|告知书|凭证)", _running_text(main)):  # not within the name of a paper
                assert f'<dfn>{word}</dfn><span class="gloss">（{meaning}）</span>' in main, (address, word)


def _mean(read: list[str]) -> float:
    return sum(map(length, read)) / len(read) if read else 0


def _running_text(main: str) -> str:
    """Without headings, links, buttons, labels of figures and choices, which are too narrow for an explanation."""
    narrow = r"<(h1|a|button|option|summary|script|style|svg|textarea|select|dt)\b.*?</\1>"
    return re.sub(r"<[^>]*>", "", re.sub(narrow, "", main, flags=re.DOTALL))


def test_a_word_is_explained_once_and_not_in_a_link_or_a_heading():
    drawn = glossed('<h1>展期</h1><a href="/展期">展期</a><p>展期要早说，展期不贴息。</p>')
    assert drawn.startswith('<h1>展期</h1><a href="/展期">展期</a><p><dfn>展期</dfn><span class="gloss">（')
    assert drawn.count("<dfn>展期</dfn>") == 1
    assert "<dfn>贴息</dfn>" in drawn


def test_an_address_is_left_as_it_is():
    assert 'title="征信"' in glossed('<p title="征信">x</p>')
