"""The typefaces of papers: our own files and nothing else, so that a paper looks the same wherever it is printed.

Song (宋) for official papers and Hei (黑) for reports, each in regular and bold, cut to 8,000 characters
(records/fonts/subset.py). What they lack, rare characters in names, comes from the whole fonts of
`pylopdf-fonts-zh-cn`; what those lack too is printed as 〓, the sign that typesetters leave for a missing character.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from unicodedata import category

from fontTools.ttLib import TTFont

OURS = Path(str(files("records.fonts")))
WHOLE = Path(str(files("pylopdf_fonts_zh_cn")))
MISSING = "〓"
# Marks that only tell a renderer how to join or break; dropping one changes nothing that a reader sees.
INVISIBLE = ("Cf", "Mn")


@dataclass(frozen=True)
class Typeface:
    """One file, under the name and weight by which papers.css asks for it."""

    asset: str
    family: str
    weight: int
    path: Path

    @property
    def font_face(self) -> str:
        """The CSS rule that makes it known. The address has a scheme of our own (records.printing serves it)."""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; src: url("asset:{self.asset}") }}'
        )


TYPEFACES = (
    Typeface("song", "Paper Song", 400, OURS / "NotoSerifSC-Regular.ttf"),
    Typeface("song-bold", "Paper Song", 700, OURS / "NotoSerifSC-Bold.ttf"),
    Typeface("hei", "Paper Hei", 400, OURS / "NotoSansSC-Regular.ttf"),
    Typeface("hei-bold", "Paper Hei", 700, OURS / "NotoSansSC-Bold.ttf"),
    Typeface("rare-song", "Paper Rare Song", 400, WHOLE / "NotoSerifSC-Regular.otf"),
    Typeface("rare-hei", "Paper Rare Hei", 400, WHOLE / "NotoSansSC-Regular.otf"),
)


def printable(text: str) -> str:
    """The text with 〓 for each character that no typeface has, and without invisible marks: never a box."""
    known = characters()
    if known.issuperset(text):
        return text
    return "".join(_replaced(text, known))


@lru_cache(maxsize=1)
def characters() -> frozenset[str]:
    """What can be printed in every family: a whole font contains what its subset has."""
    families = [
        TTFont(typeface.path, lazy=True).getBestCmap() for typeface in TYPEFACES if typeface.path.parent == WHOLE
    ]
    shared = set.intersection(*(set(family) for family in families))
    return frozenset(map(chr, shared)) | frozenset("\n\r\t")


def _replaced(text: str, known: frozenset[str]) -> Iterator[str]:
    for character in text:
        if character in known:
            yield character
        elif category(character) not in INVISIBLE:
            yield MISSING
