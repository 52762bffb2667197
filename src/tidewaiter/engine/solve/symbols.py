"""Symbolic values with the same three states as the engine's: certain, partly known, unknown.

A truth holds, is open, or fails. A number is a span between two ends, each of which may be infinite (the lower one
below, the upper one above). A code is a choice of alternatives with guards, or nothing is known of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tidewaiter.base.errors import EngineError
from tidewaiter.engine.solve.logic import (
    Bit,
    Real,
    all_of,
    any_of,
    at_most,
    equal,
    negation,
    same_expression,
    select,
    select_real,
)

__all__ = [
    "ANYTHING",
    "Choice",
    "Code",
    "End",
    "Span",
    "Symbol",
    "Truth3",
    "choose",
    "common",
    "decided",
    "identical",
    "is_certain",
    "largest",
    "least",
    "merged",
    "point",
    "same_code",
]

Code = Any
"""A code's number in its domain: an int or a Z3 bit vector."""


@dataclass(frozen=True, slots=True, eq=False)
class Truth3:
    """A truth: `holds`, or is `open` (unknown), or fails. Never both of the first."""

    holds: Bit
    open: Bit = False

    @property
    def fails(self) -> Bit:
        """Where it is certainly false."""
        return negation(any_of((self.holds, self.open)))


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """One end of a span; `value` means nothing where it is infinite."""

    value: Real
    infinite: Bit = False


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """All numbers between two ends."""

    low: End
    high: End

    @property
    def exact(self) -> bool:
        """Whether it is one finite number whatever the facts."""
        return self.low is self.high and self.low.infinite is False


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of the alternatives whose guard holds; where `nothing`, any code at all."""

    options: tuple[tuple[Bit, Code], ...]
    nothing: Bit = False

    @property
    def only(self) -> Code | None:
        """The one code it is whatever the facts, if there is one."""
        sole = len(self.options) == 1 and self.nothing is False and self.options[0][0] is True
        return self.options[0][1] if sole else None


Symbol = Truth3 | Span | Choice

_OPEN = End(Fraction(0), True)
ANYTHING = Span(_OPEN, _OPEN)
"""A number of which nothing is known."""


def point(value: Real) -> Span:
    """A certain number."""
    end = End(value)
    return Span(end, end)


def decided(holds: Bit, fails: Bit) -> Truth3:
    """The truth that holds and fails where told, and is open elsewhere."""
    return Truth3(holds, negation(any_of((holds, fails))))


def same_code(left: Code, right: Code) -> Bit:
    """Whether two codes of a domain are the same."""
    return True if same_expression(left, right) else left == right


def merged(options: Sequence[tuple[Bit, Code]]) -> tuple[tuple[Bit, Code], ...]:
    """Alternatives of the same code joined, impossible ones left out."""
    found: list[tuple[Bit, Code]] = []
    for guard, value in options:
        if guard is False:
            continue
        place = next((i for i, (_, other) in enumerate(found) if same_expression(value, other)), None)
        if place is None:
            found.append((guard, value))
        else:
            found[place] = (any_of((found[place][0], guard)), value)
    return tuple(found)


def choose(cond: Bit, then: Symbol, other: Symbol) -> Symbol:
    """`then` where `cond`, else `other`; `cond` is a plain truth."""
    if isinstance(cond, bool):
        return then if cond else other
    match then, other:
        case Truth3(), Truth3():
            return Truth3(select(cond, then.holds, other.holds), select(cond, then.open, other.open))
        case Span(), Span():
            low = _end(cond, then.low, other.low)
            shared = then.low is then.high and other.low is other.high
            return Span(low, low if shared else _end(cond, then.high, other.high))
        case Choice(), Choice():
            options = [(all_of((cond, guard)), value) for guard, value in then.options]
            options += [(all_of((negation(cond), guard)), value) for guard, value in other.options]
            return Choice(merged(options), select(cond, then.nothing, other.nothing))
    raise EngineError("a choice between values of two kinds")


def _end(cond: Bit, then: End, other: End) -> End:
    infinite = select(cond, then.infinite, other.infinite)
    if then.infinite is True or other.infinite is True:
        return End(other.value if then.infinite is True else then.value, infinite)
    return End(select_real(cond, then.value, other.value), infinite)


def common(left: Symbol, right: Symbol) -> Symbol:
    """What two values have in common when it is not known which of them holds."""
    match left, right:
        case Truth3(), Truth3():
            return decided(all_of((left.holds, right.holds)), all_of((left.fails, right.fails)))
        case Span(), Span():
            return Span(least([left.low, right.low]), largest([left.high, right.high]))
        case Choice(), Choice():
            return Choice(merged([*left.options, *right.options]), any_of((left.nothing, right.nothing)))
    raise EngineError("a choice between values of two kinds")


def least(ends: Sequence[End]) -> End:
    """The lowest of lower ends."""
    return _extreme(ends, at_most)


def largest(ends: Sequence[End]) -> End:
    """The highest of upper ends."""
    return _extreme(ends, lambda a, b: at_most(b, a))


def _extreme(ends: Sequence[End], before: Any) -> End:
    value = ends[0].value
    for end in ends[1:]:
        value = select_real(before(value, end.value), value, end.value)
    return End(value, any_of(end.infinite for end in ends))


def is_certain(symbol: Symbol) -> Bit:
    """Whether the value is known."""
    match symbol:
        case Truth3():
            return negation(symbol.open)
        case Span():
            finite = negation(any_of((symbol.low.infinite, symbol.high.infinite)))
            return all_of((finite, True if symbol.low is symbol.high else equal(symbol.low.value, symbol.high.value)))
        case Choice():
            pairs = [(one, two) for i, one in enumerate(symbol.options) for two in symbol.options[i + 1 :]]
            alike = (_alike(one, two) for one, two in pairs)
            return all_of((negation(symbol.nothing), *alike))


def _alike(one: tuple[Bit, Code], two: tuple[Bit, Code]) -> Bit:
    return any_of((negation(one[0]), negation(two[0]), same_code(one[1], two[1])))


def identical(left: Symbol, right: Symbol) -> Bit:
    """Whether two values are the same, what is unknown about them included."""
    match left, right:
        case Truth3(), Truth3():
            return all_of((_iff(left.holds, right.holds), _iff(left.open, right.open)))
        case Span(), Span():
            return all_of((_same_end(left.low, right.low), _same_end(left.high, right.high)))
        case Choice(), Choice():
            within = all_of((_within(left, right), _within(right, left)))
            return all_of((_iff(left.nothing, right.nothing), any_of((left.nothing, within))))
    return False


def _iff(left: Bit, right: Bit) -> Bit:
    return select(left, right, negation(right))


def _same_end(left: End, right: End) -> Bit:
    if left is right:
        return True
    return all_of((_iff(left.infinite, right.infinite), any_of((left.infinite, equal(left.value, right.value)))))


def _within(left: Choice, right: Choice) -> Bit:
    return all_of(
        any_of((negation(guard), *(all_of((there, same_code(value, other))) for there, other in right.options)))
        for guard, value in left.options
    )
