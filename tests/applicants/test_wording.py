import re
from datetime import date
from pathlib import Path

import pytest

from applicants import identity, wording
from applicants.identity import NotValid, read_id_no
from applicants.wording import WORDS, words_for

CODES = set(re.findall(r'NotValid\("(\w+)"', Path(identity.__file__).read_text(encoding="utf-8")))
FACTS = {"digits": 17, "wanted": 18, "letters": 51}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("99000019900101002", "身份证号少了一位，要写 18 位"),
        ("110105491231002", "身份证号少了 3 位，要写 18 位"),
        ("9900001990010100255", "身份证号多了一位，要写 18 位"),
        ("990000199001010025990000", "身份证号多了 6 位，要写 18 位"),
        ("990000199001010026", "身份证号最后一位对不上，对照身份证再看一遍"),
    ],
)
def test_she_reads_what_is_wrong_with_her_number(text, sentence):
    with pytest.raises(NotValid) as refused:
        read_id_no(text, on=date(2026, 9, 21))
    assert words_for(refused.value) == sentence


def test_every_code_has_words_and_no_words_are_left_over():
    assert CODES - {"id_no_length"} == set(WORDS)


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_words_are_short_and_say_what_to_do(code):
    sentence = words_for(NotValid(code, **FACTS))
    assert len(sentence) <= 30
    assert "%" not in sentence
    assert not re.search("请|非法|无效|对不起|系统|异常", sentence)


def test_the_warning_of_a_passbook_is_a_sentence_too():
    assert "存折" in str(wording.ACCOUNT_LOOKS_UNUSUAL)


def test_a_code_without_words_is_a_programmers_error():
    with pytest.raises(KeyError):
        words_for(NotValid("nobody_raises_this"))
