"""Analysed names kept as text, each brought back only when a query comes near it.

Pieces recur in thousands of names (company, Beijing, Muhammad): each is stored once and shared.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from tidewaiter.evidence.parties.names import AnalysedName, Piece
from tidewaiter.evidence.parties.search.container import Columns

__all__ = ["Shelf", "shelf_columns", "shelf_form"]

_HELD = 1 << 14
_scanned = json.JSONDecoder().scan_once  # type: ignore[attr-defined]
_SETS = ("numbers", "places")
_NAME = tuple(field.name for field in fields(AnalysedName))
_PIECES_AT = _NAME.index("pieces")
_SETS_AT = tuple(_NAME.index(name) for name in _SETS)
_NONE: frozenset[str] = frozenset()
_PIECE = tuple(field.name for field in fields(Piece))


def shelf_form() -> str:
    """The fields that are stored: a file with others is another format."""
    return " ".join((*_NAME, "/", *_PIECE))


class Shelf:
    """Analysed names by row. Reading one twice gives the same object, as long as it is remembered."""

    def __init__(self, columns: Columns) -> None:
        own = ("names", "pieces"), ("name_ends", "piece_ends")
        self.columns = Columns({}, {n: columns.texts[n] for n in own[0]}, {n: columns.arrays[n] for n in own[1]})
        self._names, self._name_ends = columns.texts["names"], columns.arrays["name_ends"]
        self._pieces, self._piece_ends = columns.texts["pieces"], columns.arrays["piece_ends"]
        self._known: dict[int, AnalysedName] = {}
        self._shared: dict[int, Piece] = {}

    def __len__(self) -> int:
        return len(self._name_ends) - 1

    def __getitem__(self, row: int) -> AnalysedName:
        found = self._known.get(row)
        if found is None:
            if len(self._known) >= _HELD:
                self._known.clear()
            found = self._known[row] = self._name(row)
        return found

    def _name(self, row: int) -> AnalysedName:
        values = _loaded(self._names, self._name_ends, row)
        shared = self._shared
        values[_PIECES_AT] = tuple([shared.get(number) or self._piece(number) for number in values[_PIECES_AT]])
        for at in _SETS_AT:
            values[at] = frozenset(values[at]) if values[at] else _NONE
        return AnalysedName(*values)

    def _piece(self, number: int) -> Piece:
        values = _loaded(self._pieces, self._piece_ends, number)
        held: Any = [tuple(value) if isinstance(value, list) else value for value in values]
        piece = Piece(*held)
        self._shared[number] = piece
        return piece


def shelf_columns(names: Iterable[AnalysedName]) -> Columns:
    """Analysed names as columns of a file."""
    numbers: dict[Piece, int] = {}
    lines = [_written(name, numbers) for name in names]
    pieces = [json.dumps([getattr(piece, name) for name in _PIECE], ensure_ascii=False).encode() for piece in numbers]
    return Columns(
        {},
        {"names": b"".join(lines), "pieces": b"".join(pieces)},
        {"name_ends": _ends(lines), "piece_ends": _ends(pieces)},
    )


def _written(name: AnalysedName, numbers: dict[Piece, int]) -> bytes:
    values: list[Any] = []
    for field in _NAME:
        value = getattr(name, field)
        if field == "pieces":
            value = [numbers.setdefault(piece, len(numbers)) for piece in value]
        elif field in _SETS:
            value = sorted(value)
        values.append(value)
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _ends(lines: Iterable[bytes]) -> array[int]:
    ends, total = array("I", [0]), 0
    for line in lines:
        total += len(line)
        ends.append(total)
    return ends


def _loaded(texts: bytes | memoryview, ends: Any, at: int) -> list[Any]:
    found: list[Any] = _scanned(str(texts[ends[at] : ends[at + 1]], "utf-8"), 0)[0]
    return found
