import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.money import (
    LARGEST_FEN,
    PPM_WHOLE,
    NotAnAmount,
    NotAPercentage,
    capital_date,
    capitals,
    format_yuan,
    parse_percent,
    parse_yuan,
    percent,
    plain_yuan,
    share,
    split_by_shares,
    spoken_yuan,
)
from loans.rounding import Rounding

amounts = st.integers(0, LARGEST_FEN)


@pytest.mark.parametrize(
    "typed",
    [
        "50000",
        "50000.0",
        "50,000.00",
        "5,0000",
        "５００００",
        "５０，０００．００",
        " 50 000 ",
        "50\u3000000",
        "¥50000",
        "￥50,000元",
        "人民币50000元整",
        "5万",
        "5 万元",
        "５万元",
        "5.0万",
        "5w",
        "五万",
        "五万元",
        "五万块钱",
        "伍万元整",
        "人民币伍万元整",
        "五零零零零",
    ],
)
def test_fifty_thousand_is_read_however_it_is_typed(typed):
    assert parse_yuan(typed) == 5_000_000


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("0", 0),
        ("0.01", 1),
        ("0.5", 50),
        ("800元", 80_000),
        ("两千五百", 250_000),
        ("三万五", 3_500_000),
        ("1万2千", 1_200_000),
        ("5万5", 5_500_000),
        ("5.55万", 5_550_000),
        ("3.5555万", 3_555_500),
        ("3.555555万", 3_555_555),
        ("2,281.25", 228_125),
        ("12345。67", 1_234_567),
        ("99999999999.99", LARGEST_FEN),
    ],
)
def test_amounts_are_read_to_the_fen(typed, fen):
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "amount_missing"),
        ("  ", "amount_missing"),
        ("元", "amount_missing"),
        ("-5", "amount_negative"),
        ("－5", "amount_negative"),
        ("−5", "amount_negative"),
        ("负五万", "amount_negative"),
        ("0.001", "amount_too_precise"),
        ("50000.000", "amount_too_precise"),
        ("3.5555555万", "amount_too_precise"),
        ("100000000000", "amount_too_large"),
        ("1" + "0" * 5_000, "amount_too_large"),
        ("九千亿", "amount_too_large"),
        ("NaN", "amount_not_a_number"),
        ("Infinity", "amount_not_a_number"),
        ("1e5", "amount_not_a_number"),
        ("0x10", "amount_not_a_number"),
        ("5,00", "amount_not_a_number"),
        ("50,0000,00", "amount_not_a_number"),
        ("1.000,00", "amount_not_a_number"),
        ("50000五", "amount_not_a_number"),
        ("五五万", "amount_not_a_number"),
        ("万", "amount_not_a_number"),
        ("五点五", "amount_not_a_number"),
        ("٥٠", "amount_not_a_number"),
        ("两三万吧", "amount_not_a_number"),
        ("一" * 100, "amount_not_a_number"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(typed, code):
    with pytest.raises(NotAnAmount) as refusal:
        parse_yuan(typed)
    assert refusal.value.code == code


@given(st.text(max_size=12) | st.text("0123456789.,-万五元千 ", max_size=12))
def test_any_text_is_an_amount_or_a_named_refusal(typed):
    try:
        assert 0 <= parse_yuan(typed) <= LARGEST_FEN
    except NotAnAmount as refusal:
        assert refusal.code.startswith("amount_")  # noqa: PT017 — either outcome is right, others are not


@given(amounts)
def test_what_we_write_we_read_back(fen):
    assert parse_yuan(format_yuan(fen)) == fen
    assert parse_yuan(plain_yuan(fen)) == fen
    assert parse_yuan(spoken_yuan(fen)) == fen


def test_amounts_are_written_for_people_and_for_programs():
    assert format_yuan(5_000_000) == "50,000.00"
    assert plain_yuan(5_000_000) == "50000.00"
    assert format_yuan(-5) == "-0.05"
    assert plain_yuan(-228_125) == "-2281.25"


@pytest.mark.parametrize(
    ("fen", "spoken"),
    [
        (5_000_000, "5 万元"),
        (5_500_000, "5.5 万元"),
        (6_400_000, "6.4 万元"),
        (3_555_000, "35,550 元"),
        (80_000, "800 元"),
        (228_125, "2,281.25 元"),
        (500_000_000, "500 万元"),
        (0, "0 元"),
        (-5_000_000, "-5 万元"),
    ],
)
def test_amounts_are_said_in_ten_thousands_where_that_is_shorter(fen, spoken):
    assert spoken_yuan(fen) == spoken.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("fen", "in_capitals"),
    [
        (5_000_000, "人民币伍万元整"),
        (140_950, "人民币壹仟肆佰零玖元伍角"),
        (600_714, "人民币陆仟零柒元壹角肆分"),
        (1_640_902, "人民币壹万陆仟肆佰零玖元零贰分"),
        (10_000_000, "人民币壹拾万元整"),
        (32_504, "人民币叁佰贰拾伍元零肆分"),
        (3_050_000, "人民币叁万零伍佰元整"),
        (10_700_053, "人民币壹拾万柒仟元伍角叁分"),
        (0, "人民币零元整"),
        (5, "人民币伍分"),
    ],
)
def test_amounts_in_capitals(fen, in_capitals):
    assert capitals(fen) == in_capitals


