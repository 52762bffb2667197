"""Entries as lines of JSON: written whole, read one by one when they are asked for."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, overload

from tidewaiter.evidence.parties.lists.entries import Address, Edition, Entry, Footnote, ListBook, ListedName

__all__ = ["EntryRows", "book_of", "decode", "decode_edition", "encode", "encode_edition", "read_rows", "write_rows"]

_Header = dict[str, Any]


def encode(entry: Entry) -> str:
    """An entry as one line."""
    row = [
        entry.key,
        entry.list,
        entry.kind,
        [[n.text, n.kind, _text(n.since), _text(n.until), n.source, n.confidence] for n in entry.names],
        list(entry.countries),
        [[a.text, a.city, a.country] for a in entry.addresses],
        _text(entry.listed),
        entry.listed_basis,
        _text(entry.removed),
        entry.citation,
        [[f.number, _text(f.since)] for f in entry.footnotes],
        entry.requirement,
        entry.policy,
        list(entry.programs),
        [list(pair) for pair in entry.identifiers],
        entry.parent,
        entry.source,
        entry.confidence,
        entry.note,
    ]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def decode(line: str | bytes) -> Entry:
    """The entry of a line."""
    row = json.loads(line)
    return Entry(
        row[0],
        row[1],
        row[2],
        tuple(ListedName(n[0], n[1], _day(n[2]), _day(n[3]), n[4], n[5]) for n in row[3]),
        tuple(row[4]),
        tuple(Address(*a) for a in row[5]),
        _day(row[6]),
        row[7],
        _day(row[8]),
        row[9],
        tuple(Footnote(f[0], _day(f[1])) for f in row[10]),
        row[11],
        row[12],
        tuple(row[13]),
        tuple((pair[0], pair[1]) for pair in row[14]),
        row[15],
        row[16],
        row[17],
        row[18],
    )


def encode_edition(edition: Edition) -> dict[str, Any]:
    """An edition as plain data."""
    return {
        "list": edition.list,
        "as_of": edition.as_of.isoformat(),
        "complete_from": _text(edition.complete_from),
        "complete_to": _text(edition.complete_to),
        "holds_removed": edition.holds_removed,
        "origin": edition.origin,
        "entries": edition.entries,
        "digest": edition.digest,
        "imported": edition.imported.isoformat() if edition.imported else "",
    }


def decode_edition(row: dict[str, Any]) -> Edition:
    """The edition of plain data. Raises KeyError or ValueError when the data are of another form."""
    return Edition(
        row["list"],
        date.fromisoformat(row["as_of"]),
        _day(row["complete_from"]),
        _day(row["complete_to"]),
        bool(row["holds_removed"]),
        row["origin"],
        int(row["entries"]),
        row["digest"],
        datetime.fromisoformat(row["imported"]) if row["imported"] else None,
    )


class EntryRows(Sequence[Entry]):
    """Entries in their stored form. Each is made when it is asked for; nothing is kept."""

    def __init__(self, data: bytes, offsets: Sequence[int]) -> None:
        self._data, self._offsets = data, offsets

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, index: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        return decode(self._data[self._offsets[place] : self._offsets[place + 1]])

    def __iter__(self) -> Iterator[Entry]:
        return (self[place] for place in range(len(self)))

    def of_key(self, key: str) -> Entry | None:
        """The entry of a key, found without reading the others."""
        start = ("\n[" + json.dumps(key, ensure_ascii=False) + ",").encode()
        place = 0 if self._data.startswith(start[1:]) else self._data.find(start) + 1
        if place == 0 and not self._data.startswith(start[1:]):
            return None
        return decode(self._data[place : self._data.index(b"\n", place)])


def write_rows(header: _Header, entries: Iterable[Entry]) -> bytes:
    """A stored form: a line of header, a line for each entry; the header holds the hash and the places of the lines."""
    lines = [encode(entry).encode() + b"\n" for entry in entries]
    body = b"".join(lines)
    lengths = [len(line) for line in lines]
    head = {**header, "rows": len(lines), "sha256": hashlib.sha256(body).hexdigest(), "lengths": lengths}
    return json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" + body


def read_rows(data: bytes) -> tuple[_Header, EntryRows]:
    """Header and entries of a stored form. Raises ValueError when it is damaged."""
    first, _, body = data.partition(b"\n")
    head = json.loads(first)
    if not isinstance(head, dict) or head.get("sha256") != hashlib.sha256(body).hexdigest():
        raise ValueError("the stored entries are damaged")
    offsets = array("Q", [0])
    total = 0
    for length in head.pop("lengths"):
        total += length
        offsets.append(total)
    return head, EntryRows(body, offsets)


def book_of(entries: Iterable[Entry], editions: Sequence[Edition]) -> ListBook:
    """A book of entries and editions with its digest."""
    state = hashlib.sha256()
    kept = tuple(entries)
    for entry in kept:
        state.update(encode(entry).encode())
    for edition in editions:
        state.update(json.dumps(encode_edition(edition)).encode())
    return ListBook(kept, tuple(editions), state.hexdigest())


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
