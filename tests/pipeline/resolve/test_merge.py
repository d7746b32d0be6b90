"""Merging of repeated tellings."""

from hypothesis import given
from hypothesis import strategies as st

from extractors.placed import decimals, same_value


def test_decimals_counts_printed_places() -> None:
    assert [decimals(v) for v in (0.714, 12.0, 1.5, None)] == [3, 0, 1, -1]


def test_same_value_rounded_telling_is_the_same() -> None:
    assert same_value(0.71, 0.714)
    assert same_value(151.0, 151.4)


def test_same_value_differs_beyond_rounding() -> None:
    assert not same_value(0.72, 0.714)
    assert not same_value(9.4, 9.2)


def test_same_value_small_integers_are_exact() -> None:
    assert not same_value(4.0, 4.4)


@given(st.integers(1, 9999), st.integers(1, 3))
def test_same_value_accepts_own_rounding(thousandths: int, places: int) -> None:
    value = thousandths / 1000
    rounded = round(value, places)
    if places > 0 and decimals(rounded) > 0:
        assert same_value(value, rounded)


@given(st.floats(-1e6, 1e6, allow_nan=False), st.floats(-1e6, 1e6, allow_nan=False))
def test_same_value_symmetric(a: float, b: float) -> None:
    assert same_value(a, b) == same_value(b, a)
