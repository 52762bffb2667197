"""Days in a column: read strictly as YYYY-MM-DD; other ways to write a day are told apart, never guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

__all__ = ["days_of", "foreign_forms"]

_FORM = r"^\d{4}-\d{2}-\d{2}$"
_FOREIGN = {
    "DD/MM/YYYY or MM/DD/YYYY": r"^\d{1,2}/\d{1,2}/\d{2,4}$",
    "YYYY/MM/DD": r"^\d{4}/\d{1,2}/\d{1,2}$",
    "YYYYMMDD": r"^\d{8}$",
    "DD.MM.YYYY": r"^\d{1,2}\.\d{1,2}\.\d{2,4}$",
    "DD-MM-YYYY": r"^\d{1,2}-\d{1,2}-\d{2,4}$",
    "a month in words": r"(?i)[a-z]{3}",
    "年月日": r"年",
    "a date with a time": r"^\d{4}-\d{2}-\d{2}[T ]",
    "a spreadsheet's day number": r"^\d{5}$",
}


def days_of(series: pl.Series) -> pl.Series:
    """The day of each cell; null for what is none."""
    import polars as pl

    if series.dtype == pl.Date:
        return series
    if series.dtype != pl.String:
        return pl.Series([None], dtype=pl.Date).new_from_index(0, len(series))
    text = series.str.strip_chars()
    whole = text.str.contains(_FORM).fill_null(False)
    return text.str.to_date("%Y-%m-%d", strict=False).zip_with(whole, pl.Series([None], dtype=pl.Date))


def foreign_forms(series: pl.Series) -> list[str]:
    """Other forms in which days are written in a column of text."""
    found: dict[str, None] = {}
    for cell in series.drop_nulls().unique().head(2000).to_list():
        text = str(cell).strip()
        if text and not re.match(_FORM, text):
            found.setdefault(next((name for name, form in _FOREIGN.items() if re.search(form, text)), "no date"))
    return list(found)
