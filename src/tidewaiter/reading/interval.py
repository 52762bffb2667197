"""Intervals of calendar days, either end of which may be open."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

__all__ = ["DateInterval", "month_interval", "one_day", "year_interval"]


@dataclass(frozen=True, slots=True)
class DateInterval:
    """The days from `earliest` to `latest`, both included; None leaves that end open."""

    earliest: dt.date | None = None
    latest: dt.date | None = None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"{self.earliest} comes after {self.latest}")

    @property
    def closed(self) -> bool:
        """Whether both ends are known."""
        return self.earliest is not None and self.latest is not None

    @property
    def days(self) -> int | None:
        """How many days it spans; None when an end is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1

    def meet(self, other: DateInterval) -> DateInterval | None:
        """The days in both; None when there are none."""
        earliest = max((d for d in (self.earliest, other.earliest) if d), default=None)
        latest = min((d for d in (self.latest, other.latest) if d), default=None)
        if earliest and latest and earliest > latest:
            return None
        return DateInterval(earliest, latest)

    def hull(self, other: DateInterval) -> DateInterval:
        """The smallest interval around both; an open end stays open."""
        first = None if None in (self.earliest, other.earliest) else min(self.earliest, other.earliest)  # type: ignore[type-var]
        last = None if None in (self.latest, other.latest) else max(self.latest, other.latest)  # type: ignore[type-var]
        return DateInterval(first, last)

    def __contains__(self, day: dt.date) -> bool:
        return (self.earliest is None or self.earliest <= day) and (self.latest is None or day <= self.latest)

    def to_json(self) -> dict[str, str | None]:
        """Both ends as ISO dates, null where open."""
        return {
            "earliest": self.earliest.isoformat() if self.earliest else None,
            "latest": self.latest.isoformat() if self.latest else None,
        }


def one_day(day: dt.date) -> DateInterval:
    """The interval of this day alone."""
    return DateInterval(day, day)


def month_interval(year: int, month: int) -> DateInterval:
    """All days of a month."""
    last = calendar.monthrange(year, month)[1]
    return DateInterval(dt.date(year, month, 1), dt.date(year, month, last))


def year_interval(year: int) -> DateInterval:
    """All days of a year."""
    return DateInterval(dt.date(year, 1, 1), dt.date(year, 12, 31))
