"""Numbers as Polars expressions: one expression where that says all, a pair of low and high ends where it does not.

A single expression is null where the number is unknown, and such a null stands for the fixed interval `gap`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from tidewaiter.engine import arithmetic
from tidewaiter.engine.columns.truths import FALSE, TRUE, Truth, decided
from tidewaiter.engine.values import ANY_NUMBER, Interval, Value

__all__ = [
    "ANY",
    "UNKNOWN_NUMBER",
    "Bounds",
    "Number",
    "choose",
    "compare",
    "constant",
    "first",
    "known",
    "nullable",
    "stated",
]

Bounds = tuple[float, float]
ANY: Bounds = (ANY_NUMBER.low, ANY_NUMBER.high)


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A number per row. `ends`: one expression, or (low, high) that are never null.

    `gap`: the interval that a null of the single expression stands for; None when it is null nowhere.
    `span`: no end that is not null lies outside of it.
    """

    ends: tuple[pl.Expr, ...]
    gap: Bounds | None = None
    span: Bounds = ANY

    @property
    def low(self) -> pl.Expr:
        """The lowest value on each row, never null."""
        return self.ends[0] if self.gap is None else self.ends[0].fill_null(self.gap[0])

    @property
    def high(self) -> pl.Expr:
        """The highest value on each row, never null."""
        return self.ends[-1] if self.gap is None else self.ends[-1].fill_null(self.gap[1])

    @property
    def paired(self) -> bool:
        """Whether low and high are two expressions."""
        return len(self.ends) == 2

    @property
    def certain(self) -> bool:
        """Whether the number is known on every row."""
        return not self.paired and self.gap is None

    @property
    def constant(self) -> float | None:
        """The value that all rows share, if that is known here."""
        return self.span[0] if self.certain and self.span[0] == self.span[1] else None

    @property
    def whole_span(self) -> Bounds:
        """The span including the gap."""
        return self.span if self.gap is None else _hull(self.span, self.gap)

    @property
    def value(self) -> pl.Expr:
        """The number where it is known, else null."""
        return pl.when(self.low == self.high).then(self.low) if self.paired else self.ends[0]

    def parts(self) -> tuple[pl.Expr, ...]:
        """The expressions to compute."""
        return self.ends

    def rebuilt(self, parts: tuple[pl.Expr, ...]) -> Number:
        """The same number over computed columns."""
        return Number(parts, self.gap, self.span)


def constant(value: float) -> Number:
    """The same number on every row."""
    return Number((pl.lit(float(value), dtype=pl.Float64),), None, (float(value), float(value)))


def nullable(expr: pl.Expr, gap: Bounds, span: Bounds = ANY) -> Number:
    """A number whose nulls stand for `gap`."""
    if gap[0] == gap[1]:
        return Number((expr.fill_null(gap[0]),), None, _hull(span, gap))
    return Number((expr,), gap, span)


UNKNOWN_NUMBER = nullable(pl.lit(None, dtype=pl.Float64), ANY)


def _hull(a: Bounds, b: Bounds) -> Bounds:
    """The smallest interval that holds both."""
    return min(a[0], b[0]), max(a[1], b[1])


def known(number: Number) -> Truth:
    """Where the number is certain."""
    if number.certain:
        return TRUE
    return Truth(number.low == number.high if number.paired else number.ends[0].is_not_null(), True)


_OPERATORS: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


def compare(op: str, left: Number, right: Number) -> Truth:
    """`left op right`, unknown where the ends leave it open."""
    if left.constant is not None and right.constant is not None:
        return TRUE if arithmetic.compare(op, left.constant, right.constant) else FALSE
    if not left.paired and not right.paired and not _gaps_decide(op, left, right):
        return Truth(_OPERATORS[op](left.ends[0], right.ends[0]), left.certain and right.certain)
    return Truth(decided(*_holds_and_fails(op, left, right)))


def _gaps_decide(op: str, left: Number, right: Number) -> bool:
    """Whether the interval that some null stands for may settle the comparison."""
    beside: list[Value] = [*right.span] + ([Interval(*right.gap)] if right.gap else [])
    if left.gap and any(arithmetic.compare(op, Interval(*left.gap), other) is not None for other in beside):
        return True
    return right.gap is not None and any(arithmetic.compare(op, a, Interval(*right.gap)) is not None for a in left.span)


def _holds_and_fails(op: str, left: Number, right: Number) -> tuple[pl.Expr, pl.Expr]:
    a, b, c, d = left.low, left.high, right.low, right.high
    match op:
        case "<":
            return b < c, a >= d
        case "<=":
            return b <= c, a > d
        case ">":
            return a > d, b <= c
        case ">=":
            return a >= d, b < c
    same, apart = (a == b) & (b == c) & (c == d), (b < c) | (a > d)
    return (same, apart) if op == "==" else (apart, same)


def choose(cond: Truth, then: Number, other: Number) -> Number:
    """`then` if `cond`, else `other`; with an unknown `cond` the hull of both."""
    if cond.constant and cond.value is not None:
        return then if cond.value else other
    if then.constant is not None and then.constant == other.constant:
        return then
    span = _hull(then.span, other.span)
    if not cond.certain:
        yes, no = (side.column for side in cond.possible())
        low = pl.min_horizontal(pl.when(yes).then(then.low), pl.when(no).then(other.low))
        high = pl.max_horizontal(pl.when(yes).then(then.high), pl.when(no).then(other.high))
        return Number((low, high), None, _hull(then.whole_span, other.whole_span))
    alike = then.gap is None or other.gap is None or then.gap == other.gap
    if alike and not then.paired and not other.paired:
        value = pl.when(cond.column).then(then.ends[0]).otherwise(other.ends[0])
        return Number((value,), then.gap or other.gap, span)
    return Number(
        tuple(pl.when(cond.column).then(a).otherwise(b) for a, b in ((then.low, other.low), (then.high, other.high))),
        None,
        _hull(then.whole_span, other.whole_span),
    )


def first(args: Sequence[tuple[Truth, Number]]) -> Number:
    """The first number of which its truth says that it is stated, else the last."""
    result = args[-1][1]
    for stated, arg in reversed(args[:-1]):
        if stated is not TRUE and not arg.paired and not result.paired:
            # Nulls of `arg` hand over to `result`, so only the gap of `result` remains.
            result = Number((pl.coalesce(arg.ends[0], result.ends[0]),), result.gap, _hull(arg.span, result.span))
        else:
            result = choose(stated, arg, result)
    return result


def stated(number: Number, bounds: Bounds) -> Truth:
    """Where something is known of a number beyond its range `bounds`."""
    if number.paired:
        return Truth((number.low != bounds[0]) | (number.high != bounds[1]), True)
    return known(number) if number.gap == bounds else TRUE
