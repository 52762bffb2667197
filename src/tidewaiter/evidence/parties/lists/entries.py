"""What stands on a list: entries with their names, addresses and dates, editions of lists, and the book of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from hashlib import sha256
from typing import Any

__all__ = ["Address", "Edition", "Entry", "Footnote", "ListBook", "ListedName"]


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name of a listed party.

    `kind` is primary, alias, weak (too generic to assert a match on alone) or former. `since` and `until` bound
    the days on which the list printed it, where that is known. `source` is a citation or address, '' the entry's
    own; `confidence` is high, medium or low.
    """

    text: str
    kind: str = "primary"
    since: date | None = None
    until: date | None = None
    source: str = ""
    confidence: str = "high"


@dataclass(frozen=True, slots=True)
class Address:
    """An address as printed; `country` is ISO-2 in capitals, '' when unknown."""

    text: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A numbered footnote of an entry, and the first day on which the entry carried it (None: not known)."""

    number: int
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of one list. The first of `names` is the primary.

    `key` is stable: "<list>:<id or hash>". `listed` is the day it came on the list, `listed_basis` how that day
    is known: effective, publication, press, background, first_seen (a snapshot shows only that it was listed on
    or before that day), or '' when no day is known. `removed` is the first day on which it was no longer listed.
    `requirement` and `policy` are the list's words, shortened. `identifiers` are pairs of kind and value.
    """

    key: str
    list: str
    kind: str = ""
    names: tuple[ListedName, ...] = ()
    countries: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    listed: date | None = None
    listed_basis: str = ""
    removed: date | None = None
    citation: str = ""
    footnotes: tuple[Footnote, ...] = ()
    requirement: str = ""
    policy: str = ""
    programs: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    parent: str = ""
    source: str = ""
    confidence: str = "high"
    note: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of the whole content, in hexadecimal: it changes whenever anything of the entry does."""
        return sha256(repr(_plain(self)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of one list: what a book knows of it.

    Complete from `complete_from` to `complete_to`, both included: on a day of that interval a party that is not
    found was not on the list. None and None: incomplete, so that absence proves nothing. `holds_removed` says
    whether parties that have left the list are kept. `imported` is None for what the package ships.
    """

    list: str
    as_of: date
    complete_from: date | None = None
    complete_to: date | None = None
    holds_removed: bool = False
    origin: str = ""
    entries: int = 0
    digest: str = ""
    imported: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListBook:
    """The entries of all lists, the editions they come from, and a digest of both.

    `entries` has a length and an index; a stored book decodes an entry only when it is asked for.
    """

    entries: Sequence[Entry]
    editions: tuple[Edition, ...]
    digest: str


def _plain(value: Any) -> Any:
    """A value as nested tuples of texts, the same in every run and version of Python."""
    if isinstance(value, tuple):
        return tuple(_plain(each) for each in value)
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return tuple(_plain(getattr(value, field.name)) for field in fields(value))
    return value
