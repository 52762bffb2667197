"""The frontier: the best items that may go without a license, on a day and through the years.

An item counts from the day it was certainly released. What it is good for is handed in as figures of merit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tidewaiter.analysis.flips import Subject
from tidewaiter.analysis.sides import Side
from tidewaiter.analysis.sweeps import Sweep
from tidewaiter.determine.specification import Specification

__all__ = ["Ceiling", "Item", "Standing", "ceilings", "frontier"]


@dataclass(frozen=True, slots=True)
class Item:
    """An item with its figures of merit by name, and the first day on which it was certainly there."""

    subject: Subject
    released: dt.date
    merits: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Standing:
    """An item and its outcome on a side."""

    item: Item
    outcome: str


@dataclass(frozen=True, slots=True)
class Ceiling:
    """From a day on, the best item by a merit among those that are free; None where there is none."""

    since: dt.date
    merit: str
    best: Item | None

    @property
    def value(self) -> float:
        """The merit of the best item; 0 where there is none."""
        return self.best.merits[self.merit] if self.best else 0.0


def frontier(side: Side, spec: Specification, items: Sequence[Item], profile: str | None) -> tuple[Standing, ...]:
    """The items released by the day of a side, each with its outcome."""
    return tuple(
        Standing(item, Sweep(side, spec, item.subject.case, profile).outcome())
        for item in items
        if item.released <= side.day
    )


def ceilings(
    sides: Callable[[dt.date], Side],
    days: Sequence[dt.date],
    spec: Specification,
    items: Sequence[Item],
    profile: str | None,
    merits: Sequence[str],
    free: frozenset[str],
    progress: Callable[[int, int], None] = lambda done, whole: None,
) -> tuple[Ceiling, ...]:
    """The best free item by each merit from day to day; `days` are those on which the law may have changed.

    Days on which better items came out count too. `free` are the outcomes that let an item go. Neighbours are merged.
    """
    found: list[Ceiling] = []
    last: dict[str, Item | None] = {}
    for done, (first, until) in enumerate(zip(days, [*days[1:], dt.date.max], strict=True), 1):
        outcomes = _outcomes(sides(first), spec, items, profile, free)
        for day in _moments(first, until, outcomes):
            there = [item for item in outcomes if item.released <= day]
            for merit in merits:
                able = [item for item in there if merit in item.merits]
                best = max(able, key=lambda item: item.merits[merit], default=None)
                if merit not in last or best is not last[merit]:
                    found.append(Ceiling(day, merit, best))
                    last[merit] = best
        progress(done, len(days))
    return tuple(found)


def _outcomes(
    side: Side, spec: Specification, items: Sequence[Item], profile: str | None, free: frozenset[str]
) -> list[Item]:
    return [item for item in items if Sweep(side, spec, item.subject.case, profile).outcome() in free]


def _moments(first: dt.date, until: dt.date, items: Sequence[Item]) -> Iterator[dt.date]:
    yield first
    yield from sorted({item.released for item in items if first < item.released < until})
