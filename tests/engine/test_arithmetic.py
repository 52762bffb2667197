"""Interval arithmetic holds every possible result; comparisons never claim more than all points agree on."""

from __future__ import annotations

import datetime as dt
import math
import operator
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.engine.arithmetic import add_months, arith, common, compare, member, year
from tidewaiter.engine.values import ANY_NUMBER, Interval, Number, OneOf, Value, bounds, number, ordinal

FINITE = st.sampled_from((0.0, -0.0, 1.0, -1.0, 0.5, 3.0, -2.25, 1e-300, 1e300, -1e300)) | st.floats(
    -1e6, 1e6, allow_subnormal=False
)
ENDS = FINITE | st.sampled_from((math.inf, -math.inf))
ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@st.composite
def numbers(draw: st.DrawFn) -> Number:
    if draw(st.booleans()):
        return draw(FINITE)
    low, high = sorted((draw(ENDS), draw(ENDS)))
    return Interval(low, high) if low < high else (low if math.isfinite(low) else 0.0)


def points(draw: st.DrawFn, held: Number) -> float:
    low, high = (max(-1e300, min(1e300, end)) for end in bounds(held))
    return draw(st.sampled_from((low, high)) | st.floats(low, high, allow_subnormal=False))


@given(st.sampled_from(tuple(OPERATIONS)), numbers(), numbers(), st.data())
@settings(max_examples=600)
def test_results_hold_every_point(op: str, left: Number, right: Number, data: st.DataObject) -> None:
    x, y = (data.draw(st.composite(points)(held)) for held in (left, right))
    if op == "/" and y == 0:
        return
    result = OPERATIONS[op](x, y)
    low, high = bounds(arith(op, left, right))
    assert not math.isnan(low)
    assert not math.isnan(high)
    assert low <= result <= high


@given(st.sampled_from(tuple(ORDER)), numbers(), numbers(), st.data())
@settings(max_examples=400)
def test_comparisons_never_overclaim(op: str, left: Number, right: Number, data: st.DataObject) -> None:
    claimed = compare(op, left, right)
    x, y = (data.draw(st.composite(points)(held)) for held in (left, right))
    if claimed is not None:
        assert ORDER[op](x, y) is claimed


@given(st.sampled_from(tuple(ORDER)), FINITE, FINITE)
def test_certain_numbers_compare_as_numbers(op: str, x: float, y: float) -> None:
    assert compare(op, x, y) is ORDER[op](x, y)


@pytest.mark.parametrize(
    ("op", "left", "right", "expected"),
    [
        ("<", Interval(0, 1), 1.0, None),
        ("<", Interval(0, 1), 1.5, True),
        (">=", Interval(1, 2), 1.0, True),
        (">=", Interval(0, 2), 1.0, None),
        ("==", Interval(0, 1), Interval(2, 3), False),
        ("!=", Interval(0, 1), Interval(2, 3), True),
        ("==", Interval(0, 1), Interval(1, 2), None),
        ("<=", None, 1.0, None),
        ("==", "CN", "CN", True),
        ("==", OneOf(frozenset(("CN", "HK"))), "US", False),
        ("!=", OneOf(frozenset(("CN", "HK"))), "CN", None),
        ("==", None, "CN", None),
        ("==", OneOf(frozenset(("CN", "HK"))), OneOf(frozenset(("CN", "HK"))), None),
    ],
)
def test_comparisons_at_the_edges(op: str, left: Value, right: Value, expected: bool | None) -> None:
    assert compare(op, left, right) is expected


@pytest.mark.parametrize(
    ("left", "right"), [(1.0, 0.0), (Interval(1, 2), Interval(-1, 1)), (0.0, 0.0), (Interval(-1, 1), Interval(0, 1))]
)
def test_division_by_what_may_be_zero_opens_up(left: Number, right: Number) -> None:
    assert arith("/", left, right) == ANY_NUMBER


def test_division_by_a_positive_that_may_vanish() -> None:
    assert arith("/", 10.0, Interval(0, 2)) == Interval(5.0, math.inf)
    assert arith("/", Interval(4800, 4800.5), Interval(800, math.inf)) == Interval(0.0, 4800.5 / 800)


@pytest.mark.parametrize(
    ("item", "codes", "expected"),
    [
        ("CN", frozenset(("CN",)), True),
        ("US", frozenset(("CN",)), False),
        (None, frozenset(("CN",)), None),
        (None, frozenset[str](), False),
        (OneOf(frozenset(("CN", "HK"))), frozenset(("CN", "HK", "MO")), True),
        (OneOf(frozenset(("CN", "HK"))), frozenset(("CN",)), None),
        (OneOf(frozenset(("US", "GB"))), frozenset(("CN",)), False),
    ],
)
def test_membership(item: Value, codes: frozenset[str], expected: bool | None) -> None:
    assert member(item, codes) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([True, True], True),
        ([True, False], None),
        ([True, None], None),
        ([1.0, 1.0], 1.0),
        ([1.0, Interval(3, 4)], Interval(1.0, 4)),
        (["CN", "CN"], "CN"),
        (["CN", "HK"], OneOf(frozenset(("CN", "HK")))),
        (["CN", OneOf(frozenset(("HK", "MO")))], OneOf(frozenset(("CN", "HK", "MO")))),
        (["CN", None], None),
    ],
)
def test_what_values_have_in_common(values: list[Value], expected: Value) -> None:
    assert common(values) == expected


DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2150, 12, 31))


@given(DAYS, st.integers(-600, 600))
def test_months_move_the_calendar(day: dt.date, months: int) -> None:
    found = dt.date.fromordinal(int(bounds(add_months(float(ordinal(day)), months))[0]))
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + dt.timedelta(1)).day == 1)


@given(DAYS, DAYS, st.integers(-600, 600), st.integers(0, 10**6))
def test_months_of_intervals_hold_every_day(one: dt.date, other: dt.date, months: int, shift: int) -> None:
    low, high = sorted((ordinal(one), ordinal(other)))
    inside = low + shift % (high - low + 1)
    ends = bounds(add_months(number(low, high), months))
    assert ends[0] <= bounds(add_months(float(inside), months))[0] <= ends[1]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2024, 2, 29), -12, dt.date(2023, 2, 28)),
        (dt.date(2023, 2, 28), 12, dt.date(2024, 2, 28)),
        (dt.date(2025, 1, 31), 1, dt.date(2025, 2, 28)),
        (dt.date(2025, 12, 31), 2, dt.date(2026, 2, 28)),
    ],
)
def test_months_at_their_ends(day: dt.date, months: int, expected: dt.date) -> None:
    assert add_months(float(ordinal(day)), months) == ordinal(expected)


def test_the_calendar_ends_quietly() -> None:
    assert add_months(ANY_NUMBER, 12) == ANY_NUMBER
    assert bounds(add_months(float(ordinal(dt.date(9999, 12, 1))), 1))[0] == math.inf
    assert bounds(add_months(1.0, -1))[1] == -math.inf
    assert year(1e12) == 9999
    assert year(-5.0) == 1
    assert year(ANY_NUMBER) == ANY_NUMBER
