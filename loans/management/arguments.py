"""How commands read amounts, rates and days. What can't be read is told in one line, exit code 2."""

import argparse
from datetime import date
from enum import StrEnum

from loans.money import NotAnAmount, NotAPercentage, parse_percent, parse_yuan
from loans.terms import Effect, Prepayment, RateChange
from loans.wording import WORDS


def amount(text: str) -> int:
    """Yuan as fen."""
    try:
        return parse_yuan(text)
    except NotAnAmount as unreadable:
        raise _told(unreadable.code, text) from None


def rate(text: str) -> int:
    """Per cent a year as millionths."""
    try:
        return parse_percent(text)
    except NotAPercentage as unreadable:
        raise _told(unreadable.code, text) from None


def day(text: str) -> date:
    """2026-03-10."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _told("date_not_a_date", text) from None


def rate_change(text: str) -> RateChange:
    """2026-09-10=4.0."""
    on, equals, annual_rate = text.partition("=")
    if not equals:
        raise _told("rate_change_not_readable", text)
    return RateChange(day(on), rate(annual_rate))


def prepayment(text: str) -> Prepayment:
    """2026-09-10=2000,shorten."""
    on, equals, rest = text.partition("=")
    amount_text, comma, effect = rest.rpartition(",")
    if not equals or not comma or effect not in values(Effect):
        raise _told("prepayment_not_readable", text)
    return Prepayment(day(on), amount(amount_text), Effect(effect))


def values(choices: type[StrEnum]) -> list[str]:
    """What may be typed for one of these."""
    return [choice.value for choice in choices]


def _told(code: str, text: str) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(f"{WORDS[code]} ({text})")
