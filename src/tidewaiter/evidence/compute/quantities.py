"""Quantities between a lowest and a highest value, what they rest on, and how they were worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tidewaiter.base.wording import Wording

__all__ = ["Assumption", "Band", "Estimate", "band"]


@dataclass(frozen=True, slots=True)
class Band:
    """A positive number with its lowest and highest value: `low <= best <= high`."""

    low: float
    best: float
    high: float

    def __mul__(self, other: Band | float) -> Band:
        by = band(other)
        return Band(self.low * by.low, self.best * by.best, self.high * by.high)

    def __truediv__(self, other: Band | float) -> Band:
        by = band(other)
        return Band(self.low / by.high, self.best / by.best, self.high / by.low)

    def each(self, change: Callable[[float], float]) -> Band:
        """The band of a rising function of this one."""
        return Band(change(self.low), change(self.best), change(self.high))

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


def band(value: Band | float) -> Band:
    """A band as it is; a number as a band of one value."""
    return value if isinstance(value, Band) else Band(value, value, value)


@dataclass(frozen=True, slots=True)
class Assumption:
    """A figure that nobody stated and a calculation needs; `source` tells where its band comes from."""

    key: str
    title: Wording
    band: Band
    unit: str
    source: str
    confidence: str

    def at(self, value: float, source: str) -> Assumption:
        """The same figure, stated."""
        return Assumption(self.key, self.title, band(value), self.unit, source, self.confidence)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A quantity worked out: its band and unit, the arithmetic of the best value, and the assumptions behind it."""

    name: str
    band: Band
    unit: str
    arithmetic: str
    assumptions: tuple[Assumption, ...] = ()

    @staticmethod
    def resting_on(estimates: Iterable[Estimate], *more: Assumption) -> tuple[Assumption, ...]:
        """The assumptions of several estimates and more of them, each once."""
        held = [each for estimate in estimates for each in estimate.assumptions]
        return tuple({each.key: each for each in (*held, *more)}.values())
