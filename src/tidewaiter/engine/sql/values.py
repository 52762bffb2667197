"""The value of a term on the rows of a frame: a truth, a number or a code; and its scalars on other rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tidewaiter.engine.sql import codes, numbers, truths
from tidewaiter.engine.sql.codes import Choice, Code, Leaf, Single
from tidewaiter.engine.sql.numbers import UNKNOWN_NUMBER, Number, constant
from tidewaiter.engine.sql.scalars import NOTHING, Scalar
from tidewaiter.engine.sql.truths import FALSE, TRUE, UNKNOWN, Truth
from tidewaiter.engine.types import Type
from tidewaiter.engine.values import Interval, OneOf
from tidewaiter.engine.values import Value as Plain

__all__ = ["Value", "choose", "constant_of", "known", "mapped"]

Value = Truth | Number | Code


def constant_of(value: Plain, kind: Type) -> Value:
    """The same value on every row; None is unknown."""
    if kind.kind == "boolean":
        return TRUE if value is True else (FALSE if value is False else UNKNOWN)
    if kind.kind in ("code", "text"):
        if isinstance(value, OneOf):
            return _candidates(sorted(value.codes))
        return Single(value if isinstance(value, str) else None)
    if isinstance(value, Interval):
        return Number((NOTHING,), (value.low, value.high), (value.low, value.high))
    return constant(value) if isinstance(value, (int, float)) else UNKNOWN_NUMBER


def _candidates(held: Sequence[str]) -> Code:
    last: Code = Single(held[-1])
    for code in reversed(held[:-1]):
        last = Choice(UNKNOWN, Single(code), last)
    return last


def mapped(value: Value, on_scalar: Callable[[Scalar], Scalar]) -> Value:
    """The same value over other scalars."""
    if isinstance(value, Truth):
        pair = value.pair and (on_scalar(value.pair[0]), on_scalar(value.pair[1]))
        return Truth(on_scalar(value.scalar), value.certain, pair)
    if isinstance(value, Number):
        return Number(tuple(on_scalar(end) for end in value.ends), value.gap, value.span)
    return _mapped_code(value, on_scalar)


def _mapped_code(code: Code, on_scalar: Callable[[Scalar], Scalar]) -> Code:
    if isinstance(code, Leaf):
        return Leaf(on_scalar(code.scalar), code.table)
    if isinstance(code, Single):
        return code
    cond = Truth(on_scalar(code.cond.scalar), code.cond.certain)
    return Choice(cond, _mapped_code(code.then, on_scalar), _mapped_code(code.other, on_scalar))


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
