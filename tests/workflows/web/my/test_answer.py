import pytest

from workflows.web.my.answer import split


def plain(answer):
    return tuple(part.replace("\N{NO-BREAK SPACE}", " ") for part in answer)


@pytest.mark.parametrize(
    ("words", "headline", "rest"),
    [
        ("批了 5 万元！带身份证到农信签字。", "批了 5 万元！", "带身份证到农信签字。"),
        ("收到了。石榴镇妇联 9 月 23 日前看材料。", "收到了。石榴镇妇联 9 月 23 日前看材料。", ""),
        ("还没交。您填到第 3 步，接着填就行。", "还没交。您填到第 3 步，接着填就行。", ""),
        ("按您说的停了，材料不会再用。", "按您说的停了，材料不会再用。", ""),
        ("没有句号", "没有句号", ""),
        ("收到了。", "收到了。", ""),
        ("The bank approved. Bring your ID card.", "The bank approved.", "Bring your ID card."),
    ],
)
def test_the_first_sentence_is_the_heading_unless_it_says_too_little(words, headline, rest):
    assert plain(split(words)) == (headline, rest)


def test_a_figure_and_its_unit_stay_together():
    assert " " not in split("最晚 10 月 13 日办完。").headline
