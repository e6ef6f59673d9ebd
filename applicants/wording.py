"""The words for the codes of `applicants.identity`: one short sentence each, which says what to do."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from applicants.identity import NotValid

WORDS: Final[dict[str, Promise | str]] = {
    "id_no_blank": gettext_lazy("写上身份证号，一共 18 位"),
    "id_no_characters": gettext_lazy("身份证号只写数字，最后一位可以是 X"),
    "id_no_birthday": gettext_lazy("身份证号第 7 到 14 位是生日，对照身份证再看一遍"),
    "id_no_check_digit": gettext_lazy("身份证号最后一位对不上，对照身份证再看一遍"),
    "full_name_blank": gettext_lazy("写上姓名，和身份证上一样"),
    "full_name_length": gettext_lazy("姓名要写 2 到 50 个字，和身份证上一样"),
    "full_name_characters": gettext_lazy("姓名里只写汉字或拼音，和身份证上一样"),
    "mobile_blank": gettext_lazy("写上手机号，一共 11 位"),
    "mobile_length": gettext_lazy("手机号要写 11 位数字"),
    "mobile_prefix": gettext_lazy("手机号开头不对，再看一遍"),
    "account_no_blank": gettext_lazy("写上银行卡号，或存折上的账号"),
    "account_no_characters": gettext_lazy("卡号只写数字，从卡正面照着写"),
    "account_no_length": gettext_lazy("这张卡号不对，从卡正面照着写 16 到 19 位数字"),
    "account_no_check_digit": gettext_lazy("卡号不对，从卡正面照着写"),
    "credit_code_blank": gettext_lazy("写上执照上的统一社会信用代码"),
    "credit_code_length": gettext_lazy("信用代码是 18 位，现在写了 %(digits)s 位"),
    "credit_code_characters": gettext_lazy("信用代码里没有 I、O、S、V、Z，对照执照再看一遍"),
    "credit_code_check_digit": gettext_lazy("信用代码最后一位对不上，对照执照再看一遍"),
    "birth_month_blank": gettext_lazy("写上哪年哪月生"),
    "birth_month_unreadable": gettext_lazy("写上哪年哪月生，比如 1985 年 3 月"),
    "birth_month_out_of_range": gettext_lazy("出生年月不对，再看一遍"),
}

# Shown beside an account that is kept although it fails Luhn, as passbook numbers often do.
ACCOUNT_LOOKS_UNUSUAL: Final = gettext_lazy("这个号不像银行卡号，对照存折再看一遍")


def words_for(error: NotValid) -> str:
    """The sentence for a refused text, in the reader's language."""
    if error.code == "id_no_length":
        return _wrong_length(missing=error.facts["wanted"] - error.facts["digits"])
    return str(WORDS[error.code]) % error.facts


def _wrong_length(*, missing: int) -> str:
    # One digit is by far the commonest slip, and reads oddly as a figure.
    if missing == 1:
        return gettext("身份证号少了一位，要写 18 位")
    if missing == -1:
        return gettext("身份证号多了一位，要写 18 位")
    if missing > 0:
        return gettext("身份证号少了 %(count)s 位，要写 18 位") % {"count": missing}
    return gettext("身份证号多了 %(count)s 位，要写 18 位") % {"count": -missing}
