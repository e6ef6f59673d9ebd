"""Words of the trade, and what each means to somebody who hasn't met it."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

MEANINGS: Final[Mapping[str, Promise | str]] = {
    "受理": _("收下申请，开始办"),
    "补正": _("把缺的、错的材料补好"),
    "贴息": _("利息由政府出"),
    "保证金": _("政府先存在银行担风险的钱"),
    "反担保": _("您给担保公司的保证"),
    "征信": _("您借钱还钱的记录"),
    "代偿": _("担保公司先替您还"),
    "展期": _("把还款的日子往后推"),
}
# In the name of a paper a word isn't explained: 受理通知书 stays in one piece.
_NAME_OF_A_PAPER: Final = "(?!通知书|告知书|凭证)"
_WORD: Final = re.compile(f"(?:{'|'.join(sorted(MEANINGS, key=len, reverse=True))}){_NAME_OF_A_PAPER}")
_TAG: Final = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
# Where an explanation would be in the way: names of pages, things to press, labels of figures, what isn't text.
_LEFT_ALONE: Final = frozenset(
    {"h1", "a", "button", "option", "summary", "script", "style", "svg", "textarea", "dfn", "title", "select", "dt"}
)


def glossed(markup: str) -> str:
    """The markup with each word explained where it first stands in running text."""
    explained: set[str] = set()
    return "".join(_pieces(markup, explained))


def _pieces(markup: str, explained: set[str]) -> Iterator[str]:
    closed_by: list[str] = []
    for piece in _TAG.split(markup):
        if piece.startswith("<"):
            _follow(piece, closed_by)
            yield piece
        elif closed_by:
            yield piece
        else:
            yield _WORD.sub(lambda found: _explained(found[0], explained), piece)


def _follow(tag: str, closed_by: list[str]) -> None:
    """Remember which of the elements that are left alone are open."""
    name = re.match(r"</?([a-zA-Z][\w-]*)", tag)
    if name is None or name[1].lower() not in _LEFT_ALONE or tag.endswith("/>"):
        return
    if not tag.startswith("</"):
        closed_by.append(name[1].lower())
    elif closed_by and closed_by[-1] == name[1].lower():
        closed_by.pop()


def _explained(word: str, explained: set[str]) -> str:
    if word in explained:
        return word
    explained.add(word)
    return format_html('<dfn>{}</dfn><span class="gloss">（{}）</span>', word, MEANINGS[word])
