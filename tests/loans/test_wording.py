import re
from pathlib import Path

import pytest

from loans.wording import WORDS

SOURCES = [
    *("accrual.py", "amortisation.py", "due_dates.py", "interest.py", "money.py", "quotes.py", "replay.py"),
    *("schedule.py", "subsidy.py", "terms.py", "management/arguments.py", "management/commands/schedule.py"),
    "management/commands/subsidy.py",
]
CODE = re.compile(
    r"(?:NotAnAmount|NotAPercentage|BadTerms|BadEvents|_told)\(\"(\w+)\"|yield \"(\w+)\"|WORDS\[\"(\w+)\"\]"
)


def codes_in_the_source():
    text = "".join((Path("loans") / name).read_text() for name in SOURCES)
    return {code for found in CODE.findall(text) for code in found if code}


def test_every_code_has_words():
    assert codes_in_the_source() - set(WORDS) == set()


@pytest.mark.parametrize("code", WORDS)
def test_words_are_short_and_say_what_to_do(code):
    words = str(WORDS[code])
    assert 6 <= len(words) <= 60
    assert not re.search("请|非法|无效|对不起", words)
    assert not words.endswith("。")
