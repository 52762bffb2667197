"""Counts, sums, largest and smallest over the symbolic rows of a complete relation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

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
    plus,
    same_expression,
    select_real,
)
from tidewaiter.engine.solve.symbols import ANYTHING, End, Span, Symbol, Truth3, choose, identical, is_certain, point

__all__ = ["Entry", "count", "fold"]

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that counts where `certain`, may count where `maybe`, its value, and its key where rows may repeat."""

    certain: Bit
    maybe: Bit
    value: Span
    key: Symbol | None = None

    @property
    def possible(self) -> Bit:
        """Where the row counts or may count."""
        return any_of((self.certain, self.maybe))


def count(rows: Sequence[tuple[Bit, Truth3]]) -> Span:
    """How many of the rows that are there hold."""
    certain = _total([select_real(all_of((there, held.holds)), Fraction(1), _ZERO) for there, held in rows])
    if all(held.open is False for _, held in rows):
        return point(certain)
    maybe = _total([select_real(all_of((there, held.open)), Fraction(1), _ZERO) for there, held in rows])
    return Span(End(certain), End(plus(certain, maybe)))


def fold(how: str, entries: Sequence[Entry], *, per: bool) -> Span:
    """Fold rows into one number; the largest of no certain row is unknown."""
    if how == "sum":
        return _sum_per(entries) if per else _sum(entries)
    if how == "max":
        return _largest(entries)
    mirrored = _largest([Entry(each.certain, each.maybe, _mirror(each.value), each.key) for each in entries])
    return _mirror(mirrored)


def _mirror(span: Span) -> Span:
    low = End(minus(_ZERO, span.high.value), span.high.infinite)
    return Span(low, low if span.low is span.high else End(minus(_ZERO, span.low.value), span.low.infinite))


def _total(values: Sequence[Real]) -> Real:
    total: Real = _ZERO
    for value in values:
        total = value if same_expression(total, _ZERO) else plus(total, value)
    return total


def _sum(entries: Sequence[Entry]) -> Span:
    if all(entry.maybe is False and entry.value.exact for entry in entries):
        return point(_total([select_real(entry.certain, entry.value.low.value, _ZERO) for entry in entries]))
    low = [_part(entry, entry.value.low, lower=True) for entry in entries]
    high = [_part(entry, entry.value.high, lower=False) for entry in entries]
    return Span(_joined(low), _joined(high))


def _joined(parts: Sequence[End]) -> End:
    return End(_total([part.value for part in parts]), any_of(part.infinite for part in parts))


def _part(entry: Entry, end: End, *, lower: bool) -> End:
    """What a row adds to an end of the sum: its value, nothing, or the worse of both where it may count."""
    worse = less(end.value, _ZERO) if lower else less(_ZERO, end.value)
    value = select_real(any_of((entry.certain, all_of((entry.maybe, worse)))), end.value, _ZERO)
    return End(value, all_of((entry.possible, end.infinite)))


def _sum_per(entries: Sequence[Entry]) -> Span:
    """Values are not negative; rows of equal key count once, a row without a key may repeat any other."""
    keyed = [_keyed(entry) for entry in entries]
    lows, highs = [], []
    for i, entry in enumerate(entries):
        alike = [all_of((keyed[i], keyed[j], _same(entry, other))) for j, other in enumerate(entries)]
        first = all_of((entry.possible, keyed[i], *_not_before(entries, alike, i)))
        certain = [all_of((same, other.certain)) for same, other in zip(alike, entries, strict=True)]
        possible = [all_of((same, other.possible)) for same, other in zip(alike, entries, strict=True)]
        lows.append(_when(all_of((first, any_of(certain))), _highest_low(entries, certain)))
        highs.append(_when(first, _highest_high(entries, possible)))
        highs.append(_when(all_of((entry.possible, negation(keyed[i]))), entry.value.high))
    return Span(_at_least(_joined(lows), entries), _joined(highs))


def _not_before(entries: Sequence[Entry], alike: Sequence[Bit], i: int) -> list[Bit]:
    return [negation(all_of((alike[j], entries[j].possible))) for j in range(i)]


def _at_least(low: End, entries: Sequence[Entry]) -> End:
    """The sum is no less than any one row that certainly counts."""
    lows = [(negation(low.infinite), low.value)]
    lows += [(all_of((each.certain, negation(each.value.low.infinite))), each.value.low.value) for each in entries]
    there, value = _greatest(lows)
    return End(value, negation(there))


def _when(cond: Bit, end: End) -> End:
    return End(select_real(cond, end.value, _ZERO), all_of((cond, end.infinite)))


def _keyed(entry: Entry) -> Bit:
    return False if entry.key is None else is_certain(entry.key)


def _same(one: Entry, two: Entry) -> Bit:
    if one is two:
        return True
    if isinstance(one.key, Span) and isinstance(two.key, Span):
        return equal(one.key.low.value, two.key.low.value)
    return False if one.key is None or two.key is None else identical(one.key, two.key)


def _largest(entries: Sequence[Entry]) -> Span:
    certain = any_of(entry.certain for entry in entries)
    if certain is False:
        return ANYTHING
    low = _highest_low(entries, [entry.certain for entry in entries])
    exact = all(entry.maybe is False and entry.value.exact for entry in entries)
    high = low if exact else _highest_high(entries, [entry.possible for entry in entries])
    held = choose(certain, Span(low, high), ANYTHING)
    assert isinstance(held, Span)
    return held


def _highest_low(entries: Sequence[Entry], there: Sequence[Bit]) -> End:
    """The highest lower end of those that are there; infinite where none of them is finite."""
    ends = [entry.value.low for entry in entries]
    found, value = _greatest(
        [(all_of((on, negation(end.infinite))), end.value) for on, end in zip(there, ends, strict=True)]
    )
    return End(value, negation(found))


def _highest_high(entries: Sequence[Entry], there: Sequence[Bit]) -> End:
    ends = [entry.value.high for entry in entries]
    value = _greatest([(all_of((on, negation(end.infinite))), end.value) for on, end in zip(there, ends, strict=True)])[
        1
    ]
    return End(value, any_of(all_of((on, end.infinite)) for on, end in zip(there, ends, strict=True)))


def _greatest(values: Sequence[tuple[Bit, Real]]) -> tuple[Bit, Real]:
    """Whether any is there, and the greatest of those that are."""
    there, value = values[0]
    for guard, other in values[1:]:
        better = all_of((guard, any_of((negation(there), at_most(value, other)))))
        there, value = any_of((there, guard)), select_real(better, other, value)
    return there, value
