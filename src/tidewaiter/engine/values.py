"""Values of terms: certain, partly known, unknown.

A truth is True, False or None (unknown). A number is a float, or an `Interval` of the values it may have; dates are
numbers (proleptic ordinals), so they compare, subtract and have intervals too. A code is text, or `OneOf` several
codes, or None. Nothing here knows law.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

__all__ = [
    "ANY_NUMBER",
    "Interval",
    "Number",
    "OneOf",
    "Truth",
    "Value",
    "bounds",
    "date_of",
    "is_known",
    "kleene_and",
    "kleene_not",
    "kleene_or",
    "number",
    "one_of",
    "ordinal",
    "says_something",
]

Truth = bool | None


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, both included; infinite ends are allowed."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class OneOf:
    """A code known only to be one of `codes` (at least two)."""

    codes: frozenset[str]

    def __str__(self) -> str:
        return " or ".join(sorted(self.codes))


Number = float | Interval
Value = bool | float | str | Interval | OneOf | None

ANY_NUMBER = Interval(-math.inf, math.inf)


def bounds(value: Value) -> tuple[float, float]:
    """Lowest and highest value a number may have; unknown is everything."""
    if isinstance(value, Interval):
        return value.low, value.high
    if isinstance(value, (int, float)):
        return value, value
    return -math.inf, math.inf


def number(low: float, high: float) -> Number:
    """The number with these bounds; ends that are no numbers (inf - inf) open up."""
    low = -math.inf if math.isnan(low) else low
    high = math.inf if math.isnan(high) else high
    return low if low == high else Interval(low, high)


def one_of(codes: frozenset[str]) -> str | OneOf | None:
    """The code that is one of `codes`; None when there is none to choose from."""
    if len(codes) == 1:
        return next(iter(codes))
    return OneOf(codes) if codes else None


def is_known(value: Value) -> bool:
    """Whether the value is certain."""
    return value is not None and not isinstance(value, (Interval, OneOf))


def ordinal(day: dt.date) -> int:
    """A date as the engine's number."""
    return day.toordinal()


def date_of(value: float) -> dt.date:
    """The date of the engine's number."""
    return dt.date.fromordinal(int(value))


def says_something(value: Value, low: float, high: float) -> bool:
    """Whether a fact of the range `low` to `high` was stated at all, be it as an interval or a choice of codes."""
    if isinstance(value, Interval):
        return (value.low, value.high) != (low, high)
    return value is not None


def kleene_not(value: Truth) -> Truth:
    """Kleene negation: unknown stays unknown."""
    return None if value is None else not value


def kleene_and(values: list[Truth]) -> Truth:
    """False when one is false, else unknown when one is unknown, else true."""
    if False in values:
        return False
    return None if None in values else True


def kleene_or(values: list[Truth]) -> Truth:
    """True when one is true, else unknown when one is unknown, else false."""
    if True in values:
        return True
    return None if None in values else False
