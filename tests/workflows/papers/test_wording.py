from datetime import date

import pytest

from workflows.papers import wording


def test_days_are_written_without_spaces() -> None:
    assert wording.day(date(2026, 9, 8)) == "2026年9月8日"
    assert wording.day_and_weekday(date(2026, 10, 13)) == "2026年10月13日（星期二）"
    assert wording.day_and_weekday(date(2026, 10, 11)) == "2026年10月11日（星期日）"


def test_counted_days_go_month_by_month_and_say_which_saturday_is_worked() -> None:
    days = tuple(date(2026, month, day) for month, day in [(9, 29), (9, 30), (10, 8), (10, 9), (10, 10), (10, 12)])
    assert wording.counted_days(days) == "9月29日、30日，10月8日、9日、10日（调休上班）、12日"
    assert wording.counted_days(()) == ""


def test_an_amount_stands_in_capitals_and_in_figures() -> None:
    assert wording.amount(5_000_000) == "人民币伍万元整（¥50,000.00）"
    assert wording.amount(140_950) == "人民币壹仟肆佰零玖元伍角（¥1,409.50）"


@pytest.mark.parametrize(
    ("annual_rate_ppm", "words"),
    [
        (45_000, "4.50%（LPR 3.00%加150个基点）"),
        (30_000, "3.00%（LPR 3.00%）"),
        (28_500, "2.85%（LPR 3.00%减15个基点）"),
        (45_050, "4.505%（LPR 3.00%加150.5个基点）"),
    ],
)
def test_a_rate_says_how_it_stands_to_the_prime_rate(annual_rate_ppm: int, words: str) -> None:
    assert wording.rate(annual_rate_ppm=annual_rate_ppm, lpr_ppm=30_000) == words


def test_methods_say_how_often() -> None:
    assert wording.method("interest_only", frequency="quarterly") == "按季付息，到期还本"
    assert wording.method("equal_instalment", frequency="monthly") == "按月等额本息"


@pytest.mark.parametrize(("ppm", "words"), [(800_000, "80%"), (1_000_000, "100%"), (333_333, "33.3333%"), (0, "0%")])
def test_a_share_has_no_idle_zeros(ppm: int, words: str) -> None:
    assert wording.share(ppm) == words


def test_masked_numbers_have_stars_in_print() -> None:
    assert wording.starred("9900••••••••0026") == "9900********0026"


def test_a_sentence_ends_once() -> None:
    assert wording.ended("同意") == wording.ended("同意。") == "同意。"
    assert wording.ended("可以吗？") == "可以吗？"


def test_the_spaces_of_the_screen_stay_there() -> None:
    assert wording.close("石榴市 2026-1") == "石榴市2026-1"
    assert wording.close("1 到\u00a03 年") == "1到3年"
    assert wording.close("Anna Maria 甲") == "Anna Maria 甲"
