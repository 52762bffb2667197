"""A text file in blocks of whole lines: flat memory, whatever the lengths of file and lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tidewaiter.tables.sources import MAX_LINE, Unread

__all__ = ["BLOCK", "Lines", "blocks"]

BLOCK = 16 << 20
"""Bytes that are read at a time."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Whole records: their bytes, the number of the first line, and where the next ones begin."""

    data: bytes
    line: int
    after: int
    after_line: int
    unread: tuple[Unread, ...] = ()


_Cut = Callable[[bytes], int]
"""Where the last whole record of some bytes ends; 0 where there is none."""


def blocks(file: BinaryIO, at: int, line: int, cut: _Cut, size: int = BLOCK) -> Iterator[Lines]:
    """Blocks of whole records from a byte on. A record longer than `MAX_LINE` is passed over and noted."""
    file.seek(at)
    held = b""
    while True:
        new = file.read(size)
        held += new
        end = cut(held) if new else len(held)
        if not end and len(held) > MAX_LINE:
            start = line
            held, at, line = _passed_over(file, held, at, line)
            yield Lines(b"", start, at, line, (Unread(start, f"is longer than {MAX_LINE:,} bytes", ""),))
            if not held and not _more(file):
                return
            continue
        if end:
            data, held = held[:end], held[end:]
            at += end
            after = line + data.count(b"\n") + (not data.endswith(b"\n"))
            yield Lines(data, line, at, after)
            line = after
        if not new:
            return


def _more(file: BinaryIO) -> bool:
    found = file.read(1)
    if found:
        file.seek(-1, 1)
    return bool(found)


def _passed_over(file: BinaryIO, held: bytes, at: int, line: int) -> tuple[bytes, int, int]:
    """The bytes after the line that is too long, where they begin, and the number of their line."""
    while True:
        end = held.find(b"\n")
        if end >= 0:
            return held[end + 1 :], at + end + 1, line + 1
        at += len(held)
        held = file.read(BLOCK)
        if not held:
            return b"", at, line + 1
