"""Distinct rows of several columns of codes: exact, by one number that holds all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Codes = NDArray[np.int64]

__all__ = ["Grouping", "grouped"]

_ROOM = 2**62


@dataclass(frozen=True, slots=True)
class Grouping:
    """`first`: a row of each group; `group`: the group of each row."""

    first: _Codes
    group: _Codes


def grouped(columns: Mapping[str, _Codes]) -> Grouping:
    """The rows grouped by equal codes in every column."""
    import numpy as np

    height = len(next(iter(columns.values())))
    key, room = np.zeros(height, dtype=np.int64), 1
    for codes in columns.values():
        small, count = _small(codes)
        if count <= 1:
            continue
        if room > _ROOM // count:
            key, room = _small(key)
        key = key * count + small
        room *= count
    return _groups(key)


def _small(codes: _Codes) -> tuple[_Codes, int]:
    """The codes as numbers from 0 on, and how many there are."""
    low, high = int(codes.min()), int(codes.max())
    if high == low:
        return codes - low, 1
    if high - low < 4096:
        return codes - low, high - low + 1
    held = _groups(codes)
    return held.group, len(held.first)


def _groups(key: _Codes) -> Grouping:
    import polars as pl

    frame = pl.DataFrame({"key": key}).with_row_index("row")
    distinct = frame.group_by("key").agg(pl.col("row").first()).with_row_index("group")
    found = frame.join(distinct.select("key", "group"), on="key", how="left", maintain_order="left")["group"]
    first: _Codes = distinct["row"].cast(pl.Int64).to_numpy()
    group: _Codes = found.cast(pl.Int64).to_numpy()
    return Grouping(first, group)
