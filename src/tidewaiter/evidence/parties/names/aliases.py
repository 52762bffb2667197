"""Other names of the parties: two names compared through what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tidewaiter.evidence.parties.names.analysis import PERSON, analyse, with_brand
from tidewaiter.evidence.parties.names.comparison import compare
from tidewaiter.evidence.parties.names.datafiles import figures
from tidewaiter.evidence.parties.names.faults import NameFault
from tidewaiter.evidence.parties.names.pieces import AnalysedName, Comparison

__all__ = ["AliasTable", "Aliases", "OtherName", "alias_key", "brand_key", "compare_with_aliases"]

_MOST = 40
_WORTH = 0.5


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name of a known party: whose, the name, and who says so."""

    party: str
    name: AnalysedName
    source: str = ""


class Aliases(Protocol):
    """What is known of names. Keys are those of `alias_key` and `brand_key`."""

    def parties(self, key: str) -> frozenset[str]:
        """The parties that bear exactly this name, but for its legal form."""

    def names(self, party: str) -> Sequence[OtherName]:
        """All names of a party."""

    def bearers(self, brand: str) -> frozenset[str]:
        """The parties one of whose names has this brand."""

    def separate(self, one: str, other: str) -> bool:
        """Whether two parties are known to be two."""


def alias_key(name: AnalysedName) -> str:
    """The whole name in any order, without its legal form."""
    return "|".join(sorted(piece.concept or piece.text for piece in name.pieces if piece.role != "form"))


def brand_key(name: AnalysedName) -> str:
    """The brand of a firm's name alone; '' for persons and for names without one."""
    if name.schema == PERSON:
        return ""
    return "|".join(piece.text for piece in name.pieces if piece.role == "core")


class AliasTable:
    """Aliases in memory."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Rows of party, name, source, schema. Names that cannot be analysed are left out."""
        self._names: dict[str, list[OtherName]] = {}
        self._parties: dict[str, set[str]] = {}
        self._bearers: dict[str, set[str]] = {}
        for party, text, source, schema in rows:
            try:
                name = analyse(text, schema)
            except NameFault:
                continue
            self._names.setdefault(party, []).append(OtherName(party, name, source))
            self._parties.setdefault(alias_key(name), set()).add(party)
            if brand := brand_key(name):
                self._bearers.setdefault(brand, set()).add(party)

    def parties(self, key: str) -> frozenset[str]:
        """The parties that bear exactly this name, but for its legal form."""
        return frozenset(self._parties.get(key, ()))

    def names(self, party: str) -> Sequence[OtherName]:
        """All names of a party."""
        return tuple(self._names.get(party, ()))

    def bearers(self, brand: str) -> frozenset[str]:
        """The parties one of whose names has this brand."""
        return frozenset(self._bearers.get(brand, ()))

    def separate(self, one: str, other: str) -> bool:
        """Entries of one list (the part of a key before its colon) are two parties; of two lists, perhaps one."""
        return one != other and one.partition(":")[0] == other.partition(":")[0]


def compare_with_aliases(query: AnalysedName, candidate: AnalysedName, aliases: Aliases) -> Comparison:
    """The best comparison of any known names of the query with the candidate, and the other way round.

    A query that is the name of one known party and a candidate that is the name of another contradict.
    """
    plain = compare(query, candidate)
    mine, theirs = aliases.parties(alias_key(query)), aliases.parties(alias_key(candidate))
    if mine and theirs and all(aliases.separate(one, other) for one in mine for other in theirs):
        cap = float(figures()["costs"]["other_party"])
        return replace(plain, score=min(plain.score, cap), against=(*plain.against, "party"))
    best = plain
    for found in (
        *_through_names(query, candidate, mine, aliases),
        *_through_names(candidate, query, theirs, aliases, turned=True),
        *_through_brands(query, candidate, aliases),
    ):
        if found.score > best.score:
            best = found
    return best


def _through_names(
    one: AnalysedName, other: AnalysedName, parties: frozenset[str], aliases: Aliases, *, turned: bool = False
) -> Iterable[Comparison]:
    for party in sorted(parties):
        for alias in aliases.names(party)[:_MOST]:
            if alias.name.folded == one.folded:
                continue
            found = compare(other, alias.name) if turned else compare(alias.name, other)
            line = _line(other, party, aliases) if found.score > _WORTH else 1.0
            yield replace(
                found,
                score=min(found.score, line),
                through=f"{one.raw} = {alias.name.raw}",
                source=alias.source,
            )


def _through_brands(query: AnalysedName, candidate: AnalysedName, aliases: Aliases) -> Iterable[Comparison]:
    """The query with its brand as other names of a party write it; place, business and numbers stay its own."""
    brand, theirs = brand_key(query), aliases.parties(alias_key(candidate))
    for party in sorted(aliases.bearers(brand)) if brand else ():
        seen, line = {brand}, _line(query, party, aliases) if party in theirs else 1.0
        for alias in aliases.names(party)[:_MOST]:
            other = brand_key(alias.name)
            if not other or other in seen:
                continue
            seen.add(other)
            found = compare(with_brand(query, alias.name), candidate)
            score = min(found.score, line)
            yield replace(found, score=score, through=f"{brand} = {other}", source=alias.source)


def _line(name: AnalysedName, party: str, aliases: Aliases) -> float:
    """How far a name can be the party's: what its fullest name with the same brand says of place, business, number.

    A short alias (中兴) hides that 中兴能源 is in another business than 中兴通讯.
    """
    brand = brand_key(name)
    same = [alias.name for alias in aliases.names(party)[:_MOST] if brand_key(alias.name) == brand]
    if not same:
        return 1.0
    fullest = max(same, key=lambda each: len(each.pieces))
    found = compare(name, fullest)
    return found.score if {"business", "place", "number"} & set(found.against) else 1.0
