"""Numbers with their uncertainty: a figure, a span of days, and where a figure straddles a line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Confidence", "Figure", "Plain", "Span", "plain", "span_of", "straddles"]

Confidence = str
"""One of high, medium, low."""

Plain = float | dict[str, float]
"""A fact's number: exact, or `{"at_least": lowest, "at_most": highest}`."""

_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of an item: the preferred value, if there is one, within [at_least, at_most].

    `unit` is as printed in data sheets (GB/s, mm2, W …); `sources` are keys of the catalog's sources.
    """

    value: float | None
    at_least: float
    at_most: float
    unit: str
    sources: tuple[str, ...]
    confidence: Confidence

    @property
    def exact(self) -> bool:
        """Whether the figure is one number and not an interval."""
        return self.at_least == self.at_most


@dataclass(frozen=True, slots=True)
class Span:
    """The days between which something happened; one day when it is known exactly."""

    earliest: dt.date
    latest: dt.date


def plain(figures: Iterable[Figure]) -> Plain:
    """The sum of figures as a fact: a number when all are exact, else its lowest and highest value."""
    known = list(figures)
    low, high = sum(f.at_least for f in known), sum(f.at_most for f in known)
    return low if low == high else {"at_least": low, "at_most": high}


def straddles(figure: Figure, thresholds: Iterable[float], *, strict: bool = False) -> list[float]:
    """The thresholds on whose side the figure is not settled: some of its values meet them, some do not.

    A threshold is met at or above it, or with `strict` only above it. An exact figure straddles nothing.
    """
    low, high = figure.at_least, figure.at_most
    if strict:
        return [line for line in thresholds if low <= line < high]
    return [line for line in thresholds if low < line <= high]


def span_of(written: object) -> Span | None:
    """The span of a day, of `YYYY-MM`, or of a year; None when it is none of these."""
    if isinstance(written, dt.date):
        return Span(written, written)
    if isinstance(written, int) and not isinstance(written, bool) and 1900 <= written <= 2100:
        return Span(dt.date(written, 1, 1), dt.date(written, 12, 31))
    match = _MONTH.fullmatch(written) if isinstance(written, str) else None
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    year, month = int(match[1]), int(match[2])
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return Span(dt.date(year, month, 1), following - dt.timedelta(days=1))
