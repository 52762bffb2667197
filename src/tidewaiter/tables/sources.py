"""Tables read in chunks: CSV, JSON lines, Parquet and Arrow files, each row with the line it stands on.

A chunk carries where the next one begins, so that an interrupted run takes up there.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tidewaiter.base.errors import Fault, InputFaults

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "CHUNK_ROWS",
    "MAX_LINE",
    "Chunk",
    "Position",
    "Source",
    "Unread",
    "check_file",
    "file_digest",
    "open_source",
]

CHUNK_ROWS = 250_000
"""Most rows of a chunk."""
MAX_LINE = 8 << 20
"""Longest line that is read, in bytes."""
_SAMPLE = 1 << 20


@dataclass(frozen=True, slots=True)
class Position:
    """Where a chunk begins: a byte of a text file or a row of a columnar one, and the number of its first line."""

    at: int = 0
    line: int = 1


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that cannot be read: its line, why, and as much of it as is useful."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of a table. `lines`: the line of each; `unread`: what is no row; `after`: where the next chunk begins."""

    frame: pl.DataFrame
    lines: pl.Series
    unread: tuple[Unread, ...]
    after: Position


class Source(Protocol):
    """A table that can be read from any chunk on."""

    names: tuple[str, ...]
    typed: bool
    size: int

    def chunks(self, start: Position, rows: int) -> Iterator[Chunk]:
        """The chunks from a position on. `size` and positions count bytes or rows alike."""
        ...

    def faults(self) -> list[Fault]:
        """What is wrong with the head of the file."""
        ...


def open_source(place: str) -> Source:
    """The table in a file, by its ending. Raises InputFaults for what is no readable table."""
    from tidewaiter.tables.columnar import ColumnarSource
    from tidewaiter.tables.csvfile import CsvSource
    from tidewaiter.tables.jsonlines import JsonSource

    check_file(place)
    ending = Path(place).suffix.lower()
    if ending in (".parquet", ".pq", ".arrow", ".ipc", ".feather"):
        return ColumnarSource(place, parquet=ending in (".parquet", ".pq"))
    if ending in (".jsonl", ".ndjson"):
        return JsonSource(place)
    if ending in (".csv", ".tsv", ".txt"):
        return CsvSource(place)
    raise InputFaults([Fault(place, f"'{ending}' is no table", "give .csv, .tsv, .jsonl, .parquet or .arrow")])


def check_file(place: str) -> None:
    """Raise InputFaults unless a path leads to a file with something in it."""
    try:
        found = os.stat(place)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputFaults([Fault(place, f"cannot be read: {reason}", "check the path")]) from None
    if not stat.S_ISREG(found.st_mode):
        raise InputFaults([Fault(place, "is no file", "name a file")])
    if not found.st_size:
        raise InputFaults([Fault(place, "is empty", "give a table with a header line")])
    if not os.access(place, os.R_OK):
        raise InputFaults([Fault(place, "cannot be read: permission denied", "check its permissions")])


def file_digest(place: str) -> str:
    """A hash of a file's size, time, beginning and end: enough to notice that another file took its place."""
    found = os.stat(place)
    digest = hashlib.sha256(f"{found.st_size} {found.st_mtime_ns}".encode())
    with open(place, "rb") as file:
        digest.update(file.read(_SAMPLE))
        file.seek(max(found.st_size - _SAMPLE, 0))
        digest.update(file.read(_SAMPLE))
    return digest.hexdigest()
