"""The answer that she came for, as the heading of her page and what stands below it."""

import re
from datetime import date
from typing import NamedTuple

from workflows.answers import answer_sentence
from workflows.deadlines import CaseClock
from workflows.models import Application

# Chinese full stops, and those of other languages before a space.
_FIRST_SENTENCE = re.compile(r".+?(?:[。！？]|[.!?](?=\s))", re.DOTALL)
_BESIDE_A_FIGURE = re.compile(r"(?<=\d) | (?=\d)")
# 「收到了。」 alone is no answer yet.
_TOO_SHORT = 4


class Answer(NamedTuple):
    headline: str
    rest: str


def answer_of(application: Application, clocks: CaseClock, *, today: date) -> Answer:
    """The same words as in the SMS: the first sentence large, the others below."""
    return split(answer_sentence(application, clocks, today=today))


def split(words: str) -> Answer:
    first = _FIRST_SENTENCE.match(words)
    if first is None:
        return Answer(unbroken(words), "")
    end = first.end()
    if end <= _TOO_SHORT:
        second = _FIRST_SENTENCE.match(words, end)
        end = second.end() if second else end
    return Answer(unbroken(words[:end].strip()), unbroken(words[end:].strip()))


def unbroken(words: str) -> str:
    """A figure and its unit stay on one line: 10 月 13 日."""
    return _BESIDE_A_FIGURE.sub("\N{NO-BREAK SPACE}", words)