def test_ten_thousand_random_amounts_survive_the_way_to_capitals_and_back():
    chance = random.Random(990000)
    for _ in range(10_000):
        fen = chance.randrange(10 ** chance.randint(1, 13))
        assert read_capitals(capitals(fen)) == fen


def read_capitals(text):
    """An independent reader: every digit times its unit, 万 and 亿 times what stands before them."""
    digits = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
    units = {"拾": 10, "佰": 100, "仟": 1_000}
    total = section = digit = 0
    for sign in text.removeprefix("人民币").removesuffix("整"):
        if sign in digits:
            digit = digits[sign]
        elif sign in units:
            section, digit = section + digit * units[sign], 0
        elif sign in "万亿":
            total, section, digit = total + (section + digit) * (10_000 if sign == "万" else 10**8), 0, 0
        elif sign == "元":
            total, section, digit = (total + section + digit) * 100, 0, 0
        else:
            total, digit = total + digit * (10 if sign == "角" else 1), 0
    return total


@pytest.mark.parametrize(
    ("day", "in_capitals"),
    [
        (date(2026, 2, 12), "贰零贰陆年零贰月壹拾贰日"),
        (date(2026, 10, 20), "贰零贰陆年零壹拾月零贰拾日"),
        (date(2026, 3, 10), "贰零贰陆年叁月零壹拾日"),
        (date(2026, 1, 9), "贰零贰陆年零壹月零玖日"),
        (date(2026, 11, 30), "贰零贰陆年壹拾壹月零叁拾日"),
        (date(2030, 12, 31), "贰零叁零年壹拾贰月叁拾壹日"),
    ],
)
def test_the_date_of_a_bill_in_capitals(day, in_capitals):
    assert capital_date(day) == in_capitals


@pytest.mark.parametrize(
    ("typed", "ppm"),
    [("4.5", 45_000), ("4.50 %", 45_000), ("４．５％", 45_000), ("9.4822", 94_822), ("0", 0), ("100", PPM_WHOLE)],
)
def test_a_percentage_is_read_as_millionths(typed, ppm):
    assert parse_percent(typed) == ppm


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "percent_missing"),
        ("%", "percent_missing"),
        ("-1", "percent_not_a_number"),
        ("4,5", "percent_not_a_number"),
        ("NaN", "percent_not_a_number"),
        ("4.%", "percent_not_a_number"),
        ("4.48225", "percent_too_precise"),
        ("100.0001", "percent_too_large"),
        ("450", "percent_too_large"),
    ],
)
def test_what_is_no_percentage_is_refused_with_its_reason(typed, code):
    with pytest.raises(NotAPercentage) as refusal:
        parse_percent(typed)
    assert refusal.value.code == code


@given(st.integers(0, PPM_WHOLE))
def test_a_percentage_survives_being_written(ppm):
    assert parse_percent(percent(ppm)) == ppm


def test_a_percentage_has_two_decimals_and_more_only_where_they_are():
    assert [percent(ppm) for ppm in (45_000, 94_822, 1, -15_000)] == ["4.50", "9.4822", "0.0001", "-1.50"]


def test_a_share_is_rounded_once():
    assert share(8_000_000, 800_000) == 6_400_000
    assert share(5, 500_000) == 3
    assert share(5, 500_000, Rounding.HALF_EVEN) == 2


def test_the_last_share_takes_the_cent():
    assert split_by_shares(100, [333_333, 333_333, 333_334]) == [33, 33, 34]
    assert split_by_shares(8_000_000, [800_000, 200_000]) == [6_400_000, 1_600_000]
    assert split_by_shares(-100, [333_333, 333_333, 333_334]) == [-33, -33, -34]


def test_rounding_up_twice_leaves_no_negative_last_share():
    assert split_by_shares(1, [500_000, 500_000, 0]) == [1, 0, 0]


@given(st.integers(-LARGEST_FEN, LARGEST_FEN), st.lists(st.integers(0, 1_000), min_size=1, max_size=6).filter(any))
def test_shares_sum_to_the_whole_and_keep_its_sign(total_fen, weights):
    shares_ppm = [weight * PPM_WHOLE // sum(weights) for weight in weights]
    shares_ppm[-1] += PPM_WHOLE - sum(shares_ppm)
    parts = split_by_shares(total_fen, shares_ppm)
    assert sum(parts) == total_fen
    assert all(part * total_fen >= 0 for part in parts)


def test_shares_that_do_not_sum_to_the_whole_are_a_programmers_error():
    with pytest.raises(AssertionError):
        split_by_shares(100, [500_000, 400_000])
