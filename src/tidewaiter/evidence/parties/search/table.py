"""The prepared table of a book of lists: every name analysed once, indexed, and kept in a cache file.

The file is of flat columns (`container`), so that reading it can run nothing. It is bound to the digest of the book
and to the version of its form; from any other file the table is not taken but built anew.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from tidewaiter.base.errors import Fault
from tidewaiter.evidence.parties.lists import Entry, ListBook
from tidewaiter.evidence.parties.names import AnalysedName, NameFault, analyse
from tidewaiter.evidence.parties.search.buckets import Buckets, bucketed
from tidewaiter.evidence.parties.search.container import Columns, StaleCache, read_columns, write_columns
from tidewaiter.evidence.parties.search.keys import hashed, identifier_key
from tidewaiter.evidence.parties.search.naming import keys_of
from tidewaiter.evidence.parties.search.parties import party_keys
from tidewaiter.evidence.parties.search.postings import Postings, postings, postings_columns, read_postings
from tidewaiter.evidence.parties.search.shelf import Shelf, shelf_columns, shelf_form

__all__ = ["FORM", "STRENGTHS", "Table", "build_table", "load_table", "save_table"]

FORM = 1
"""Version of the cache file's form."""

STRENGTHS = ("primary", "alias", "former", "weak")
"""Kinds of names, the strongest first."""

_SCHEMAS = {"person": "Person", "organization": "Organization", "vessel": "Vessel", "aircraft": "Aircraft"}


@dataclass(frozen=True, slots=True)
class Table:
    """The names of a book, ready to be searched.

    A row is one name: `entry` and `place` say whose, and which of its names, `strength` of
    what kind the name is (its place in STRENGTHS). `parties` gives for each entry the
    number of the first entry of the same legal party. `left_out` counts names that cannot be analysed.
    """

    index: Postings
    shelf: Shelf
    entry: array[int] | memoryview
    place: array[int] | memoryview
    strength: array[int] | memoryview
    parties: array[int] | memoryview
    identifiers: Buckets
    left_out: int


def build_table(book: ListBook, progress: Callable[[int, int], None] | None = None) -> Table:
    """Analyse and index every name of a book; `progress` is told how many entries of how many are done."""
    entry, place, strength, names, left_out = array("I"), array("I"), array("B"), list[AnalysedName](), 0
    entries = list(book.entries)
    for number, each in enumerate(entries):
        for at, (text, schema) in enumerate(_texts(each)):
            try:
                names.append(analyse(text, schema))
            except NameFault:
                left_out += 1
                continue
            entry.append(number)
            strength.append(STRENGTHS.index(each.names[at].kind) if each.names[at].kind in STRENGTHS else 1)
            place.append(at)
        if progress and number % 500 == 0:
            progress(number, len(entries))
    identifiers = bucketed(
        (hashed(identifier_key(kind, value)), number)
        for number, each in enumerate(entries)
        for kind, value in each.identifiers
    )
    index = postings([keys_of(name, listed=True) for name in names])
    parties = _parties(entries, dict(zip(reversed(entry), reversed(names), strict=True)))
    return Table(index, Shelf(shelf_columns(names)), entry, place, strength, parties, identifiers, left_out)


def save_table(table: Table, book: ListBook, path: Path) -> None:
    """Keep a table in a file, at once or not at all. Raises OSError where that cannot be done."""
    index, shelf = postings_columns(table.index), table.shelf.columns
    own: dict[str, Any] = {name: getattr(table, name) for name in _OWN}
    found = table.identifiers
    own |= {"ids.starts": found.starts, "ids.keys": found.keys, "ids.values": found.values}
    own["left_out"] = array("I", [table.left_out, found.shift])
    arrays = {**index.arrays, **shelf.arrays, **own}
    write_columns(path, Columns(_bound(book), {**index.texts, **shelf.texts}, arrays))


def load_table(book: ListBook, path: Path) -> Table:
    """The table of a book from its file. Raises StaleCache, with the reason, where the file cannot be used."""
    columns = read_columns(path, _bound(book))
    arrays = columns.arrays
    try:
        left_out, shift = arrays["left_out"]
        identifiers = Buckets(arrays["ids.starts"], arrays["ids.keys"], arrays["ids.values"], shift)
        entry, place, strength, parties = (arrays[name] for name in _OWN)
        return Table(read_postings(columns), Shelf(columns), entry, place, strength, parties, identifiers, left_out)
    except (KeyError, ValueError, UnicodeError) as error:
        raise StaleCache([Fault(path.name, "lacks a part", "it is built anew from the lists")]) from error


_OWN = ("entry", "place", "strength", "parties")


def _bound(book: ListBook) -> dict[str, Any]:
    return {"form": FORM, "fields": shelf_form(), "names": _names_digest(), "lists": book.digest}


@cache
def _names_digest() -> str:
    """What the analysis of names is made of: with other rules or words the prepared names would be others."""
    found = sha256()
    todo = [files("tidewaiter.evidence.parties.names")]
    while todo:
        at = todo.pop()
        for each in sorted(at.iterdir(), key=lambda each: each.name):
            if each.is_dir() and each.name != "__pycache__":
                todo.append(each)
            elif each.name.endswith((".py", ".yaml", ".json")):
                found.update(each.name.encode() + each.read_bytes())
    return found.hexdigest()


def _texts(entry: Entry) -> list[tuple[str, str]]:
    schema = _SCHEMAS.get(entry.kind, "")
    return [(name.text, schema) for name in entry.names]


def _parties(entries: list[Entry], primary: dict[int, AnalysedName]) -> array[int]:
    numbers = sorted(primary)
    keys = party_keys([entries[number] for number in numbers], [primary[number] for number in numbers])
    first: dict[str, int] = {}
    found = array("I", range(len(entries)))
    for number, key in zip(numbers, keys, strict=True):
        found[number] = first.setdefault(key, number)
    return found
