"""Truths and numbers that are Python constants as long as they can be, Z3 expressions otherwise.

A `Bit` is a bool or a Z3 Boolean, a `Real` a Fraction or a Z3 real. Folding constants here keeps queries small: much of
the law does not yet exist on an early date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import z3

__all__ = [
    "Bit",
    "Real",
    "all_of",
    "any_of",
    "at_most",
    "equal",
    "less",
    "lift",
    "minus",
    "negation",
    "over",
    "plus",
    "real",
    "same_expression",
    "select",
    "select_real",
    "times",
]

Bit = Any
"""A bool or a Z3 Boolean."""

Real = Any
"""A Fraction or a Z3 real."""


def all_of(bits: Iterable[Bit]) -> Bit:
    """Conjunction."""
    rest = []
    for bit in bits:
        if bit is False:
            return False
        if bit is not True:
            rest.append(bit)
    return True if not rest else rest[0] if len(rest) == 1 else z3.And(rest)


def any_of(bits: Iterable[Bit]) -> Bit:
    """Disjunction."""
    rest = []
    for bit in bits:
        if bit is True:
            return True
        if bit is not False:
            rest.append(bit)
    return False if not rest else rest[0] if len(rest) == 1 else z3.Or(rest)


def negation(bit: Bit) -> Bit:
    """Negation."""
    if isinstance(bit, bool):
        return not bit
    return bit.arg(0) if z3.is_not(bit) else z3.Not(bit)


def select(cond: Bit, then: Bit, other: Bit) -> Bit:
    """`then` where `cond`, else `other`: truths."""
    if isinstance(cond, bool):
        return then if cond else other
    if same_expression(then, other):
        return then
    if isinstance(then, bool):
        return any_of((cond, other)) if then else all_of((negation(cond), other))
    if isinstance(other, bool):
        return any_of((negation(cond), then)) if other else all_of((cond, then))
    return z3.If(cond, then, other)


def select_real(cond: Bit, then: Real, other: Real) -> Real:
    """`then` where `cond`, else `other`: numbers."""
    if isinstance(cond, bool):
        return then if cond else other
    return then if same_expression(then, other) else z3.If(cond, lift(then), lift(other))


def same_expression(left: object, right: object) -> bool:
    """Whether two constants or expressions are the same as written."""
    if left is right:
        return True
    if isinstance(left, z3.AstRef) or isinstance(right, z3.AstRef):
        return isinstance(left, z3.AstRef) and isinstance(right, z3.AstRef) and bool(left.eq(right))
    return left == right


def real(value: float) -> Fraction:
    """A number of the law as written: 1.5 is 15/10, not the nearest binary fraction."""
    return Fraction(repr(float(value)))


def lift(value: Real) -> Any:
    """A number as a Z3 expression."""
    return z3.RealVal(str(value)) if isinstance(value, Fraction) else value


def _folded(
    exact: Callable[[Fraction, Fraction], Any], symbolic: Callable[[Any, Any], Any]
) -> Callable[[Real, Real], Any]:
    def apply(left: Real, right: Real) -> Any:
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            return exact(left, right)
        return symbolic(lift(left), lift(right))

    return apply


plus = _folded(lambda a, b: a + b, lambda a, b: a + b)
minus = _folded(lambda a, b: a - b, lambda a, b: a - b)
over = _folded(lambda a, b: a / b if b else Fraction(0), lambda a, b: a / b)
less = _folded(lambda a, b: a < b, lambda a, b: a < b)
at_most = _folded(lambda a, b: a <= b, lambda a, b: a <= b)
equal = _folded(lambda a, b: a == b, lambda a, b: a == b)
_product = _folded(lambda a, b: a * b, lambda a, b: a * b)


def times(left: Real, right: Real) -> Real:
    """Product; by a constant 0 or 1 without a trace."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Fraction) and one in (0, 1):
            return other if one else Fraction(0)
    return _product(left, right)
