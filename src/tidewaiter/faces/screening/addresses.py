"""Entries of a list that name an address and nobody: whoever is there is caught, so the address itself is compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tidewaiter.evidence.parties.lists.entries import Address, Entry, ListedName
from tidewaiter.faces.screening.listed import settings
from tidewaiter.faces.screening.sources import Sources

if TYPE_CHECKING:
    from tidewaiter.evidence.parties.search.hits import Hit, Query

__all__ = ["address_hits"]

_MAX = 500
_TOKENS = re.compile(r"\d+[a-z]?(?:-\d+[a-z]?)?|[^\W\d]+")
_FLOOR = re.compile(r"\b(\d+)(?:st|nd|rd|th)?\s*(?:/\s*f|f|floor|fl)\b")
_FEW = 3


@dataclass(frozen=True, slots=True)
class _Taken:
    """An address taken apart: the letters of street and building in one run, numbers of house and room, floors."""

    letters: str
    numbers: frozenset[str]
    floors: frozenset[str]


def address_hits(query: Query, own: Sources) -> list[Hit]:
    """The entries that are addresses and may be the one asked about, best first."""
    if not query.address.strip():
        return []
    asked = _taken(query.address[:_MAX])
    found = [hit for entry in _entries(own) for hit in _best(query, asked, entry)]
    return sorted(found, key=lambda hit: (-hit.score, hit.entry.key))


def _entries(own: Sources) -> tuple[Entry, ...]:
    held: tuple[Entry, ...] | None = own.covered.get(_KEY)
    if held is None:
        kind = settings()["address"]["kind"]
        held = own.covered[_KEY] = tuple(entry for entry in own.book.entries if entry.kind == kind)
    return held


_KEY = "addresses"


def _best(query: Query, asked: _Taken, entry: Entry) -> Iterator[Hit]:
    from tidewaiter.evidence.parties.names import Comparison
    from tidewaiter.evidence.parties.search.hits import Hit, Reason

    scored = [(score, each) for each in entry.addresses if (score := _score(asked, each))]
    if scored:
        score, address = max(scored, key=lambda each: each[0])
        above = score > settings()["address"]["building"]
        reason = Reason("address", query.address, address.text, score)
        name = ListedName(address.text, "address")
        yield Hit(entry, name, Comparison(score, ()), score, above, (reason,), (), entry.key)


def _score(asked: _Taken, address: Address) -> float:
    """1 for the same building, number and room; less where the room is not told; a low mark for another room."""
    from rapidfuzz import fuzz

    rules: dict[str, Any] = settings()["address"]
    listed = _taken(f"{address.text} {address.city}"[:_MAX])
    short, long = sorted((listed.letters, asked.letters), key=len)
    alike = fuzz.partial_ratio(short, long) / 100
    everything = asked.numbers | asked.floors
    if len(short) < _FEW or alike < rules["alike"] or not listed.numbers & everything:
        return 0.0
    needed = listed.numbers if len(listed.numbers) > 1 else listed.numbers | listed.floors
    if needed <= everything:
        return float(alike)
    told = (
        float(alike * rules["untold"]) if asked.numbers <= listed.numbers and not asked.floors - listed.floors else 0.0
    )
    return max(told, float(rules["building"]))


@lru_cache(maxsize=1024)
def _taken(text: str) -> _Taken:
    from tidewaiter.evidence.parties.names.folding import fold

    rules = settings()["address"]
    plain = fold(text)
    floors = frozenset(match[1] for match in _FLOOR.finditer(plain))
    words = [rules["same"].get(word, word) for word in _TOKENS.findall(_FLOOR.sub(" ", plain))]
    letters = "".join(word for word in words if word and word not in rules["drop"] and not word[0].isdigit())
    return _Taken(letters, frozenset(word for word in words if word and word[0].isdigit()), floors)
