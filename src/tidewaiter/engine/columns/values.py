"""The value of a term on every row of a frame: a truth, a number or a code; and its computed columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from tidewaiter.engine.columns import codes, numbers, truths
from tidewaiter.engine.columns.codes import Choice, Code, Leaf
from tidewaiter.engine.columns.numbers import UNKNOWN_NUMBER, Number, constant
from tidewaiter.engine.columns.truths import Truth
from tidewaiter.engine.types import Type
from tidewaiter.engine.values import Interval, OneOf
from tidewaiter.engine.values import Value as Plain

__all__ = ["Value", "choose", "known", "literal", "parts", "rebuilt", "settled", "spanned"]

Value = Truth | Number | Code


def literal(value: Plain, kind: Type) -> Value:
    """The same value on every row; None is unknown."""
    if kind.kind == "boolean":
        return Truth(None, value is not None, value if isinstance(value, bool) else None)
    if kind.kind in ("code", "text"):
        return _candidates(sorted(value.codes)) if isinstance(value, OneOf) else codes.Single(_str(value))
    if isinstance(value, Interval):
        return Number((pl.lit(value.low), pl.lit(value.high)), None, (value.low, value.high))
    return constant(value) if isinstance(value, (int, float)) else UNKNOWN_NUMBER


def _str(value: Plain) -> str | None:
    return value if isinstance(value, str) else None


def _candidates(held: Sequence[str]) -> Code:
    last: Code = codes.Single(held[-1])
    for code in reversed(held[:-1]):
        last = Choice(truths.UNKNOWN, codes.Single(code), last)
    return last


def parts(value: Value) -> tuple[pl.Expr, ...]:
    """The expressions to compute."""
    return value.parts() if isinstance(value, (Truth, Number)) else codes.parts(value)


def rebuilt(value: Value, columns: Sequence[pl.Expr]) -> Value:
    """The same value over computed columns, in the order of `parts`."""
    if isinstance(value, (Truth, Number)):
        return value.rebuilt(tuple(columns))
    return codes.rebuilt(value, iter(columns))


def known(value: Value) -> Truth:
    """Where the value is certain."""
    if isinstance(value, Truth):
        return truths.known(value)
    return numbers.known(value) if isinstance(value, Number) else codes.known(value)


def choose(cond: Truth, then: Value, other: Value) -> Value:
    """`then` if `cond`, else `other`; with an unknown `cond` what both have in common."""
    if isinstance(then, Truth) and isinstance(other, Truth):
        return truths.choose(cond, then, other)
    if isinstance(then, Number) and isinstance(other, Number):
        return numbers.choose(cond, then, other)
    assert not isinstance(then, (Truth, Number))
    assert not isinstance(other, (Truth, Number))
    return codes.choose(cond, then, other)


def settled(value: Value, held: Sequence[pl.Series]) -> Value:
    """The value with what its computed columns show: no nulls, no open intervals."""
    if isinstance(value, Truth):
        return value if value.constant else Truth(value.expr, value.certain or not held[0].null_count())
    if isinstance(value, Number):
        if value.gap is not None and not held[0].null_count():
            return Number(value.ends, None, value.span)
        if value.paired and len(held[0]) and (held[0] == held[1]).all():
            return Number(value.ends[:1], None, value.span)
        return value
    return _settled_code(value, iter(held))


def _settled_code(code: Code, held: Iterator[pl.Series]) -> Code:
    if isinstance(code, Leaf):
        next(held)
        return code
    if not isinstance(code, Choice):
        return code
    cond = code.cond
    if not cond.constant:
        column = next(held)
        cond = Truth(cond.expr, cond.certain or not column.null_count())
    return Choice(cond, _settled_code(code.then, held), _settled_code(code.other, held))


def spanned(value: Value, held: Sequence[pl.Series]) -> Value:
    """A number with the span that its computed columns have; other values unchanged."""
    if not isinstance(value, Number) or not held or not len(held[0]):
        return value
    ends = [end for series in held for end in (series.min(), series.max()) if isinstance(end, float)]
    low, high = (min(ends), max(ends)) if ends else (0.0, 0.0)
    return Number(value.ends, value.gap, (low, high))
