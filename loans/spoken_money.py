"""Money in a sentence, in the reader's language: 5 万元, or 50,000 yuan."""

from django.utils.translation import get_language, gettext

from loans.money import format_yuan, spoken_yuan


def money(fen: int) -> str:
    """5 万元, 800 元; in English 50,000 yuan."""
    if (get_language() or "zh").startswith("zh"):
        return spoken_yuan(fen)
    return in_figures(fen)


def in_figures(fen: int) -> str:
    """50,000 元: without ten thousands, so that a nought too many is seen."""
    return gettext("%(yuan)s 元") % {"yuan": format_yuan(fen).removesuffix(".00")}


def figure_and_unit(fen: int) -> tuple[str, str]:
    """The same for a headline, whose figure is larger than its unit: ("5", "万元")."""
    figure, _space, unit = money(fen).replace("\N{NO-BREAK SPACE}", " ").rpartition(" ")
    return (figure, unit) if figure else (unit, "")
