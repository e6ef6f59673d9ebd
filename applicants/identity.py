"""What a person writes about who she is: read tolerantly, kept in one form, refused with a code.

Pure: no framework, no clock, no words. The words of the codes live in `applicants.wording`.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from stdnum import luhn
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from applicants.age import BirthMonth, full_years

# The example of GB 11643 itself was born in 1880; an earlier year is a slip of the pen.
EARLIEST_BIRTH_ON: Final = date(1850, 1, 1)

# Nobody types a longer name or number. Longer text is refused before Unicode normalisation,
# whose cost grows with the square of a run of combining marks.
LONGEST_TEXT: Final = 200


class NotValid(Exception):
    """What she wrote cannot be taken: `code` says why, `facts` what the words need, never the text itself."""

    def __init__(self, code: str, **facts: int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class ResidentId:
    """An 18-character resident ID number (GB 11643) and what it says about its holder."""

    text: str = field(repr=False)  # a traceback must not spell it out
    birth_on: date
    is_female: bool

    def age_on(self, on: date) -> int:
        """Age in full years."""
        return full_years(self.birth_on, on)


@dataclass(frozen=True)
class BankAccount:
    """A card or passbook number. Passbooks of rural co-operatives often fail Luhn: warn, don't refuse."""

    text: str = field(repr=False)
    passes_luhn: bool


def read_id_no(text: str, *, on: date) -> ResidentId:
    """Read a resident ID number (GB 11643-1999: area 6, birth date 8, sequence 3, check character 1).

    The area code is that of the first registration, and abolished codes stay valid: it is not checked.
    Raises NotValid: id_no_blank, id_no_characters, id_no_length, id_no_birthday, id_no_check_digit.
    """
    number = _compact(text).upper()
    if not number:
        raise NotValid("id_no_blank")
    if not re.fullmatch(r"[0-9]*[0-9X]", number):
        raise NotValid("id_no_characters")
    if len(number) != 18:
        raise NotValid("id_no_length", digits=len(number), wanted=18)
    birth_on = _birthday_in(number)
    if birth_on is None or not EARLIEST_BIRTH_ON <= birth_on <= on:
        raise NotValid("id_no_birthday")
    if not mod_11_2.is_valid(number):
        raise NotValid("id_no_check_digit")
    return ResidentId(text=number, birth_on=birth_on, is_female=int(number[16]) % 2 == 0)


def read_full_name(text: str) -> str:
    """Read a name as on the identity card: Han letters with · between parts, or Latin letters.

    Raises NotValid: full_name_blank, full_name_length, full_name_characters.
    """
    if len(text) > LONGEST_TEXT:
        raise NotValid("full_name_length", letters=len(text))
    # NFKC turns full-width letters, and the radicals that text copied from a PDF brings, into plain ones.
    name = " ".join(unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).split())
    if HAN.search(name):
        name = MIDDLE_DOTS.sub("·", name.replace(" ", ""))
    if not name:
        raise NotValid("full_name_blank")
    if not 2 <= len(name) <= 50:
        raise NotValid("full_name_length", letters=len(name))
    if not (HAN_NAME.fullmatch(name) or LATIN_NAME.fullmatch(name)):
        raise NotValid("full_name_characters")
    return name


def read_mobile(text: str) -> str:
    """Read a mainland mobile number; +86, 86 and 0086 before it are dropped.

    Raises NotValid: mobile_blank, mobile_length, mobile_prefix.
    """
    number = _compact(text)
    if not number:
        raise NotValid("mobile_blank")
    number = re.sub(r"^(?:\+86|0086|86)(?=[0-9]{11}$)", "", number)
    if not re.fullmatch(r"[0-9]{11}", number):
        raise NotValid("mobile_length")
    if not re.fullmatch(r"1[3-9][0-9]{9}", number):
        raise NotValid("mobile_prefix")
    return number


