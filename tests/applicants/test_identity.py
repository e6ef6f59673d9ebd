from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from applicants.age import BirthMonth
from applicants.identity import EARLIEST_BIRTH_ON, NotValid, read_birth_month, read_id_no

TODAY = date(2026, 9, 21)


def refusal(text):
    with pytest.raises(NotValid) as refused:
        read_id_no(text, on=TODAY)
    return refused.value


@st.composite
def id_numbers(draw):
    birth_on = draw(st.dates(EARLIEST_BIRTH_ON, TODAY))
    area = draw(st.sampled_from(["990000", "110105", "440524"]))
    stem = f"{area}{birth_on:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return stem + mod_11_2.calc_check_digit(stem)


@pytest.mark.parametrize(
    ("text", "birth_on", "is_female"),
    [
        ("11010519491231002X", date(1949, 12, 31), True),
        ("440524188001010014", date(1880, 1, 1), False),
        ("990000199001010025", date(1990, 1, 1), True),
        ("990000198503124829", date(1985, 3, 12), True),
    ],
)
def test_published_numbers_are_read(text, birth_on, is_female):
    number = read_id_no(text, on=TODAY)
    assert (number.text, number.birth_on, number.is_female) == (text, birth_on, is_female)


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "\ufeff110105\u200b19491231\u3000002ｘ\n",
    ],
)
def test_a_number_is_taken_however_it_was_typed(text):
    assert read_id_no(text, on=TODAY).text == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("", "id_no_blank", {}),
        ("　 \u200b", "id_no_blank", {}),
        ("99000019900101002", "id_no_length", {"digits": 17, "wanted": 18}),
        ("9900001990010100255", "id_no_length", {"digits": 19, "wanted": 18}),
        ("110105491231002", "id_no_length", {"digits": 15, "wanted": 18}),
        ("9900001990O1010025", "id_no_characters", {}),
        ("99000019900101X025", "id_no_characters", {}),
        ("٩٩٠٠٠٠١٩٩٠٠١٠١٠٠٢٥", "id_no_characters", {}),
        ("我的身份证号", "id_no_characters", {}),
        ("990000199002300025", "id_no_birthday", {}),
        ("990000199013010025", "id_no_birthday", {}),
        ("990000000001010025", "id_no_birthday", {}),
        ("990000184912310025", "id_no_birthday", {}),
        ("990000199001010026", "id_no_check_digit", {}),
        ("99000019900101002X", "id_no_check_digit", {}),
        ("990000199001010052", "id_no_check_digit", {}),
    ],
)
def test_a_wrong_number_is_refused_with_the_reason(text, code, facts):
    error = refusal(text)
    assert (error.code, error.facts) == (code, facts)


def test_nobody_was_born_tomorrow():
    stem = "99000020260922002"
    number = stem + mod_11_2.calc_check_digit(stem)
    assert refusal(number).code == "id_no_birthday"
    assert read_id_no(number, on=TODAY + timedelta(days=1)).age_on(TODAY + timedelta(days=1)) == 0


def test_a_mans_number_is_a_number():
    assert not read_id_no("440524188001010014", on=TODAY).is_female


def test_a_traceback_does_not_spell_out_the_number():
    assert "0025" not in repr(read_id_no("990000199001010025", on=TODAY))
    assert "1990" not in repr(refusal("990000199001010026"))


@given(id_numbers())
def test_every_well_formed_number_is_read_back_as_it_was(text):
    number = read_id_no(text, on=TODAY)
    assert number.text == text
    assert number.birth_on == date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    assert number.is_female is (text[16] in "02468")


@given(id_numbers(), st.lists(st.sampled_from([" ", "-", "\u3000", "\u200b"]), min_size=17, max_size=17))
def test_full_width_digits_and_gaps_never_matter(text, gaps):
    wide = [chr(ord(letter) + 0xFEE0) for letter in text]
    typed = "".join(letter + gap for letter, gap in zip(wide, [*gaps, ""], strict=True))
    assert read_id_no(typed, on=TODAY).text == text


@given(id_numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_wrong_digit_is_caught(text, place, other):
    assume(other != text[place])
    refusal(text[:place] + other + text[place + 1 :])


@given(id_numbers(), st.integers(0, 15))
def test_two_neighbours_swapped_are_caught(text, place):
    assume(text[place] != text[place + 1])
    refusal(text[:place] + text[place + 1] + text[place] + text[place + 2 :])


def test_the_birthday_itself_counts():
    number = read_id_no("990000199001010025", on=TODAY)
    assert number.age_on(date(2025, 12, 31)) == 35
    assert number.age_on(date(2026, 1, 1)) == 36


@pytest.mark.parametrize("text", ["1985-03", "1985年3月", "1985 年 3 月", "1985.3", "198503", "１９８５／０３"])
def test_a_month_of_birth_is_taken_however_it_was_typed(text):
    assert read_birth_month(text, on=TODAY) == BirthMonth(1985, 3)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" ", "birth_month_blank"),
        ("85年3月", "birth_month_unreadable"),
        ("1985-03-12", "birth_month_unreadable"),
        ("三月", "birth_month_unreadable"),
        ("1985-13", "birth_month_out_of_range"),
        ("1985-00", "birth_month_out_of_range"),
        ("2026-10", "birth_month_out_of_range"),
        ("1849-12", "birth_month_out_of_range"),
    ],
)
def test_a_wrong_month_of_birth_is_refused_with_the_reason(text, code):
    with pytest.raises(NotValid) as refused:
        read_birth_month(text, on=TODAY)
    assert refused.value.code == code


def test_this_month_is_a_month_of_birth():
    assert read_birth_month("2026-09", on=TODAY) == BirthMonth(2026, 9)
