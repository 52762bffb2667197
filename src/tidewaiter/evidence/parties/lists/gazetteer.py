"""The names of the curated parties: which party a name is one of, and all names of a party."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tidewaiter.base.wording import Wording, wording
from tidewaiter.evidence.parties.lists.entries import Entry, ListedName
from tidewaiter.evidence.parties.lists.shipped import shipped_book, shipped_header
from tidewaiter.evidence.parties.lists.texts import folded

__all__ = ["PartyName", "Unlisted", "aliases_of", "known_unlisted", "note_wording", "party_names", "party_of"]


@dataclass(frozen=True, slots=True)
class PartyName:
    """A name, the keys of the entries that carry it, whether it is weak, and how sure it is that it is theirs."""

    text: str
    keys: tuple[str, ...]
    weak: bool
    confidence: str


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A name often asked about and a list on which it was not found from `since` to `until`, both included."""

    name: str
    list: str
    since: date
    until: date
    source: str
    note: Wording


@lru_cache(maxsize=1)
def party_names() -> tuple[PartyName, ...]:
    """All names of the curated table, each once, in the order of the table."""
    found: dict[str, list[tuple[str, ListedName]]] = {}
    for entry in shipped_book().entries:
        for name in entry.names:
            found.setdefault(name.text, []).append((entry.key, name))
    return tuple(
        PartyName(
            text,
            tuple(dict.fromkeys(key for key, _ in rows)),
            all(name.kind == "weak" for _, name in rows),
            min((name.confidence for _, name in rows), key=("high", "medium", "low").index),
        )
        for text, rows in found.items()
    )


def note_wording(entry: Entry) -> Wording:
    """The note of an entry; in Chinese too where it is the curated table's."""
    notes: Mapping[str, str] = shipped_header()["notes"]
    return Wording(entry.note, notes.get(entry.note, ""))


@lru_cache(maxsize=1)
def _by_key() -> Mapping[str, tuple[ListedName, ...]]:
    return {entry.key: entry.names for entry in shipped_book().entries}


@lru_cache(maxsize=1)
def _by_form() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for name in party_names():
        found.setdefault(folded(name.text), {}).update(dict.fromkeys(name.keys))
    return {form: tuple(keys) for form, keys in found.items()}


def party_of(text: str) -> tuple[str, ...]:
    """The keys of the curated entries that carry a name, blanks, case and marks aside; empty when none does."""
    return _by_form().get(folded(text), ())


def aliases_of(key: str) -> tuple[ListedName, ...]:
    """All names of a curated entry, the primary first; empty when the key is not known."""
    return _by_key().get(key, ())


def known_unlisted(text: str, list_code: str = "") -> tuple[Unlisted, ...]:
    """On which lists a name often asked about was looked for in vain, and for which days. Other days are not known."""
    header = shipped_header()["unlisted"]
    found = []
    for row in header["asked_about"]:
        if folded(text) not in {folded(name) for name in (row["name"], *row.get("names", ()))}:
            continue
        for code in row["lists"]:
            checked = header["checked"][code]
            since, until = date.fromisoformat(checked["from"]), date.fromisoformat(checked["to"])
            if list_code in ("", code):
                found.append(Unlisted(row["name"], code, since, until, checked["source"], wording(row.get("note"))))
    return tuple(found)
