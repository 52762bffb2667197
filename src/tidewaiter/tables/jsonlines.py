"""JSON lines: one object a line; lists of rows of a relation may stand in it as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.tables.blocks import BLOCK, Lines, blocks
from tidewaiter.tables.sources import MAX_LINE, Chunk, Position, Unread

__all__ = ["JsonSource"]

_HEAD_LINES, _SHOWN = 1000, 200


class JsonSource:
    """A file of JSON lines. Positions count bytes; the columns are the keys of the first lines."""

    typed = False

    def __init__(self, place: str) -> None:
        import os

        self.place, self.size = place, os.path.getsize(place)
        names: dict[str, None] = {}
        self._bad: list[Unread] = []
        with open(place, "rb") as file:
            head = [file.readline(MAX_LINE) for _ in range(_HEAD_LINES)]
        for number, line in enumerate(head, 1):
            if line.strip():
                found = _object(line, number)
                if isinstance(found, Unread):
                    self._bad.append(found)
                else:
                    names.update(dict.fromkeys(found))
        self.names = tuple(names)
        if not names:
            reason = self._bad[0].reason if self._bad else "holds no rows"
            raise InputFaults([Fault(f"{place}:1", reason, 'one object a line: {"on": "2025-05-01", …}')])

    def faults(self) -> list[Fault]:
        """What is wrong with the first lines as a whole."""
        return []

    def chunks(self, start: Position, rows: int) -> Iterator[Chunk]:
        """The chunks from a byte on."""
        size = max(min(BLOCK, rows * 150), 1 << 12)
        with open(self.place, "rb") as file:
            for block in blocks(file, start.at, start.line, lambda data: data.rfind(b"\n") + 1, size):
                yield self._chunk(block)

    def _chunk(self, block: Lines) -> Chunk:
        import polars as pl

        known = frozenset(self.names)
        rows: list[dict[str, Any]] = []
        numbers: list[int] = []
        unread = list(block.unread)
        for number, line in enumerate(block.data.split(b"\n"), block.line):
            if not line.strip():
                continue
            found = _object(line, number, known)
            if isinstance(found, Unread):
                unread.append(found)
            else:
                rows.append(found)
                numbers.append(number)
        columns = {name: pl.Series([_cell(row.get(name)) for row in rows], dtype=pl.String) for name in self.names}
        after = Position(block.after, block.after_line)
        return Chunk(pl.DataFrame(columns), pl.Series(numbers, dtype=pl.Int64), tuple(unread), after)


def _object(line: bytes, number: int, known: frozenset[str] = frozenset()) -> dict[str, Any] | Unread:
    """The object of a line; or why there is none, or has a key that the first lines had not."""
    shown = line[:_SHOWN].decode("utf-8", "replace")
    try:
        found = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"), object_pairs_hook=_once)
    except UnicodeDecodeError:
        return Unread(number, "is not UTF-8", shown)
    except (ValueError, RecursionError) as error:
        reason = str(error).partition(":")[0][:100] or "nested too deeply"
        return Unread(number, f"is no JSON: {reason}", shown)
    if not isinstance(found, dict):
        return Unread(number, "is no object", shown)
    unknown = [key for key in found if key not in known] if known else []
    if unknown:
        return Unread(number, f"has a key that the first {_HEAD_LINES} lines have not: '{unknown[0]:.60}'", shown)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _cell(value: Any) -> str | None:
    """A value as text, as a cell of a CSV file would hold it; lists and mappings as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)
