import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import luhn

from applicants.identity import NotValid, read_account_no, read_credit_code, read_full_name, read_mobile


def refusal(read, text):
    with pytest.raises(NotValid) as refused:
        read(text)
    return refused.value


@st.composite
def card_numbers(draw):
    stem = "62" + draw(st.text("0123456789", min_size=13, max_size=16))
    return stem + luhn.calc_check_digit(stem)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("石小榴", "石小榴"),
        (" 石　小榴 ", "石小榴"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽 ･ 买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽··买买提", "阿依古丽·买买提"),
        ("王𠮷", "王𠮷"),
        ("陈\U0002b0dc", "陈\U0002b0dc"),
        ("李\U0003134a", "李\U0003134a"),
        ("李〇", "李〇"),
        ("⽯⼩榴", "石小榴"),
        ("Maria  da Silva", "Maria da Silva"),
        ("ＭＡＲＩＡ", "MARIA"),
        ("Nguyễn Thị Lan", "Nguyễn Thị Lan"),
        ("O'Brien", "O'Brien"),
    ],
)
def test_a_name_is_taken_however_it_was_typed(text, name):
    assert read_full_name(text) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "full_name_blank"),
        (" \u200b ", "full_name_blank"),
        ("石", "full_name_length"),
        ("石" * 51, "full_name_length"),
        ("石榴1", "full_name_characters"),
        ("石榴女士（代）", "full_name_characters"),
        ("·石榴", "full_name_characters"),
        ("石榴·", "full_name_characters"),
        ("石榴Li", "full_name_characters"),
        ("<b>石榴</b>", "full_name_characters"),
        ("=石榴", "full_name_characters"),
        ("Анна", "full_name_characters"),
        ("😀😀", "full_name_characters"),
    ],
)
def test_a_wrong_name_is_refused_with_the_reason(text, code):
    assert refusal(read_full_name, text).code == code


def test_the_longest_name_has_fifty_letters():
    assert read_full_name("石" * 24 + "·" + "榴" * 25) == "石" * 24 + "·" + "榴" * 25


@pytest.mark.parametrize(
    "text",
    [
        "13800000001",
        "138 0000 0001",
        "138-0000-0001",
        "+86 138 0000 0001",
        "8613800000001",
        "１３８０００００００１",
    ],
)
def test_a_mobile_is_taken_however_it_was_typed(text):
    assert read_mobile(text) == "13800000001"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "mobile_blank"),
        ("1380000000", "mobile_length"),
        ("138000000011", "mobile_length"),
        ("1380000000a", "mobile_length"),
        ("0999-0123456", "mobile_prefix"),
        ("099901234567", "mobile_length"),
        ("12800000001", "mobile_prefix"),
        ("+1 3800000001", "mobile_length"),
    ],
)
def test_a_wrong_mobile_is_refused_with_the_reason(text, code):
    assert refusal(read_mobile, text).code == code


def test_a_card_must_pass_its_check_digit():
    account = read_account_no("6228 4800 1234 5678 903")
    assert (account.text, account.passes_luhn) == ("6228480012345678903", True)
    assert read_account_no("6223190000000081234").passes_luhn
    assert refusal(read_account_no, "6228480012345678902").code == "account_no_check_digit"


def test_a_passbook_that_fails_luhn_is_taken_with_a_flag():
    account = read_account_no("9010 1234 5678 9012")
    assert (account.text, account.passes_luhn) == ("9010123456789012", False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "account_no_blank"),
        ("622319000000008", "account_no_length"),
        ("62231900000000812345", "account_no_length"),
        ("62231900000000O1234", "account_no_characters"),
        ("還没有卡", "account_no_characters"),
    ],
)
def test_a_wrong_account_is_refused_with_the_reason(text, code):
    assert refusal(read_account_no, text).code == code


@given(card_numbers(), st.integers(2, 15), st.sampled_from("0123456789"))
def test_any_single_wrong_digit_of_a_card_is_caught(number, place, other):
    assume(other != number[place])
    assert read_account_no(number).text == number
    error = refusal(read_account_no, number[:place] + other + number[place + 1 :])
    assert error.code == "account_no_check_digit"


def test_a_traceback_does_not_spell_out_the_card():
    assert "1234" not in repr(read_account_no("6223190000000081234"))


@pytest.mark.parametrize("text", ["91350100M000100Y43", "91350100m000100y43", " 91 350100 M000100Y 43"])
def test_a_credit_code_is_taken_however_it_was_typed(text):
    assert read_credit_code(text) == "91350100M000100Y43"


def test_the_code_of_a_village_collective_is_taken():
    assert read_credit_code("N2990000MF0000006L") == "N2990000MF0000006L"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "credit_code_blank"),
        ("91350100M000100Y4", "credit_code_length"),
        ("91350100M000100Y4Z", "credit_code_characters"),
        ("91350100M000100Y44", "credit_code_check_digit"),
        ("9135O100M000100Y43", "credit_code_characters"),
        ("执照执照执照执照执照执照执照执照执照", "credit_code_characters"),
    ],
)
def test_a_wrong_credit_code_is_refused_with_the_reason(text, code):
    assert refusal(read_credit_code, text).code == code
