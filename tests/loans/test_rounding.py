from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from loans.rounding import Rounding, half_even, half_up, rounded

numerators = st.integers(-(10**15), 10**15)
denominators = st.integers(1, 10**12)


def test_an_exact_half_goes_up_or_to_the_even_neighbour():
    assert [half_up(n, 2) for n in (1, 3, 5)] == [1, 2, 3]
    assert [half_even(n, 2) for n in (1, 3, 5)] == [0, 2, 2]


def test_a_negative_half_mirrors_the_positive_one():
    assert half_up(-1, 2) == -1
    assert half_even(-1, 2) == 0
    assert half_even(-3, 2) == -2


@given(numerators, denominators)
def test_rounding_is_never_further_off_than_a_half(numerator, denominator):
    for rounding in Rounding:
        error = abs(rounded(numerator, denominator, rounding) - Fraction(numerator, denominator))
        assert error <= Fraction(1, 2)


@given(numerators, denominators)
def test_half_even_rounds_as_python_does_exact_fractions(numerator, denominator):
    assert half_even(numerator, denominator) == round(Fraction(numerator, denominator))
