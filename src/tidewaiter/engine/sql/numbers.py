"""Numbers as scalars: one that is NULL where the number is unknown, or its low and high end, NULL where they are open.

A single scalar's NULL stands for the fixed interval `gap`. No infinity is ever stored: an open end is NULL, which no
comparison takes for true, so `CASE` over both ends gives exactly what infinite ends would give.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tidewaiter.engine import arithmetic
from tidewaiter.engine.sql import scalars as s
from tidewaiter.engine.sql.scalars import Scalar
from tidewaiter.engine.sql.truths import FALSE, TRUE, Truth, decided
from tidewaiter.engine.values import ANY_NUMBER, Interval, Value

__all__ = ["ANY", "UNKNOWN_NUMBER", "Bounds", "Number", "choose", "compare", "constant", "first", "hull", "known",
    "larger", "nullable", "paired", "smaller", "stated"]  # fmt: skip

Bounds = tuple[float, float]
ANY: Bounds = (ANY_NUMBER.low, ANY_NUMBER.high)


@dataclass(frozen=True, slots=True)
class Number:
    """A number per row. `ends`: one scalar, or (low, high).

    `gap`: the interval that a NULL of the single scalar stands for; None when it is NULL nowhere, and for pairs.
    `span`: no end that is not NULL lies outside of it; an infinite side says that the end may be open.
    """

    ends: tuple[Scalar, ...]
    gap: Bounds | None = None
    span: Bounds = ANY

    @property
    def low(self) -> Scalar:
        """The lowest value on each row; NULL where there is none."""
        return self.ends[0] if self.gap is None else _filled(self.ends[0], self.gap[0])

    @property
    def high(self) -> Scalar:
        """The highest value on each row; NULL where there is none."""
        return self.ends[-1] if self.gap is None else _filled(self.ends[-1], self.gap[1])

    @property
    def paired(self) -> bool:
        """Whether low and high are two scalars."""
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
        return self.span if self.gap is None else hull(self.span, self.gap)

    @property
    def value(self) -> Scalar:
        """The number where it is known, else NULL."""
        return s.case((s.compare("=", self.low, self.high), self.low)) if self.paired else self.ends[0]


def _filled(scalar: Scalar, end: float) -> Scalar:
    return s.coalesce(scalar, s.literal(end)) if math.isfinite(end) else scalar


def hull(a: Bounds, b: Bounds) -> Bounds:
    """The smallest interval that holds both."""
    return min(a[0], b[0]), max(a[1], b[1])


def constant(value: float) -> Number:
    """The same number on every row."""
    return Number((s.literal(float(value)),), None, (float(value), float(value)))


def paired(low: Scalar, high: Scalar, span: Bounds = ANY) -> Number:
    """A number with two ends."""
    return Number((low, high), None, span)


def nullable(scalar: Scalar, gap: Bounds, span: Bounds = ANY) -> Number:
    """A number whose NULLs stand for `gap`."""
    if gap[0] == gap[1]:
        return Number((s.coalesce(scalar, s.literal(gap[0])),), None, hull(span, gap))
    return Number((scalar,), gap, span)


UNKNOWN_NUMBER = Number((s.NOTHING,), ANY, ANY)


def known(number: Number) -> Truth:
    """Where the number is certain."""
    if number.certain:
        return TRUE
    if number.paired:
        return Truth(s.coalesce(s.compare("=", number.low, number.high), s.FALSE), True)
    return Truth(s.negation(s.is_null(number.ends[0])), True)


_SQL = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "=", "!=": "<>"}


def compare(operator: str, left: Number, right: Number) -> Truth:
    """`left operator right`, unknown where the ends leave it open."""
    if left.constant is not None and right.constant is not None:
        return TRUE if arithmetic.compare(operator, left.constant, right.constant) else FALSE
    if not left.paired and not right.paired and not _gaps_decide(operator, left, right):
        return Truth(s.compare(_SQL[operator], left.ends[0], right.ends[0]), left.certain and right.certain)
    return decided(*_holds_and_fails(operator, left, right))


def _gaps_decide(operator: str, left: Number, right: Number) -> bool:
    """Whether the interval that some NULL stands for may settle the comparison."""
    beside: list[Value] = [*right.span] + ([Interval(*right.gap)] if right.gap else [])
    if left.gap and any(arithmetic.compare(operator, Interval(*left.gap), each) is not None for each in beside):
        return True
    gap = right.gap
    return gap is not None and any(arithmetic.compare(operator, each, Interval(*gap)) is not None for each in left.span)


def _holds_and_fails(operator: str, left: Number, right: Number) -> tuple[Scalar, Scalar]:
    a, b, c, d = left.low, left.high, right.low, right.high
    match operator:
        case "<":
            return s.compare("<", b, c), s.compare(">=", a, d)
        case "<=":
            return s.compare("<=", b, c), s.compare(">", a, d)
        case ">":
            return s.compare(">", a, d), s.compare("<=", b, c)
        case ">=":
            return s.compare(">=", a, d), s.compare("<", b, c)
    same = s.both([s.compare("=", a, b), s.compare("=", b, c), s.compare("=", c, d)])
    apart = s.either([s.compare("<", b, c), s.compare(">", a, d)])
    return (same, apart) if operator == "==" else (apart, same)


def smaller(a: Scalar, b: Scalar) -> Scalar:
    """The smaller of two low ends, open where one is."""
    return a if a is b else s.case((s.compare("<=", a, b), a), (s.compare("<", b, a), b))


def larger(a: Scalar, b: Scalar) -> Scalar:
    """The larger of two high ends, open where one is."""
    return a if a is b else s.case((s.compare(">=", a, b), a), (s.compare(">", b, a), b))


def choose(cond: Truth, then: Number, other: Number) -> Number:
    """`then` if `cond`, else `other`; with an unknown `cond` the hull of both."""
    if cond.value is not None:
        return then if cond.value else other
    if then.constant is not None and then.constant == other.constant:
        return then
    span, whole = hull(then.span, other.span), hull(then.whole_span, other.whole_span)
    if not cond.certain:
        yes, no = cond.scalar, s.negation(cond.scalar)
        low = s.case((yes, then.low), (no, other.low), other=smaller(then.low, other.low))
        high = s.case((yes, then.high), (no, other.high), other=larger(then.high, other.high))
        return paired(low, high, whole)
    alike = then.gap is None or other.gap is None or then.gap == other.gap
    if alike and not then.paired and not other.paired:
        return Number((s.case((cond.scalar, then.ends[0]), other=other.ends[0]),), then.gap or other.gap, span)
    low = s.case((cond.scalar, then.low), other=other.low)
    return paired(low, s.case((cond.scalar, then.high), other=other.high), whole)


def first(args: Sequence[tuple[Truth, Number]]) -> Number:
    """The first number of which its truth says that it is stated, else the last."""
    result = args[-1][1]
    for told, arg in reversed(args[:-1]):
        if told is not TRUE and not arg.paired and not result.paired:
            # NULLs of `arg` hand over to `result`, so only the gap of `result` remains.
            held = s.coalesce(arg.ends[0], result.ends[0])
            result = Number((held,), result.gap, hull(arg.span, result.span))
        else:
            result = choose(told, arg, result)
    return result


def stated(number: Number, bounds: Bounds) -> Truth:
    """Where something is known of a number beyond its range `bounds`."""
    if not number.paired:
        return known(number) if number.gap == bounds else TRUE
    differ = [_differs(end, bound) for end, bound in zip(number.ends, bounds, strict=True)]
    return Truth(s.either(differ), True)


def _differs(end: Scalar, bound: float) -> Scalar:
    """Where an end is not the range's."""
    if math.isinf(bound):
        return s.negation(s.is_null(end))
    return s.coalesce(s.compare("<>", end, s.literal(bound)), s.TRUE)
