"""Sums, largest and smallest per outer row: `engine.folds` over grouped columns.

`entries` has a row for each that counts or may count: outer, certain, low, high, and key where rows may repeat.
`unseen` has a row for each outer row: complete, and the bounds of the value on a row nobody listed.
"""

from __future__ import annotations

import math

import polars as pl

__all__ = ["fold"]

_CERTAIN, _LOW, _HIGH = pl.col("certain"), pl.col("low"), pl.col("high")
_COMPLETE = pl.col("complete")
_SURE = pl.when(_CERTAIN).then(_LOW)
"""The low end of a row that certainly counts."""


def fold(how: str, entries: pl.DataFrame, unseen: pl.DataFrame, *, per: bool) -> pl.DataFrame:
    """The low and high end of the fold, for each row of `unseen`."""
    if how == "min":
        entries, unseen = _mirrored(entries, "low", "high"), _mirrored(unseen, "unseen_low", "unseen_high")
    if how == "sum":
        grouped, ends = (_sums_per(entries) if per else _sums(entries)), _opened()
    else:
        grouped, ends = _extremes(entries), _largest()
    dense = unseen.with_row_index("outer").with_columns(pl.col("outer").cast(pl.UInt32))
    found = dense.join(grouped, on="outer", how="left", maintain_order="left").select(ends)
    return _mirrored(found, "low", "high") if how == "min" else found


def _mirrored(data: pl.DataFrame, low: str, high: str) -> pl.DataFrame:
    return data.with_columns((-pl.col(high)).alias(low), (-pl.col(low)).alias(high))


def _sums(entries: pl.DataFrame) -> pl.DataFrame:
    """Rows that only may count add what they could take away or bring."""
    low = pl.when(_CERTAIN).then(_LOW).otherwise(pl.min_horizontal(_LOW, 0.0))
    high = pl.when(_CERTAIN).then(_HIGH).otherwise(pl.max_horizontal(_HIGH, 0.0))
    return entries.select("outer", low.alias("low"), high.alias("high")).group_by("outer").sum()


def _sums_per(entries: pl.DataFrame) -> pl.DataFrame:
    """Rows of equal key count once, the largest; a row without a key may repeat any other, or none."""
    keyed = entries.select("outer", "key", _SURE.alias("low"), "high").filter(pl.col("key").is_not_null())
    once = keyed.group_by("outer", "key").max().with_columns(_LOW.fill_null(0.0))
    sums = once.group_by("outer").agg(_LOW.sum(), _HIGH.sum())
    keyless = pl.when(pl.col("key").is_null()).then(_HIGH)
    rows = entries.select("outer", _SURE.alias("sure"), keyless.alias("keyless"))
    rows = rows.group_by("outer").agg(pl.col("sure").max(), pl.col("keyless").sum())
    return rows.join(sums, on="outer", how="left").select(
        "outer",
        pl.max_horizontal(_LOW.fill_null(0.0), "sure").alias("low"),
        (_HIGH.fill_null(0.0) + pl.col("keyless")).alias("high"),
    )


def _opened() -> list[pl.Expr]:
    """A sum, with the ends that unseen rows open."""
    low, high = _LOW.fill_null(0.0).fill_nan(-math.inf), _HIGH.fill_null(0.0).fill_nan(math.inf)
    return [
        pl.when(~_COMPLETE & (pl.col("unseen_low") < 0)).then(-math.inf).otherwise(low).alias("low"),
        pl.when(~_COMPLETE & (pl.col("unseen_high") > 0)).then(math.inf).otherwise(high).alias("high"),
    ]


def _extremes(entries: pl.DataFrame) -> pl.DataFrame:
    ends = entries.select("outer", _SURE.alias("sure"), "low", "high")
    return ends.group_by("outer").agg(pl.col("sure").max(), _LOW.min(), _HIGH.max())


def _largest() -> list[pl.Expr]:
    """The largest: at least what certainly counts; that of no rows at all is unknown."""
    unseen_low, unseen_high = pl.col("unseen_low"), pl.when(~_COMPLETE).then("unseen_high")
    open_low = pl.when(_COMPLETE).then(-math.inf).otherwise(pl.min_horizontal(unseen_low, _LOW))
    none = pl.col("sure").is_null() & _COMPLETE
    return [
        pl.coalesce(pl.col("sure"), open_low).alias("low"),
        pl.when(none).then(math.inf).otherwise(pl.max_horizontal(_HIGH, unseen_high)).alias("high"),
    ]
