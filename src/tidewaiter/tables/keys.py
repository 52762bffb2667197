"""Keys of rows: present, and each once over the whole table. Eight bytes a row."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

__all__ = ["Keys"]


class Keys:
    """The keys of the rows seen so far, as hashes in order."""

    def __init__(self, column: str) -> None:
        self.column = column
        self._seen: NDArray[np.uint64] | None = None

    def take_up(self, parts: Iterable[Path]) -> None:
        """Remember the keys of finished parts."""
        import polars as pl

        for part in parts if self.column else ():
            self._remember(self._hashes(pl.read_ipc(part, columns=[self.column])))

    def judge(self, frame: pl.DataFrame, reasons: pl.Series) -> pl.Series:
        """The reasons to reject rows, with those for keys that are missing or stood before."""
        import numpy as np
        import polars as pl

        if not self.column:
            return reasons
        keys = frame[self.column]
        hashes = self._hashes(frame)
        before = np.zeros(len(hashes), dtype=bool)
        if self._seen is not None and len(self._seen):
            at = np.searchsorted(self._seen, hashes).clip(max=len(self._seen) - 1)
            before = self._seen[at] == hashes
        again = (pl.Series(before) | ~keys.is_first_distinct()) & keys.is_not_null()
        self._remember(hashes[~before])
        found = pl.DataFrame({"reason": reasons, "none": keys.is_null(), "again": again})
        none, twice = pl.lit(f"{self.column}: has no key"), pl.lit(f"{self.column}: the key stood before")
        return found.select(pl.when("none").then(none).when("again").then(twice).otherwise("reason").alias("r"))["r"]

    def _hashes(self, frame: pl.DataFrame) -> NDArray[np.uint64]:
        import polars as pl

        return frame[self.column].cast(pl.String).hash(seed=20250101).to_numpy()

    def _remember(self, hashes: NDArray[np.uint64]) -> None:
        import numpy as np

        new = np.unique(hashes)
        if self._seen is None:
            self._seen = new
        else:
            self._seen = np.insert(self._seen, np.searchsorted(self._seen, new), new)
