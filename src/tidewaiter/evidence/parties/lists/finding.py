"""Entries of a book by key or by name."""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.base.errors import Fault, NameNotFound
from tidewaiter.evidence.parties.lists.entries import Entry, ListBook
from tidewaiter.evidence.parties.lists.rows import EntryRows
from tidewaiter.evidence.parties.lists.texts import folded

__all__ = ["entries_named", "entry_of"]

_SHOWN = 80
_NEAR = 80


def entry_of(book: ListBook, key: str) -> Entry:
    """The entry of a key. Raises NameNotFound."""
    rows = book.entries
    found = rows.of_key(key) if isinstance(rows, EntryRows) else next((each for each in rows if each.key == key), None)
    if found is None:
        raise NameNotFound([Fault("key", f"'{key:.{_SHOWN}}' is no entry", "see: tidewaiter lists history NAME")])
    return found


def entries_named(book: ListBook, text: str, where: str = "name") -> tuple[Entry, ...]:
    """The entries that carry a name, blanks, case and marks aside; a key finds its party on that list.

    This is no screening: only the name as printed is found. Raises NameNotFound with the nearest printed names.
    """
    if ":" in text and folded(text):
        base = text.partition("~")[0]
        if found := tuple(entry for entry in book.entries if entry.key.partition("~")[0] == base):
            return found
    form = folded(text)
    if form and (found := tuple(_carrying(book, form))):
        return found
    name = _nearest(book, form)
    remedy = f"'{name}'?" if name else "to screen a name, see: tidewaiter screen"
    raise NameNotFound([Fault(where, f"'{text:.{_SHOWN}}' is no name in the lists as printed", remedy)])


def _nearest(book: ListBook, form: str) -> str:
    """The primary name nearest to a name, '' without one that is near."""
    from rapidfuzz.process import extractOne

    primary = {folded(entry.names[0].text): entry.names[0].text for entry in book.entries}
    near = extractOne(form, primary.keys(), score_cutoff=_NEAR) if form else None
    return primary[near[0]] if near else ""


def _carrying(book: ListBook, form: str) -> Iterator[Entry]:
    return (entry for entry in book.entries if any(folded(name.text) == form for name in entry.names))
