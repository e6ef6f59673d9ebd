"""Against the figures of RFC 6238, appendix B (its eight digits cut to our six)."""

from datetime import UTC, datetime

import pytest

from accounts.one_time_codes import code_of, matching_step, step_at

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds, code):
    at = datetime.fromtimestamp(seconds, UTC)
    assert code_of(SECRET, step=step_at(at)) == code
    assert matching_step(SECRET, code, at=at) == seconds // 30


def test_a_clock_may_be_one_step_off_and_no_more():
    code = code_of(SECRET, step=1000)
    passed = [
        step for step in range(995, 1006) if matching_step(SECRET, code, at=datetime.fromtimestamp(step * 30, UTC))
    ]
    assert passed == [999, 1000, 1001]


@pytest.mark.parametrize("code", ["", "1", "0000000", "28708２", "abcdef"])
def test_what_is_no_code_matches_nothing(code):
    assert matching_step(SECRET, code, at=datetime.fromtimestamp(59, UTC)) is None
