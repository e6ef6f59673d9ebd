"""Money is whole fen. Here it is read from what people type, and written for pages, papers and programs."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import cn2an

from loans.rounding import Rounding, rounded

PPM_WHOLE = 1_000_000
"""A rate or share of 100 %, in millionths."""

LARGEST_FEN = 10**13 - 1
"""99,999,999,999.99 yuan: far above any pool, far below what a database column or the capitals can hold."""

_NBSP = "\u00a0"
_PLACES = {"": 1, "千": 1_000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
_FIGURE = re.compile(
    r"(?P<whole>\d+|\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+)(?P<decimals>\.\d+)?(?P<place>[千万w亿]?)",
    re.ASCII,
)
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+")
_MIXED = re.compile(r"(?:\d{1,4}[亿万千百十]零?)+\d?", re.ASCII)
_DECORATION = re.compile(r"^(?:人民币|rmb|¥)|(?:[元圆][整正]?|块钱?)$")
_CAPITAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"


class NotAnAmount(ValueError):
    """What was typed is no amount of money. `code` says why; the words are in loans/wording.py."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotAPercentage(ValueError):
    """What was typed is no percentage from 0 to 100 with at most four decimals. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_yuan(text: str) -> int:
    """The amount in fen. Takes 50000, 50,000.00, ５００００, 5万, 5 万元, 五万, 1万2千.

    Raises NotAnAmount.
    """
    plain = _DECORATION.sub("", _without_width_and_spaces(text).lower())
    if not plain:
        raise NotAnAmount("amount_missing")
    if plain[0] in "-−负":
        raise NotAnAmount("amount_negative")
    figure = _FIGURE.fullmatch(plain)
    fen = _fen_of_figure(figure) if figure else _fen_of_words(plain)
    if fen > LARGEST_FEN:
        raise NotAnAmount("amount_too_large")
    return fen


def format_yuan(fen: int) -> str:
    """For people: 50,000.00."""
    return f"{_sign(fen)}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def plain_yuan(fen: int) -> str:
    """For programs and files: 50000.00."""
    return f"{_sign(fen)}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def spoken_yuan(fen: int) -> str:
    """As one says it: 5 万元, 5.5 万元, 800 元, 2,281.25 元. The space doesn't break at the end of a line."""
    if abs(fen) >= 1_000_000 and fen % 10_000 == 0:
        return f"{_sign(fen)}{_trimmed(Decimal(abs(fen)) / 1_000_000)}{_NBSP}万元"
    figure = format_yuan(fen).removesuffix(".00")
    return f"{figure}{_NBSP}元"


def capitals(fen: int) -> str:
    """大写金额 for papers: 人民币伍万元整. `fen` is not negative.

    支付结算办法, annex 1: 整 must follow 元, may follow 角 (not written here) and never follows 分.
    """
    assert 0 <= fen <= LARGEST_FEN, fen
    return f"人民币{cn2an.an2cn(plain_yuan(fen), 'rmb')}"


def capital_date(day: date) -> str:
    """The date of a bill in capitals, so that nobody can alter it: 贰零贰陆年零贰月壹拾贰日.

    支付结算办法, annex 1: months 1, 2 and 10 and days 1 to 10, 20 and 30 take a leading 零.
    """
    year = "".join(_CAPITAL_DIGITS[int(figure)] for figure in f"{day.year:04d}")
    month = ("零" if day.month in (1, 2, 10) else "") + _capital_number(day.month)
    day_of_month = ("零" if day.day <= 10 or day.day in (20, 30) else "") + _capital_number(day.day)
    return f"{year}年{month}月{day_of_month}日"


def percent(ppm: int) -> str:
    """A rate or share in millionths as per cent: 45,000 is 4.50; further decimals only where they are."""
    whole, decimals = divmod(abs(ppm), 10_000)
    figures = f"{decimals:04d}"
    return f"{_sign(ppm)}{whole}.{figures[:2]}{figures[2:].rstrip('0')}"


def parse_percent(text: str) -> int:
    """Millionths of 4.5, 4.50 %, ４．５％: 45,000. Raises NotAPercentage."""
    plain = _without_width_and_spaces(text).removesuffix("%")
    if not plain:
        raise NotAPercentage("percent_missing")
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", plain):
        raise NotAPercentage("percent_not_a_number")
    ppm = Decimal(plain) * 10_000
    if ppm != ppm.to_integral_value():
        raise NotAPercentage("percent_too_precise")
    if ppm > PPM_WHOLE:
        raise NotAPercentage("percent_too_large")
    return int(ppm)


def share(fen: int, ppm: int, rounding: Rounding = Rounding.HALF_UP) -> int:
    """A part of an amount, rounded once: 80 % of 80,000.00 is 64,000.00."""
    return rounded(fen * ppm, PPM_WHOLE, rounding)


def split_by_shares(total_fen: int, shares_ppm: Sequence[int]) -> list[int]:
    """The total in parts that sum to it: each part is rounded half up, the last takes the cent that is left.

    `shares_ppm` are not negative and sum to one million. No part has the other sign than the total.
    """
    assert sum(shares_ppm) == PPM_WHOLE, shares_ppm
    assert all(ppm >= 0 for ppm in shares_ppm), shares_ppm
    if total_fen < 0:
        return [-part for part in split_by_shares(-total_fen, shares_ppm)]
    parts: list[int] = []
    left_fen = total_fen
    for ppm in shares_ppm[:-1]:
        part = min(share(total_fen, ppm), left_fen)
        parts.append(part)
        left_fen -= part
    return [*parts, left_fen]


def _without_width_and_spaces(text: str) -> str:
    """Full-width figures as plain ones; a Chinese full stop between figures is a decimal point."""
    return "".join(unicodedata.normalize("NFKC", text).replace("。", ".").split())


def _fen_of_figure(figure: re.Match[str]) -> int:
    """Fen of 50,000.00 or 5.5万. Yuan have two decimals; 3.5555万 is whole fen all the same."""
    decimals, place = figure["decimals"] or "", figure["place"]
    if not place and len(decimals) > len(".00"):
        raise NotAnAmount("amount_too_precise")
    if len(figure[0]) > 40:
        raise NotAnAmount("amount_too_large")
    fen = Decimal(figure["whole"].replace(",", "") + decimals) * _PLACES[place] * 100
    if fen != fen.to_integral_value():
        raise NotAnAmount("amount_too_precise")
    return int(fen)


def _fen_of_words(plain: str) -> int:
    """Fen of 五万, 伍万, 三万五, 1万2千: whole yuan only."""
    reading = "normal" if _CHINESE.fullmatch(plain) else "smart" if _MIXED.fullmatch(plain) else None
    if reading is None or len(plain) > 30:
        raise NotAnAmount("amount_not_a_number")
    try:
        return int(cn2an.cn2an(plain, reading)) * 100
    except ValueError:
        raise NotAnAmount("amount_not_a_number") from None


def _capital_number(number: int) -> str:
    """1 to 31: 壹, 壹拾, 壹拾贰, 贰拾, 叁拾壹."""
    tens, ones = divmod(number, 10)
    return (f"{_CAPITAL_DIGITS[tens]}拾" if tens else "") + (_CAPITAL_DIGITS[ones] if ones else "")


def _trimmed(number: Decimal) -> str:
    return f"{number:,f}".rstrip("0").rstrip(".") if number % 1 else f"{number:,.0f}"


def _sign(amount: int) -> str:
    return "-" if amount < 0 else ""
