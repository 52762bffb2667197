"""The calendar: years of dates and dates some months on. Where the calendar ends, a date lies beyond all others."""

from __future__ import annotations

from collections.abc import Callable

from tidewaiter.engine import arithmetic
from tidewaiter.engine.sql import scalars as s
from tidewaiter.engine.sql.numbers import Bounds, Number, constant, nullable
from tidewaiter.engine.sql.scalars import NOTHING, Scalar
from tidewaiter.engine.values import Interval, Value, bounds

__all__ = ["BEYOND", "add_months", "year"]

BEYOND = 1e15
"""The day that stands for every day after the calendar's end; with a minus, before its beginning."""


def year(number: Number) -> Number:
    """The calendar year of a date; past the calendar's ends, its first or last year."""
    return _mapped(number, lambda day: s.op("year", day), arithmetic.year)


def add_months(number: Number, months: int) -> Number:
    """A date so many calendar months on; past the calendar's ends it is beyond all others."""
    return _mapped(number, lambda day: s.op("months", day, detail=months), lambda v: arithmetic.add_months(v, months))


def _mapped(number: Number, on_scalar: Callable[[Scalar], Scalar], on_value: Callable[[Value], Value]) -> Number:
    """A function that never falls, on each end of a number."""

    def on_bounds(held: Bounds) -> Bounds:
        return bounds(on_value(Interval(*held)))

    if number.constant is not None:
        low = on_bounds((number.constant, number.constant))[0]
        return constant(max(-BEYOND, min(BEYOND, low)))
    ends = tuple(end if end is NOTHING else on_scalar(end) for end in number.ends)
    if number.gap is None:
        return Number(ends, None, on_bounds(number.span))
    return nullable(ends[0], on_bounds(number.gap), on_bounds(number.span))
