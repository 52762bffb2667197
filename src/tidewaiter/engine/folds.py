"""Sums, largest and smallest over the rows of a relation whose membership, values or keys may be unknown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tidewaiter.engine.values import ANY_NUMBER, Number, Value, number

__all__ = ["Entry", "fold"]

_Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that counts (`certain`) or may count, the bounds of its value, and its key where rows may repeat."""

    certain: bool
    low: float
    high: float
    key: Value = None


def fold(how: str, entries: Sequence[Entry], unseen: _Bounds | None, *, per: bool = False) -> Number:
    """Fold rows into one number. `unseen` bounds the value of rows nobody listed; None: there are none.

    With `per`, values are not negative, rows of equal key count once (the largest), and a row without a key
    may repeat any other. The largest of no rows at all is unknown.
    """
    if how == "sum":
        return _sum_per(entries, unseen) if per else _sum(entries, unseen)
    if how == "max":
        return _largest(entries, unseen)
    mirrored = [replace(entry, low=-entry.high, high=-entry.low) for entry in entries]
    largest = _largest(mirrored, (-unseen[1], -unseen[0]) if unseen else None)
    low, high = (largest, largest) if isinstance(largest, (int, float)) else (largest.low, largest.high)
    return number(-high, -low)


def _sum(entries: Sequence[Entry], unseen: _Bounds | None) -> Number:
    low = sum(entry.low if entry.certain else min(0.0, entry.low) for entry in entries)
    high = sum(entry.high if entry.certain else max(0.0, entry.high) for entry in entries)
    return number(*_opened(low, high, unseen))


def _opened(low: float, high: float, unseen: _Bounds | None) -> _Bounds:
    if unseen is None:
        return low, high
    return (-math.inf if unseen[0] < 0 else low), (math.inf if unseen[1] > 0 else high)


def _sum_per(entries: Sequence[Entry], unseen: _Bounds | None) -> Number:
    groups: dict[Value, list[Entry]] = {}
    for entry in entries:
        if entry.key is not None:
            groups.setdefault(entry.key, []).append(entry)
    low = sum(max((entry.low for entry in group if entry.certain), default=0.0) for group in groups.values())
    high = sum(max(entry.high for entry in group) for group in groups.values())
    high += sum(entry.high for entry in entries if entry.key is None)
    low = max([low, *(entry.low for entry in entries if entry.certain)])
    return number(*_opened(low, high, unseen))


def _largest(entries: Sequence[Entry], unseen: _Bounds | None) -> Number:
    certain = [entry.low for entry in entries if entry.certain]
    highs = [entry.high for entry in entries] + ([unseen[1]] if unseen else [])
    if certain:
        return number(max(certain), max(highs))
    if unseen is None:
        return ANY_NUMBER
    return number(min([unseen[0], *(entry.low for entry in entries)]), max(highs))
