"""Arithmetic and comparison of symbolic numbers, with the interval rules of the reference evaluator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tidewaiter.engine.solve.logic import (
    Bit,
    Real,
    all_of,
    any_of,
    at_most,
    equal,
    less,
    minus,
    negation,
    over,
    plus,
    select,
    select_real,
    times,
)
from tidewaiter.engine.solve.symbols import End, Span, Truth3, decided, point

__all__ = ["arith", "compare"]

_ZERO = Fraction(0)
_ORDER: dict[str, Callable[[Real, Real], Bit]] = {
    "<": less,
    "<=": at_most,
    ">": lambda a, b: less(b, a),
    ">=": lambda a, b: at_most(b, a),
    "==": equal,
    "!=": lambda a, b: negation(equal(a, b)),
}


def compare(op: str, left: Span, right: Span) -> Truth3:
    """`left op right` of two numbers."""
    if left.exact and right.exact:
        return Truth3(_ORDER[op](left.low.value, right.low.value))
    if op in (">", ">="):
        return compare({">": "<", ">=": "<="}[op], right, left)
    below = _bounded(less, left.high, right.low)
    if op in ("<", "<="):
        least = below if op == "<" else _bounded(at_most, left.high, right.low)
        back = at_most if op == "<" else less
        return decided(least, _bounded(back, right.high, left.low))
    apart = any_of((below, _bounded(less, right.high, left.low)))
    same = all_of((_bounded(equal, left.low, left.high), _bounded(equal, right.low, right.high)))
    same = all_of((same, _bounded(equal, left.low, right.low)))
    return decided(same, apart) if op == "==" else decided(apart, same)


def _bounded(relation: Callable[[Real, Real], Bit], left: End, right: End) -> Bit:
    held = True if left is right and relation is equal else relation(left.value, right.value)
    return all_of((negation(left.infinite), negation(right.infinite), held))


def arith(op: str, left: Span, right: Span) -> Span:
    """`left op right` as the span of every possible result."""
    if op == "+":
        return _ends(plus, left, right.low, right.high)
    if op == "-":
        return _ends(minus, left, right.high, right.low)
    if op == "*":
        return _product(left, right)
    return _quotient(left, right)


def _ends(combine: Callable[[Real, Real], Real], left: Span, low: End, high: End) -> Span:
    def joined(one: End, two: End) -> End:
        return End(combine(one.value, two.value), any_of((one.infinite, two.infinite)))

    lower = joined(left.low, low)
    return Span(lower, lower if left.low is left.high and low is high else joined(left.high, high))


# products and quotients: the hull of what the ends yield ------------------------------------------


@dataclass(frozen=True, slots=True)
class _Corner:
    """One end of a factor: a value, or where `infinite` that infinity; `up` says which."""

    value: Real
    infinite: Bit
    up: bool

    @property
    def zero(self) -> Bit:
        return all_of((negation(self.infinite), equal(self.value, _ZERO)))

    @property
    def positive(self) -> Bit:
        return select(self.infinite, self.up, less(_ZERO, self.value))


@dataclass(frozen=True, slots=True)
class _Result:
    """A possible result: where `finite` the value, where `above` or `below` an infinity, else none."""

    finite: Bit
    value: Real
    above: Bit = False
    below: Bit = False


def _corners(span: Span) -> tuple[_Corner, _Corner]:
    return _Corner(span.low.value, span.low.infinite, False), _Corner(span.high.value, span.high.infinite, True)


def _product(left: Span, right: Span) -> Span:
    if left.exact and right.exact:
        return point(times(left.low.value, right.low.value))
    return _hull(_times(x, y) for x in _corners(left) for y in _corners(right))


def _times(x: _Corner, y: _Corner) -> _Result:
    zero, infinite = any_of((x.zero, y.zero)), any_of((x.infinite, y.infinite))
    up = select(x.positive, y.positive, negation(y.positive))
    value = select_real(zero, _ZERO, times(x.value, y.value))
    unbounded = all_of((infinite, negation(zero)))
    return _Result(negation(unbounded), value, all_of((unbounded, up)), all_of((unbounded, negation(up))))


def _quotient(left: Span, right: Span) -> Span:
    if left.exact and right.exact:
        divisor = right.low.value
        end = End(over(left.low.value, divisor), equal(divisor, _ZERO))
        return Span(end, end)
    low, high = _corners(right)
    nothing = any_of((all_of((low.zero, high.zero)), all_of((_negative(low), high.positive))))
    results = [part for x in _corners(left) for y in (low, high) for part in _over(x, y, low)]
    return _hull(results, nothing)


def _negative(corner: _Corner) -> Bit:
    return all_of((negation(corner.zero), negation(corner.positive)))


def _over(x: _Corner, y: _Corner, low: _Corner) -> list[_Result]:
    """x / y; at y = 0 the limit from the side on which y may lie; inf / inf is anything of its sign."""
    side = low.zero  # the divisor ends at zero: it lies above when its lower end is zero, else below
    up = select(y.zero, select(side, x.positive, negation(x.positive)), _alike(x, y))
    up = select(all_of((y.zero, x.zero)), side, up)
    to_zero = any_of((y.infinite, all_of((y.zero, x.zero))))
    proper = all_of((negation(y.infinite), negation(y.zero), negation(x.infinite)))
    boundless = any_of((x.infinite, y.zero))
    value = select_real(to_zero, _ZERO, over(x.value, y.value))
    return [
        _Result(any_of((proper, to_zero)), value),
        _Result(False, _ZERO, all_of((boundless, up)), all_of((boundless, negation(up)))),
    ]


def _alike(x: _Corner, y: _Corner) -> Bit:
    return select(x.positive, y.positive, negation(y.positive))


def _hull(results: Iterable[_Result], nothing: Bit = False) -> Span:
    found = list(results)
    low = End(_best(found, at_most), any_of((nothing, *(each.below for each in found))))
    high = End(_best(found, lambda a, b: at_most(b, a)), any_of((nothing, *(each.above for each in found))))
    return Span(low, high)


def _best(results: list[_Result], before: Callable[[Real, Real], Any]) -> Real:
    """The first in order among the finite results."""
    held, value = results[0].finite, results[0].value
    for each in results[1:]:
        better = all_of((each.finite, any_of((negation(held), before(each.value, value)))))
        held, value = any_of((held, each.finite)), select_real(better, each.value, value)
    return value
