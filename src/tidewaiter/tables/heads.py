"""The head of a table: everything that is wrong with its columns, at once, before any work starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidewaiter.base.errors import Fault
from tidewaiter.engine.vocabulary import Vocabulary
from tidewaiter.tables.days import days_of, foreign_forms
from tidewaiter.tables.mapping import Column, Layout
from tidewaiter.tables.sheet import coder_of

if TYPE_CHECKING:
    import polars as pl

__all__ = ["HEAD_ROWS", "head_faults"]

HEAD_ROWS = 1000
"""Rows that count as the head of a table."""
_MOSTLY = 0.5
_SHOWN = 3


def head_faults(frame: pl.DataFrame, layout: Layout, vocabulary: Vocabulary) -> list[Fault]:
    """The faults of a table's columns, judged by its first rows.

    A single cell that cannot be read is no fault of the head: its row is rejected when it comes.
    """
    head = frame.head(HEAD_ROWS)
    faults = [] if not layout.on else list(_day_faults(head[layout.on]))
    for column in layout.columns:
        if column.name in head.columns:
            faults += _column_faults(column, head[column.name], vocabulary)
    if layout.key:
        faults += _key_faults(head[layout.key])
    return faults


def _day_faults(series: pl.Series) -> Iterator[Fault]:
    import polars as pl

    where = f"column {series.name}"
    if series.dtype not in (pl.Date, pl.String):
        yield Fault(where, f"holds {series.dtype}, not days", "give a column of dates, or YYYY-MM-DD")
    elif series.dtype == pl.String:
        others = foreign_forms(series)
        bad = int(days_of(series).is_null().sum())
        named = [form for form in others if form != "no date"]
        if named or bad > len(series) * _MOSTLY:
            shown = ", ".join(named or others or ["nothing"])
            yield Fault(where, f"days are written in {len(others)} other forms: {shown}", "write all as YYYY-MM-DD")


def _column_faults(column: Column, series: pl.Series, vocabulary: Vocabulary) -> Iterator[Fault]:
    where, kind = f"column {column.name}", column.fact.type.kind if column.fact else "text"
    fits = _fits(series.dtype, kind)
    if not fits:
        yield Fault(where, f"holds {series.dtype} where {column.path} is a {kind}", "convert the column")
        return
    coder = coder_of(column, vocabulary)
    codes = coder.codes(series)
    bad = [code for code in codes.tolist() if code in coder.faults]
    if bad and len(bad) > (len(series) - series.null_count()) * _MOSTLY:
        fault = coder.faults[bad[0]]
        distinct = len(coder.faults)
        yield Fault(where, f"{len(bad)} of the first {len(series)} cells cannot be read ({distinct} kinds): "
                    f"{fault.what}", fault.remedy)  # fmt: skip


def _fits(dtype: pl.DataType, kind: str) -> bool:
    """Whether cells of a type can state a fact of a kind; text can always try."""
    import polars as pl

    if dtype == pl.String or dtype == pl.Null or isinstance(dtype, (pl.Categorical, pl.Enum)):
        return True
    if kind == "number":
        return dtype.is_numeric()
    if kind == "boolean":
        return dtype == pl.Boolean or dtype.is_integer()
    return kind == "date" and dtype in (pl.Date, pl.Datetime)


def _key_faults(series: pl.Series) -> Iterator[Fault]:
    where = f"column {series.name}"
    if series.null_count():
        row = series.is_null().arg_true()[0] + 1
        yield Fault(where, f"{series.null_count()} of the first {len(series)} rows have no key (row {row})", "fill it")
    twice = series.filter(series.is_duplicated() & series.is_not_null()).unique(maintain_order=True)
    if len(twice):
        shown = ", ".join(str(key)[:30] for key in twice.head(_SHOWN).to_list())
        yield Fault(
            where, f"{len(twice)} keys stand twice in the first {len(series)} rows: {shown}", "make them unique"
        )
