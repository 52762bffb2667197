"""Facts of a table as values: missing ones as the vocabulary's range, or as a profile lets them be assumed."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from tidewaiter.engine.columns.codes import NOTHING, Leaf, Single
from tidewaiter.engine.columns.dates import EPOCH
from tidewaiter.engine.columns.frames import Frame
from tidewaiter.engine.columns.numbers import ANY, Bounds, Number, nullable
from tidewaiter.engine.columns.tables import HIGH, LOW
from tidewaiter.engine.columns.truths import TRUE, UNKNOWN, Truth, disj
from tidewaiter.engine.columns.values import Value, choose
from tidewaiter.engine.vocabulary import Fact

__all__ = ["assumed", "given", "stated"]


def given(fact: Fact, frame: Frame) -> Value:
    """The value of a fact as the frame's own table states it."""
    series = _stated(frame, fact.term)
    if fact.type.kind in ("number", "date"):
        return _number(fact, frame, series)
    if series is None:
        return UNKNOWN if fact.type.kind == "boolean" else NOTHING
    if fact.type.kind == "boolean":
        return Truth(frame.put(series), not series.null_count())
    return _leaf(frame, series)


def stated(fact: Fact, frame: Frame) -> Truth:
    """Where the frame's own table states anything about a fact, be it an interval."""
    held = [_stated(frame, fact.term + ending) for ending in ("", LOW, HIGH)]
    found = [series for series in held if series is not None]
    if any(not series.null_count() for series in found):
        return TRUE
    return disj([Truth(frame.put(series.is_not_null()), True) for series in found])


def _stated(frame: Frame, name: str) -> pl.Series | None:
    """A column of the table; None where it is absent or empty."""
    if name not in frame.entity.table.columns:
        return None
    series = frame.entity.table[name]
    return None if series.null_count() == len(series) else series


def _number(fact: Fact, frame: Frame, series: pl.Series | None) -> Number:
    gap = (fact.low, fact.high)
    low, high = _stated(frame, fact.term + LOW), _stated(frame, fact.term + HIGH)
    if low is not None or high is not None:
        return _interval(frame, [series, low, high], gap)
    if series is None:
        return nullable(pl.lit(None, dtype=pl.Float64), gap)
    expr = frame.put(_float(series))
    return nullable(expr, gap) if series.null_count() else Number((expr,))


def _interval(frame: Frame, held: list[pl.Series | None], gap: Bounds) -> Number:
    """A number that is stated as such, or by its low and high end."""
    value, low, high = (pl.lit(None, dtype=pl.Float64) if s is None else frame.put(_float(s)) for s in held)
    return Number((pl.coalesce(value, low, pl.lit(gap[0])), pl.coalesce(value, high, pl.lit(gap[1]))), None, ANY)


def _float(series: pl.Series) -> pl.Series:
    if series.dtype == pl.Date:
        return (series.to_physical() + EPOCH).cast(pl.Float64)
    return series.cast(pl.Float64)


def _leaf(frame: Frame, series: pl.Series) -> Leaf:
    dtype = series.dtype
    if not isinstance(dtype, pl.Enum):
        series = series.cast(pl.String)
        dtype = pl.Enum(series.drop_nulls().unique(maintain_order=True))
        series = series.cast(dtype)
    positions = series.to_physical()
    return Leaf(frame.put(positions), positions.dtype, dtype.categories)


def assumed(value: Value, told: Truth, other: Value) -> Value:
    """The value where it is stated, else the assumed one."""
    if isinstance(value, Leaf) and isinstance(other, Single) and other.code in value.codes:
        position = pl.lit(value.codes.index_of(other.code), dtype=value.dtype)
        return replace(value, expr=value.expr.fill_null(position))
    if isinstance(value, Number) and not value.paired:
        value = Number(value.ends, None, value.span)  # its nulls are replaced, so they need no gap
    return choose(told, value, other)
