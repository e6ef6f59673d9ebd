"""What is read on a drawn page: its sentences, as a reader meets them."""

import re
from html.parser import HTMLParser
from typing import Final

HAN: Final = re.compile(r"[㐀-鿿]")
# A run of digits or Latin letters is read as one thing.
READ_AS_ONE: Final = re.compile(r"[㐀-鿿]|[0-9][0-9.,:%-]*|[A-Za-z]+")
SENTENCE_ENDS: Final = re.compile(r"[。！？；：\n]+")
# Elements that stand within a line; everything else begins a new one.
IN_LINE: Final = frozenset({"b", "a", "span", "dfn", "strong", "em", "i", "abbr", "svg", "use", "path", "input"})
NOT_READ: Final = frozenset({"script", "style", "svg", "select", "textarea"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.skipped: list[str] = []
        self.is_in_main = False
        self.glosses: list[str] = []
        self.open_spans: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self.is_in_main = True
        if tag in NOT_READ:
            self.skipped.append(tag)
        if tag == "span":
            classes = (dict(attrs).get("class") or "").split()
            self.open_spans.append("gloss" if "gloss" in classes else "")
        if tag not in IN_LINE:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.is_in_main = False
        if self.skipped and self.skipped[-1] == tag:
            self.skipped.pop()
        if tag == "span" and self.open_spans:
            self.open_spans.pop()
        if tag not in IN_LINE:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.is_in_main or self.skipped:
            return
        if "gloss" in self.open_spans:
            self.glosses.append(data.strip("（）"))
        else:
            self.text.append(re.sub(r"\s+", " ", data))


def sentences(page: str) -> list[str]:
    """The sentences of the page's own part; each gloss is one of its own."""
    reader = _Reader()
    reader.feed(page)
    parts = SENTENCE_ENDS.split("".join(reader.text)) + reader.glosses
    return [part.strip() for part in parts if HAN.search(part)]


def length(sentence: str) -> int:
    """How much there is to read: characters, with a number or a foreign word counted as one."""
    return len(READ_AS_ONE.findall(sentence))
