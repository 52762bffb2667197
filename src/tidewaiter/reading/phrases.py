"""What a phrase of a date means on the day it was written: small rules from a day to an interval."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable

from tidewaiter.reading.interval import DateInterval, month_interval, one_day, year_interval

__all__ = [
    "Rule",
    "ago",
    "day",
    "day_of_month",
    "days_around",
    "fixed",
    "month_of_year",
    "nearest_day",
    "nearest_month",
    "part_of",
    "relative_month",
    "relative_year",
    "week",
    "weekday",
    "whole",
]

Rule = Callable[[dt.date], DateInterval | None]
"""From the day of writing to the days meant; None when the phrase means no day of the calendar."""

_PARTS: dict[str, tuple[float, float]] = {
    "early": (0.0, 0.35), "mid": (0.3, 0.7), "late": (0.65, 1.0), "end": (0.8, 1.0), "first_half": (0.0, 0.5),
    "second_half": (0.5, 1.0), "first_third": (0.0, 0.34), "middle_third": (0.3, 0.68), "last_third": (0.64, 1.0),
    "q1": (0.0, 0.25), "q2": (0.245, 0.5), "q3": (0.495, 0.755), "q4": (0.745, 1.0),
}  # fmt: skip


def fixed(interval: DateInterval) -> Rule:
    """The same days whenever it was written."""
    return lambda base: interval


def day(year: int, month: int, number: int) -> DateInterval | None:
    """One day, if the calendar has it."""
    if not (1 <= month <= 12 and 1 <= number <= calendar.monthrange(year, month)[1]):
        return None
    return one_day(dt.date(year, month, number))


def whole(year: int, month: int | None, number: int | None) -> DateInterval | None:
    """A day, month or year; None outside the calendar or outside 1900-2100."""
    if not 1900 <= year <= 2100 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return year_interval(year)
    return month_interval(year, month) if number is None else day(year, month, number)


def part_of(interval: DateInterval | None, part: str | None) -> DateInterval | None:
    """Early, late … days of an interval; quarters and halves of a year by whole months."""
    if interval is None or part is None or interval.earliest is None or interval.days is None:
        return interval
    start, end = _PARTS[part]
    if part[0] == "q" or part.endswith("half"):
        first = round(start * 12) + 1
        last = round(end * 12)
        return month_interval(interval.earliest.year, first).hull(month_interval(interval.earliest.year, last))
    last_day = interval.days - 1
    first_date = interval.earliest + dt.timedelta(days=int(start * last_day))
    return DateInterval(first_date, interval.earliest + dt.timedelta(days=round(end * last_day)))


def relative_year(shift: int, month: int | None, number: int | None, part: str | None = None) -> Rule:
    """去年12月, this year, next year on March 3."""
    return lambda base: part_of(whole(base.year + shift, month, number), part)


def relative_month(shift: int, number: int | None, part: str | None = None) -> Rule:
    """本月15日, last month."""

    def rule(base: dt.date) -> DateInterval | None:
        months = base.year * 12 + base.month - 1 + shift
        return part_of(whole(months // 12, months % 12 + 1, number), part)

    return rule


def nearest_day(month: int, number: int) -> Rule:
    """A day without its year: the one nearest to the day of writing."""
    return lambda base: _nearest(base, [day(base.year + i, month, number) for i in (-1, 0, 1)])


def nearest_month(month: int, part: str | None = None) -> Rule:
    """A month without its year: the nearest one."""
    return lambda base: part_of(_nearest(base, [whole(base.year + i, month, None) for i in (-1, 0, 1)]), part)


def month_of_year(month: int, direction: str) -> Rule:
    """last December, this March, next April: the latest before, the one of this year, the first after."""

    def rule(base: dt.date) -> DateInterval | None:
        if direction == "this":
            return whole(base.year, month, None)
        before = month < base.month if direction == "last" else month <= base.month
        shift = (0 if before else -1) if direction == "last" else (1 if before else 0)
        return whole(base.year + shift, month, None)

    return rule


def day_of_month(number: int) -> Rule:
    """28日 alone: the latest such day not after the day of writing."""

    def rule(base: dt.date) -> DateInterval | None:
        for shift in (0, -1, -2):
            found = relative_month(shift, number)(base)
            if found and found.earliest and found.earliest <= base:
                return found
        return None

    return rule


def days_around(first: int, last: int) -> Rule:
    """From `first` to `last` days after the day of writing; negative is before."""
    return lambda base: DateInterval(base + dt.timedelta(days=first), base + dt.timedelta(days=last))


def ago(count: int, unit: str, direction: int) -> Rule:
    """Some days, weeks, months or years before (-1) or after (1), with the looseness such words have."""
    length = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}[unit]
    slack = {"day": 0, "week": 3, "month": 16, "year": 183}[unit]
    centre = round(direction * count * length)
    return days_around(centre - slack, centre + slack)


def week(shift: int) -> Rule:
    """This week, last week: Monday to Sunday."""
    return lambda base: days_around(7 * shift - base.weekday(), 7 * shift - base.weekday() + 6)(base)


def weekday(number: int, shift: int | None) -> Rule:
    """A weekday (Monday 0) of the week `shift` away; None: the latest one, the day of writing included."""

    def rule(base: dt.date) -> DateInterval | None:
        back = -((base.weekday() - number) % 7) if shift is None else 7 * shift - base.weekday() + number
        return one_day(base + dt.timedelta(days=back))

    return rule


def _nearest(base: dt.date, candidates: list[DateInterval | None]) -> DateInterval | None:
    def distance(each: DateInterval) -> int:
        first, last = each.earliest or base, each.latest or base
        return max(0, (first - base).days, (base - last).days)

    return min((each for each in candidates if each), key=distance, default=None)
