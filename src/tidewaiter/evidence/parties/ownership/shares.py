"""Shares and days as tables write them: "51", "50-75 %", "> 25"; 2024, 2024-06, 2024-06-30."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass

__all__ = ["ALL", "ANY", "Share", "Span", "day_span", "share_of"]

ALL = 100.0
"""The whole of a company, in percent."""
_NUMBER = r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*%?"
_ONE = re.compile(rf"(?:approx\.?|about|ca\.?|约)?\s*{_NUMBER}")
_TWO = re.compile(rf"{_NUMBER}\s*(?:-|–|—|\.\.|to|至|到)\s*{_NUMBER}")
_LEAST = re.compile(rf"(?:>=?|≥|at least|more than|over|不低于|超过|至少)\s*{_NUMBER}|{_NUMBER}\s*(?:\+|or more|以上)")
_MOST = re.compile(
    rf"(?:<=?|≤|at most|less than|under|up to|不超过|低于|至多)\s*{_NUMBER}|{_NUMBER}\s*(?:or less|以下)"
)
_UNKNOWN = frozenset({"", "?", "-", "unknown", "n/a", "na", "未知", "不详"})
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T[\d:.+Z-]*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent, between `low` and `high`; 0 to 100 when it is not known."""

    low: float
    high: float

    @property
    def is_known(self) -> bool:
        """Whether anything is known of it."""
        return (self.low, self.high) != (0.0, ALL)

    @property
    def is_exact(self) -> bool:
        """Whether it is one figure."""
        return self.low == self.high

    def __str__(self) -> str:
        return f"{self.low:g}" if self.is_exact else f"{self.low:g}–{self.high:g}" if self.is_known else "?"


ANY = Share(0.0, ALL)
"""A share of which nothing is known."""


def share_of(text: str) -> Share | None:
    """The share that a text means, unknown for an empty one; None for what is no share from 0 to 100 percent.

    "More than 25" and "at least 25" both begin at 25: a bound is kept, never sharpened.
    """
    plain = " ".join(text.split()).lower().replace("％", "%")
    if plain in _UNKNOWN:
        return ANY
    ends = _ends(plain)
    if ends is None or not 0.0 <= ends[0] <= ends[1] <= ALL:
        return None
    return Share(*ends)


def _ends(plain: str) -> tuple[float, float] | None:
    if found := _ONE.fullmatch(plain):
        return (_figure(found[1]),) * 2
    if found := _TWO.fullmatch(plain):
        return _figure(found[1]), _figure(found[2])
    if found := _LEAST.fullmatch(plain):
        return _figure(found[1] or found[2]), ALL
    if found := _MOST.fullmatch(plain):
        return 0.0, _figure(found[1] or found[2])
    return None


def _figure(text: str) -> float:
    return float(text.replace(",", "."))


@dataclass(frozen=True, slots=True)
class Span:
    """A day that is known to lie between two days, both included."""

    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"


def day_span(text: str) -> Span | None:
    """The days that YYYY, YYYY-MM or YYYY-MM-DD means; None for anything else."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        return None
    year = int(found[1])
    month, day = (int(part) if part else None for part in found.groups()[1:])
    try:
        if month is None:
            return Span(dt.date(year, 1, 1), dt.date(year, 12, 31))
        if day is None:
            return Span(dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1]))
        return Span(dt.date(year, month, day), dt.date(year, month, day))
    except ValueError:
        return None
