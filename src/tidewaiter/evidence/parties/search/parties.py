"""Which entries name one legal party: the same full name, legal form and all, and nothing that tells them apart.

A brand, a group or an alias never joins two entries: sister companies are parties of their own. Two people of one
name are two people, unless an identifier says otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tidewaiter.evidence.parties.lists import Entry
from tidewaiter.evidence.parties.names import AnalysedName
from tidewaiter.evidence.parties.search.keys import identifier_key
from tidewaiter.evidence.parties.search.qualification import figures

__all__ = ["full_name", "party_keys"]

_NEIGHBORS = 40


def full_name(name: AnalysedName) -> str:
    """A name as a legal person bears it: every piece in order, terms by their meaning (Ltd is Limited)."""
    return " ".join(piece.concept if piece.role in ("form", "number") else piece.text for piece in name.pieces)


def party_keys(entries: Sequence[Entry], primary: Sequence[AnalysedName]) -> list[str]:
    """For each entry the key of the first entry that names the same legal party; `primary` is each one's first name."""
    group = [[at] for at in range(len(entries))]
    by_identifier: dict[str, list[int]] = defaultdict(list)
    by_name: dict[str, list[int]] = defaultdict(list)
    telling = frozenset((*figures()["birth"], *figures()["silent"]))
    for at, (entry, name) in enumerate(zip(entries, primary, strict=True)):
        by_name[full_name(name)].append(at)
        for kind, value in entry.identifiers:
            if kind.casefold() not in telling:
                by_identifier[identifier_key(kind, value)].append(at)
    for same in (*by_identifier.values(), *by_name.values()):
        for place, at in enumerate(same):
            for other in same[max(0, place - _NEIGHBORS) : place]:
                if group[at] is not group[other] and _join(entries, group[at], group[other]):
                    joined = sorted(group[at] + group[other])
                    for member in joined:
                        group[member] = joined
                    break
    return [entries[members[0]].key for members in group]


def _join(entries: Sequence[Entry], these: list[int], those: list[int]) -> bool:
    """Whether two groups are one party: every entry of one with every entry of the other."""
    return all(_one(entries[one], entries[other]) for one in these for other in those)


def _one(first: Entry, other: Entry) -> bool:
    """Whether two entries that share a name or an identifier are one party."""
    if first.kind and other.kind and first.kind != other.kind:
        return False
    if _identified(first) & _identified(other):
        return True
    namesakes = figures()["namesakes"]
    if first.kind in namesakes or other.kind in namesakes:
        return False
    if first.list == other.list and first.citation and first.citation == other.citation:
        return True
    return not first.countries or not other.countries or bool(set(first.countries) & set(other.countries))


def _identified(entry: Entry) -> set[str]:
    silent = frozenset((*figures()["birth"], *figures()["silent"]))
    return {identifier_key(kind, value) for kind, value in entry.identifiers if kind.casefold() not in silent}
