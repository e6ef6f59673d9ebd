import pytest
from django.utils.translation import override

from loans.spoken_money import figure_and_unit, money


def plain(words):
    return words.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (5_000_000, "5 万元", "50,000"),
        (5_500_000, "5.5 万元", "55,000"),
        (80_000, "800 元", "800"),
        (228_125, "2,281.25 元", "2,281.25"),
    ],
)
def test_money_is_said_as_each_language_says_it(fen, chinese, english):
    with override("zh-hans"):
        assert plain(money(fen)) == chinese
    with override("en"):
        assert plain(money(fen)).startswith(english)


def test_a_headline_parts_the_figure_from_its_unit():
    with override("zh-hans"):
        assert figure_and_unit(10_000_000) == ("10", "万元")
        assert figure_and_unit(80_000) == ("800", "元")


def test_a_headline_in_english_has_a_figure_too():
    with override("en"):
        figure, _unit = figure_and_unit(10_000_000)
    assert "100,000" in figure
