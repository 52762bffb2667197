"""Names screened once each, whatever the number of rows: possible matches as columns beside the answers.

What screening proposes is no fact. Only what a person confirmed of a name (`Screened.facts`) is stated on its row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tidewaiter.tables.setting import Screened, Screening
from tidewaiter.tables.verdicts import PREFIX

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Names"]


class Names:
    """The screened names of some columns."""

    def __init__(self, screening: Screening | None, columns: Sequence[str], on: dt.date | None) -> None:
        self.screening, self.columns, self.on = screening, tuple(columns), on
        self._found: dict[str, Screened] = {}

    def results(self, frame: pl.DataFrame) -> pl.DataFrame:
        """For each column, what screening says of the name on each row; null where there is no name."""
        import polars as pl

        found = []
        for column in self.columns:
            names = frame[column].cast(pl.String).str.strip_chars()
            distinct = [name for name in names.drop_nulls().unique(maintain_order=True).to_list() if name]
            self._screen(distinct)
            table = self._table(distinct, f"{PREFIX}{column}_")
            keyed = pl.DataFrame({"name": names}).join(table, on="name", how="left", maintain_order="left")
            found.append(keyed.drop("name"))
        return pl.concat(found, how="horizontal") if found else pl.DataFrame()

    def _screen(self, names: Sequence[str]) -> None:
        new = [name for name in names if name not in self._found]
        if new and self.screening is not None:
            self._found.update(zip(new, self.screening.screen(new, self.on), strict=True))

    def _table(self, names: Sequence[str], prefix: str) -> pl.DataFrame:
        import polars as pl

        held = [self._found[name] for name in names]
        return pl.DataFrame(
            {
                "name": pl.Series(names, dtype=pl.String),
                f"{prefix}status": pl.Series([each.status for each in held], dtype=pl.String).cast(pl.Categorical),
                f"{prefix}hits": pl.Series([each.hits for each in held], dtype=pl.UInt32),
                f"{prefix}best": pl.Series([each.best for each in held], dtype=pl.String).cast(pl.Categorical),
                f"{prefix}score": pl.Series([each.score for each in held], dtype=pl.Float64),
            }
        )

    def confirmed(self, name: Any) -> Mapping[str, Any]:
        """The facts that a person confirmed of a name."""
        text = str(name).strip()
        self._screen([text] if text else [])
        return (self._found[text].facts or {}) if text in self._found else {}
