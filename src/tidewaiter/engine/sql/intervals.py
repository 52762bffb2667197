"""Interval arithmetic as scalars, with the ends that `engine.arithmetic` gives one row at a time; an open end is NULL.

Statically known spans choose the cheapest form that is exact: one scalar where both sides have one and what its NULLs
stand for is the same everywhere, monotone ends where neither side can be negative, else all four corners, for which
open ends become infinite for a moment. Nothing divides by zero, and no infinity meets its opposite: NaN never.
"""

from __future__ import annotations

import math

from tidewaiter.engine import arithmetic
from tidewaiter.engine.sql import scalars as s
from tidewaiter.engine.sql.numbers import ANY, Bounds, Number, constant, nullable, paired
from tidewaiter.engine.sql.scalars import INFINITY, MINUS_INFINITY, NOTHING, ZERO, Scalar
from tidewaiter.engine.values import Interval, bounds

__all__ = ["arith", "negated"]


def arith(operator: str, left: Number, right: Number) -> Number:
    """`left operator right` as a number that holds every possible result."""
    if left.constant is not None and right.constant is not None:
        return _fixed(bounds(arithmetic.arith(operator, left.constant, right.constant)))
    span = _combined(operator, left.span, right.span)
    if not left.paired and not right.paired:
        simple = _simple(operator, left, right, span)
        if simple is not None:
            return simple
    return paired(*_ends(operator, left, right), _combined(operator, left.whole_span, right.whole_span))


def negated(low: Scalar, high: Scalar) -> tuple[Scalar, Scalar]:
    """The ends of the number with the other sign."""
    return _minus(high), _minus(low)


def _minus(end: Scalar) -> Scalar:
    if end is NOTHING:
        return end
    if end.constant:
        assert isinstance(end.detail, float)
        return s.literal(-end.detail)
    return end.args[0] if end.op == "minus" else s.op("minus", end)


def _fixed(ends: Bounds) -> Number:
    return constant(ends[0]) if ends[0] == ends[1] else Number((NOTHING,), ends, ANY)


def _combined(operator: str, left: Bounds, right: Bounds) -> Bounds:
    return bounds(arithmetic.arith(operator, Interval(*left), Interval(*right)))


def _simple(operator: str, left: Number, right: Number, span: Bounds) -> Number | None:
    """One scalar, where what its NULLs stand for is the same on every row; else None."""
    gap = _gap(operator, left, right)
    if gap is None and not (left.certain and right.certain):
        return None
    value = _plain(operator, left.ends[0], right.ends[0])
    if operator == "/" and right.span[0] <= 0 <= right.span[1]:
        if gap not in (None, ANY):
            return None
        return Number((s.case((s.compare("<>", right.ends[0], ZERO), value)),), ANY, ANY)
    return Number((value,), None, span) if gap is None else nullable(value, gap, span)


def _plain(operator: str, left: Scalar, right: Scalar) -> Scalar:
    return NOTHING if NOTHING in (left, right) else s.op(operator, left, right)


def _gap(operator: str, left: Number, right: Number) -> Bounds | None:
    """What an unknown side makes of the result, if that is the same on every row."""
    if left.gap and right.constant is not None:
        return _combined(operator, left.gap, right.span)
    if right.gap and left.constant is not None:
        return _combined(operator, left.span, right.gap)
    if operator in "+-" and all(side.gap in (None, ANY) for side in (left, right)):
        return left.gap or right.gap
    return None


def _ends(operator: str, left: Number, right: Number) -> tuple[Scalar, Scalar]:
    a, b, c, d = left.low, left.high, right.low, right.high
    nonnegative = left.whole_span[0] >= 0 and right.whole_span[0] >= 0
    if operator == "+":
        return _plain("+", a, c), _plain("+", b, d)
    if operator == "-":
        return _plain("-", a, d), _plain("-", b, c)
    if operator == "*":
        return (_plain("*", a, c), _times(b, d)) if nonnegative else _product(a, b, c, d)
    return _ratio(a, b, c, d) if nonnegative else _quotient(a, b, c, d)


def _times(x: Scalar, y: Scalar) -> Scalar:
    """The product, in which zero times anything is zero."""
    zero = s.either([s.compare("=", x, ZERO), s.compare("=", y, ZERO)])
    return s.case((zero, ZERO), other=_plain("*", x, y))


def _infinite(low: Scalar, high: Scalar) -> tuple[Scalar, Scalar]:
    return s.coalesce(low, MINUS_INFINITY), s.coalesce(high, INFINITY)


def _hull(lows: list[Scalar], highs: list[Scalar]) -> tuple[Scalar, Scalar]:
    """The outermost ends, open again where they are infinite."""
    low, high = s.least(lows), s.greatest(highs)
    return s.case((s.compare(">", low, MINUS_INFINITY), low)), s.case((s.compare("<", high, INFINITY), high))


def _product(a: Scalar, b: Scalar, c: Scalar, d: Scalar) -> tuple[Scalar, Scalar]:
    corners = [_times(x, y) for x in _infinite(a, b) for y in _infinite(c, d)]
    return _hull(corners, corners)


def _ratio(a: Scalar, b: Scalar, c: Scalar, d: Scalar) -> tuple[Scalar, Scalar]:
    """The quotient where nothing is negative: least by the largest, most by the least."""
    low = s.case((s.is_null(d), ZERO), (s.compare("<>", d, ZERO), _plain("/", a, d)))
    return low, s.case((s.compare("<>", c, ZERO), _plain("/", b, c)))


def _quotient(a: Scalar, b: Scalar, c: Scalar, d: Scalar) -> tuple[Scalar, Scalar]:
    (a, b), (c, d) = _infinite(a, b), _infinite(c, d)
    limits = [_limits(x, y, toward) for x in (a, b) for y, toward in ((c, d), (d, c))]
    low, high = _hull([low for low, _ in limits], [high for _, high in limits])
    zero = s.both([s.compare("=", c, ZERO), s.compare("=", d, ZERO)])
    bounded = s.negation(s.either([zero, s.both([s.compare("<", c, ZERO), s.compare(">", d, ZERO)])]))
    return s.case((bounded, low)), s.case((bounded, high))


def _limits(x: Scalar, y: Scalar, toward: Scalar) -> tuple[Scalar, Scalar]:
    """The lowest and highest limit of x / y; at y = 0 from the side of `toward`; inf / inf is anything of its sign."""
    return _limit(x, y, toward, s.least), _limit(x, y, toward, s.greatest)


def _limit(x: Scalar, y: Scalar, toward: Scalar, end: object) -> Scalar:
    assert callable(end)
    negative_x, below = s.compare("<", x, ZERO), s.compare("<", toward, ZERO)
    beyond = s.case((s.compare("=", negative_x, s.compare("<", y, ZERO)), INFINITY), other=MINUS_INFINITY)
    side = s.case((below, MINUS_INFINITY), other=INFINITY)
    steep = s.case((s.compare("=", negative_x, below), INFINITY), other=MINUS_INFINITY)
    at_zero = s.case((s.compare("=", x, ZERO), end([side, ZERO])), other=steep)
    far = s.case((_boundless(x), end([beyond, ZERO])), other=ZERO)
    return s.case((_boundless(y), far), (s.compare("=", y, ZERO), at_zero), other=s.op("/", x, y))


def _boundless(x: Scalar) -> Scalar:
    if x.constant:
        return s.literal(math.isinf(float(str(x.detail))))
    return s.either([s.compare("=", x, INFINITY), s.compare("=", x, MINUS_INFINITY)])
