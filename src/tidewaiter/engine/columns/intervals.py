"""Interval arithmetic as Polars expressions, with the ends that `engine.arithmetic` gives one row at a time.

Statically known spans choose the cheapest form that is still exact: one expression where both sides are certain,
monotone ends where neither side can be negative, else all four corners.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

import polars as pl

from tidewaiter.engine import arithmetic
from tidewaiter.engine.columns.numbers import ANY, Bounds, Number, constant, nullable
from tidewaiter.engine.values import Interval, bounds

__all__ = ["arith"]

_PLAIN: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip


def arith(op: str, left: Number, right: Number) -> Number:
    """`left op right` as a number that holds every possible result."""
    if left.constant is not None and right.constant is not None:
        return _fixed(bounds(arithmetic.arith(op, left.constant, right.constant)))
    span = _combined(op, left.span, right.span)
    if not left.paired and not right.paired and _finite(left.span) and _finite(right.span):
        simple = _simple(op, left, right, span)
        if simple is not None:
            return simple
    whole = _combined(op, left.whole_span, right.whole_span)
    return Number(_ends(op, left, right), None, whole)


def _fixed(ends: Bounds) -> Number:
    if ends[0] == ends[1]:
        return constant(ends[0])
    return nullable(pl.lit(None, dtype=pl.Float64), ends)


def _combined(op: str, left: Bounds, right: Bounds) -> Bounds:
    return bounds(arithmetic.arith(op, Interval(*left), Interval(*right)))


def _finite(span: Bounds) -> bool:
    return math.isfinite(span[0]) and math.isfinite(span[1])


def _simple(op: str, left: Number, right: Number, span: Bounds) -> Number | None:
    """One expression, where what its nulls stand for is the same on every row; else None."""
    gap = _gap(op, left, right)
    if gap is None and not (left.certain and right.certain):
        return None
    value = _PLAIN[op](left.ends[0], right.ends[0])
    if op == "/" and right.span[0] <= 0 <= right.span[1]:
        if gap not in (None, ANY):
            return None
        return nullable(pl.when(right.ends[0] != 0).then(value), ANY)
    return Number((value,), None, span) if gap is None else nullable(value, gap, span)


def _gap(op: str, left: Number, right: Number) -> Bounds | None:
    """What an unknown side makes of the result, if that is the same on every row."""
    if left.gap and right.constant is not None:
        return _combined(op, left.gap, right.span)
    if right.gap and left.constant is not None:
        return _combined(op, left.span, right.gap)
    if op in "+-" and all(side.gap in (None, ANY) for side in (left, right)):
        return left.gap or right.gap
    return None


def _ends(op: str, left: Number, right: Number) -> tuple[pl.Expr, pl.Expr]:
    a, b, c, d = left.low, left.high, right.low, right.high
    tame = _finite(left.whole_span) and _finite(right.whole_span)
    nonnegative = left.whole_span[0] >= 0 and right.whole_span[0] >= 0
    if op == "+":
        return _opened(a + c, b + d, tame)
    if op == "-":
        return _opened(a - d, b - c, tame)
    if op == "*":
        corners = [(a, c), (b, d)] if nonnegative else [(x, y) for x in (a, b) for y in (c, d)]
        products = [x * y if tame else _times(x, y) for x, y in corners]
        return (products[0], products[1]) if nonnegative else _outer(products)
    return _ratio(a, b, c, d) if nonnegative else _quotient(a, b, c, d)


def _opened(low: pl.Expr, high: pl.Expr, tame: bool) -> tuple[pl.Expr, pl.Expr]:
    return (low, high) if tame else (low.fill_nan(-math.inf), high.fill_nan(math.inf))


def _outer(ends: list[pl.Expr]) -> tuple[pl.Expr, pl.Expr]:
    return pl.min_horizontal(ends), pl.max_horizontal(ends)


def _times(x: pl.Expr, y: pl.Expr) -> pl.Expr:
    return pl.when((x == 0) | (y == 0)).then(0.0).otherwise(x * y)


def _ratio(a: pl.Expr, b: pl.Expr, c: pl.Expr, d: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The quotient where nothing is negative: least by the largest, most by the least."""
    low = pl.when(d == 0).then(-math.inf).otherwise((a / d).fill_nan(0.0))
    return low, pl.when(c == 0).then(math.inf).otherwise((b / c).fill_nan(math.inf))


def _quotient(a: pl.Expr, b: pl.Expr, c: pl.Expr, d: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    limits = [_limits(x, y, toward) for x in (a, b) for y, toward in ((c, d), (d, c))]
    anything = ((c == 0) & (d == 0)) | ((c < 0) & (d > 0))
    low = pl.min_horizontal([low for low, _ in limits])
    high = pl.max_horizontal([high for _, high in limits])
    return pl.when(anything).then(-math.inf).otherwise(low), pl.when(anything).then(math.inf).otherwise(high)


def _limits(x: pl.Expr, y: pl.Expr, toward: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The lowest and highest limit of x / y; at y = 0 from the side of `toward`; inf / inf is anything of its sign."""
    beyond = pl.when((x < 0) == (y < 0)).then(math.inf).otherwise(-math.inf)
    side = pl.when(toward < 0).then(-math.inf).otherwise(math.inf)
    steep = pl.when(x < 0).then(-side).otherwise(side)
    far = pl.when(x.is_infinite()).then(beyond).otherwise(0.0)
    low_at_zero, high_at_zero = (
        pl.when(x == 0).then(bound).otherwise(steep)
        for bound in (pl.min_horizontal(side, pl.lit(0.0)), pl.max_horizontal(side, pl.lit(0.0)))
    )
    zero = pl.lit(0.0)
    low = pl.when(y.is_infinite()).then(pl.min_horizontal(far, zero)).when(y == 0).then(low_at_zero).otherwise(x / y)
    high = pl.when(y.is_infinite()).then(pl.max_horizontal(far, zero)).when(y == 0).then(high_at_zero).otherwise(x / y)
    return low, high
