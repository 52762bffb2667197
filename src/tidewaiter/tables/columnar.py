"""Parquet and Arrow files, streamed by Polars."""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.tables.sources import Chunk, Position

__all__ = ["ColumnarSource"]


class ColumnarSource:
    """A Parquet or Arrow file. Positions count rows; the line of a row is its number, from 1 on."""

    typed = True

    def __init__(self, place: str, *, parquet: bool) -> None:
        import polars as pl

        self.place = place
        try:
            self._frame = pl.scan_parquet(place, glob=False) if parquet else pl.scan_ipc(place, glob=False)
            self.names = tuple(self._frame.collect_schema())
            self.size = int(self._frame.select(pl.len()).collect().item())
        except (pl.exceptions.PolarsError, OSError) as error:
            kind = "Parquet" if parquet else "Arrow"
            what = f"is no {kind} file: {str(error).splitlines()[0]:.120}"
            raise InputFaults([Fault(place, what, "check the file, or its ending")]) from None

    def faults(self) -> list[Fault]:
        """What is wrong with the head of the file: a table without rows or columns."""
        return [] if self.size and self.names else [Fault(self.place, "holds no rows", "give a table with rows")]

    def chunks(self, start: Position, rows: int) -> Iterator[Chunk]:
        """The chunks from a row on."""
        import polars as pl

        at = start.at
        # Chunks come as they are decoded; row groups larger than a chunk are cut, smaller ones are put together.
        for batch in self._frame.slice(at).collect_batches(chunk_size=rows, maintain_order=True):
            for part in batch.iter_slices(rows):
                if part.height:
                    lines = pl.int_range(at + 1, at + part.height + 1, dtype=pl.Int64, eager=True)
                    at += part.height
                    yield Chunk(part, lines, (), Position(at, at + 1))
