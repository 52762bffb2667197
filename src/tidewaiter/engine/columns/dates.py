"""The calendar in Polars: years of dates and dates some months on, with the ends that `engine.arithmetic` gives."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

import polars as pl

from tidewaiter.engine import arithmetic
from tidewaiter.engine.columns.numbers import Bounds, Number, constant, nullable
from tidewaiter.engine.values import Interval, Value, bounds

__all__ = ["EPOCH", "add_months", "year"]

EPOCH = dt.date(1970, 1, 1).toordinal()
"""The proleptic ordinal of the day from which Polars counts."""

_LAST_DAY = dt.date.max.toordinal()


def year(number: Number) -> Number:
    """The calendar year of a date; past the calendar's ends, its first or last year."""
    return _mapped(number, _year, arithmetic.year)


def add_months(number: Number, months: int) -> Number:
    """A date so many calendar months on; past the calendar's ends it is unbounded."""
    return _mapped(number, lambda day: _months_on(day, months), lambda value: arithmetic.add_months(value, months))


def _mapped(number: Number, on_column: Callable[[pl.Expr], pl.Expr], on_value: Callable[[Value], Value]) -> Number:
    """A function that never falls, on each end of a number."""

    def on_bounds(held: Bounds) -> Bounds:
        return bounds(on_value(Interval(*held)))

    if number.constant is not None:
        return constant(on_bounds((number.constant, number.constant))[0])
    span, ends = on_bounds(number.span), tuple(on_column(end) for end in number.ends)
    return Number(ends, None, span) if number.gap is None else nullable(ends[0], on_bounds(number.gap), span)


def _date(day: pl.Expr) -> pl.Expr:
    """The Polars date of a day within the calendar, its nearest end without."""
    whole = pl.when(day.is_finite()).then(day.clip(1.0, float(_LAST_DAY))).cast(pl.Int64)
    return (whole - EPOCH).cast(pl.Int32).cast(pl.Date)


def _year(day: pl.Expr) -> pl.Expr:
    return pl.when(day.is_finite()).then(_date(day).dt.year().cast(pl.Float64)).otherwise(day)


def _months_on(day: pl.Expr, months: int) -> pl.Expr:
    moved = _date(day).dt.offset_by(f"{months}mo")
    outside = (moved.dt.year() < dt.MINYEAR) | (moved.dt.year() > dt.MAXYEAR)
    return (
        pl.when((day < 1) | (day > _LAST_DAY))
        .then(pl.when(day < 0).then(-math.inf).otherwise(math.inf))
        .when(outside)
        .then(math.copysign(math.inf, months))
        .otherwise(moved.cast(pl.Int32).cast(pl.Float64) + EPOCH)
    )
