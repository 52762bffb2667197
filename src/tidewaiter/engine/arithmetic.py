"""Interval arithmetic and comparisons in three values: shared by the reference evaluator and the back ends."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Callable, Iterable

from tidewaiter.engine.values import ANY_NUMBER, Number, OneOf, Truth, Value, bounds, date_of, number, one_of, ordinal

__all__ = ["add_months", "arith", "common", "compare", "member", "year"]

_LAST_DAY = float(dt.date.max.toordinal())


def compare(op: str, left: Value, right: Value) -> Truth:
    """`left op right` for numbers (intervals) or codes; None where the values leave it open."""
    if isinstance(left, (str, OneOf)) or isinstance(right, (str, OneOf)):
        return _compare_codes(op, left, right)
    if left is None or right is None:
        return None
    (a, b), (c, d) = bounds(left), bounds(right)
    return _ORDER[op](a, b, c, d)


def _least(certain: bool, impossible: bool) -> Truth:
    return True if certain else (False if impossible else None)


_ORDER: dict[str, Callable[[float, float, float, float], Truth]] = {
    "<": lambda a, b, c, d: _least(b < c, a >= d),
    "<=": lambda a, b, c, d: _least(b <= c, a > d),
    ">": lambda a, b, c, d: _least(a > d, b <= c),
    ">=": lambda a, b, c, d: _least(a >= d, b < c),
    "==": lambda a, b, c, d: _least(a == b == c == d, b < c or a > d),
    "!=": lambda a, b, c, d: _least(b < c or a > d, a == b == c == d),
}


def _codes(value: Value) -> frozenset[str] | None:
    if isinstance(value, str):
        return frozenset((value,))
    return value.codes if isinstance(value, OneOf) else None


def _compare_codes(op: str, left: Value, right: Value) -> Truth:
    a, b = _codes(left), _codes(right)
    if a is None or b is None:
        return None
    equal = _least(len(a) == 1 and a == b, not a & b)
    return equal if op == "==" or equal is None else not equal


def member(item: Value, codes: frozenset[str]) -> Truth:
    """Whether a code belongs to a set; an unknown one cannot belong to an empty set."""
    held = _codes(item)
    if held is None:
        return None if codes else False
    return _least(held <= codes, not held & codes)


def arith(op: str, left: Value, right: Value) -> Number:
    """`left op right` as an interval that holds every possible result."""
    (a, b), (c, d) = bounds(left), bounds(right)
    if op == "+":
        return number(a + c, b + d)
    if op == "-":
        return number(a - d, b - c)
    if op == "*":
        return _hull(_times(x, y) for x in (a, b) for y in (c, d))
    return _quotient(a, b, c, d)


def _times(x: float, y: float) -> float:
    return 0.0 if x == 0 or y == 0 else x * y


def _quotient(a: float, b: float, c: float, d: float) -> Number:
    if c == d == 0 or c < 0 < d:
        return ANY_NUMBER
    ends = []
    for x in (a, b):
        for y in (c, d):
            ends += _limit(x, y, toward=d if y == c else c)
    return _hull(ends)


def _limit(x: float, y: float, toward: float) -> list[float]:
    """x / y; at y = 0 the limit from the side of `toward`; inf / inf may be anything of its sign."""
    if math.isinf(y):
        return [0.0, math.copysign(math.inf, x) * math.copysign(1, y)] if math.isinf(x) else [0.0]
    if y == 0:
        sign = math.copysign(1, toward)
        return [0.0, math.inf * sign] if x == 0 else [math.copysign(math.inf, x) * sign]
    return [x / y]


def _hull(values: Iterable[float]) -> Number:
    ends = list(values)
    return number(min(ends), max(ends))


def common(values: list[Value]) -> Value:
    """What values have in common when it is not known which of them holds."""
    if any(value is None for value in values):
        return None
    if all(isinstance(value, bool) for value in values):
        return values[0] if len(set(values)) == 1 else None
    held = [_codes(value) for value in values]
    if any(held):
        return one_of(frozenset[str]().union(*(codes or frozenset() for codes in held)))
    ends = [bounds(value) for value in values]
    return number(min(low for low, _ in ends), max(high for _, high in ends))


def _year_of(day: float) -> int:
    return date_of(min(max(day, 1.0), _LAST_DAY)).year


def year(value: Value, of: Callable[[float], int] = _year_of) -> Number:
    """The calendar year of a date or of both ends of an interval of dates; past the calendar's ends, its last year."""
    low, high = bounds(value)
    return number(float(of(low)) if math.isfinite(low) else low, float(of(high)) if math.isfinite(high) else high)


def add_months(value: Value, months: int) -> Number:
    """A date, or both ends of an interval of dates, so many calendar months on; a day the month lacks is its last.

    Where the calendar ends the date is unbounded.
    """
    low, high = bounds(value)
    return number(_months_on(low, months), _months_on(high, months))


def _months_on(day: float, months: int) -> float:
    if not 1 <= day <= _LAST_DAY:
        return math.copysign(math.inf, day)
    start = date_of(day)
    count = start.year * 12 + start.month - 1 + months
    year_found, month = count // 12, count % 12 + 1
    if not dt.MINYEAR <= year_found <= dt.MAXYEAR:
        return math.copysign(math.inf, months)
    last = calendar.monthrange(year_found, month)[1]
    return float(ordinal(dt.date(year_found, month, min(start.day, last))))