def read_account_no(text: str) -> BankAccount:
    """Read a payout account of 16 to 19 digits. A UnionPay card (it starts with 62) must pass Luhn.

    Raises NotValid: account_no_blank, account_no_characters, account_no_length, account_no_check_digit.
    """
    number = _compact(text)
    if not number:
        raise NotValid("account_no_blank")
    if not re.fullmatch(r"[0-9]+", number):
        raise NotValid("account_no_characters")
    if not 16 <= len(number) <= 19:
        raise NotValid("account_no_length", digits=len(number))
    passes_luhn = luhn.is_valid(number)
    if number.startswith("62") and not passes_luhn:
        raise NotValid("account_no_check_digit")
    return BankAccount(text=number, passes_luhn=passes_luhn)


def read_credit_code(text: str) -> str:
    """Read a unified social credit code (GB 32100-2015: no I, O, S, V, Z; village collectives begin with N).

    Raises NotValid: credit_code_blank, credit_code_length, credit_code_characters, credit_code_check_digit.
    """
    code = _compact(text).upper()
    if not code:
        raise NotValid("credit_code_blank")
    if len(code) != 18:
        raise NotValid("credit_code_length", digits=len(code), wanted=18)
    if not CREDIT_CODE.fullmatch(code):
        raise NotValid("credit_code_characters")
    if uscc.calc_check_digit(code) != code[-1]:
        raise NotValid("credit_code_check_digit")
    return code


def read_birth_month(text: str, *, on: date) -> BirthMonth:
    """Read 1985-03, 1985年3月, 1985.3 or 198503.

    Raises NotValid: birth_month_blank, birth_month_unreadable, birth_month_out_of_range.
    """
    written = _compact(text)
    if not written:
        raise NotValid("birth_month_blank")
    match = re.fullmatch(r"([0-9]{4})[年./]?([0-9]{1,2})月?", written)
    if match is None:
        raise NotValid("birth_month_unreadable")
    month = BirthMonth(int(match[1]), int(match[2]))
    earliest = BirthMonth(EARLIEST_BIRTH_ON.year, EARLIEST_BIRTH_ON.month)
    if not (1 <= month.month <= 12 and earliest <= month <= (on.year, on.month)):
        raise NotValid("birth_month_out_of_range")
    return month


def mask_id_no(id_no: str) -> str:
    """9900••••••••0026, what others see until they ask for the whole, which is logged."""
    return _mask(id_no, head=4, dots=DOTS * 2)


def mask_mobile(mobile: str) -> str:
    """138••••5678."""
    return _mask(mobile, head=3, dots=DOTS)


def mask_account(account_no: str) -> str:
    """••••1234, as banks write it."""
    return _mask(account_no, head=0, dots=DOTS)


def mask_name(full_name: str) -> str:
    """张••, for public lists: always two dots, so that the length says nothing."""
    return full_name[:1] + "••" if full_name else ""


DOTS: Final = "••••"

FULL_WIDTH: Final = {0xFF01 + step: 0x21 + step for step in range(94)}
# Zero-width and direction marks that come along when a number is copied from a chat or an address book.
UNSEEN: Final = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
INVISIBLE: Final = re.compile(f"[{UNSEEN}]")
SEPARATORS: Final = re.compile(rf"[{UNSEEN}\s\-\u2010-\u2015\u2212]")

# Planes 2 and 3 are set aside for Han: extensions B to H are there, and those to come.
HAN_LETTER: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
HAN: Final = re.compile(f"[{HAN_LETTER}]")
HAN_NAME: Final = re.compile(f"[{HAN_LETTER}]+(?:·[{HAN_LETTER}]+)*")
LATIN_LETTER: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
LATIN_NAME: Final = re.compile(f"[{LATIN_LETTER}]+(?:[ '’.·-]+[{LATIN_LETTER}]+)*\\.?")
MIDDLE_DOTS: Final = re.compile("[·•.・‧∙⋅●]+")

CREDIT_CODE: Final = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")


def _compact(text: str) -> str:
    """Full-width to half-width, without the spaces and dashes that people put between groups of digits."""
    return SEPARATORS.sub("", text.translate(FULL_WIDTH))


def _birthday_in(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _mask(text: str, *, head: int, dots: str) -> str:
    # What is too short to hide anything between head and tail is hidden whole.
    if len(text) < head + 8:
        return dots if text else ""
    return text[:head] + dots + text[-4:]
