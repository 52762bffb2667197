"""Possible matches: an entry that a party may be, whether it was in force on the day, and what was decided of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.engine.syntax import nearest
from tidewaiter.evidence.parties.lists.entries import Entry
from tidewaiter.faces.screening.addresses import address_hits
from tidewaiter.faces.screening.listed import status_on
from tidewaiter.faces.screening.sources import Sources
from tidewaiter.keeping.decisions import Standing, Subject

if TYPE_CHECKING:
    from tidewaiter.evidence.parties.search.hits import Hit, Query

__all__ = ["BEST", "Proposal", "best_of_each_list", "chosen", "proposals", "subject_of"]

BEST = "best"
"""Instead of a key: the best possible match of each list."""
_IN_FORCE = ("listed", "undated")
_CLEARED, _CONFIRMED = "cleared", "confirmed"
_MORE, _ALIKE = 3, 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """A possible match. `status` is one of STATUSES; `supposed` says that the asker takes it for the party, `settled`
    that another entry of the same list is confirmed to be the party, so that this one is not."""

    hit: Hit
    status: str
    standing: Standing | None = None
    supposed: bool = False
    settled: bool = False

    @property
    def entry(self) -> Entry:
        """The entry of the list."""
        return self.hit.entry

    @property
    def party(self) -> str:
        """The same for entries that name one legal party, of whatever list."""
        return self.hit.party or self.entry.key

    @property
    def verdict(self) -> str:
        """What was decided and still holds: cleared, confirmed, or nothing."""
        if self.supposed:
            return _CONFIRMED
        return self.standing.disposition.verdict if self.standing and self.standing.holds else ""

    @property
    def is_confirmed(self) -> bool:
        """Whether it counts in law: confirmed to be the party, and in force on the day."""
        return self.verdict == _CONFIRMED and self.status in _IN_FORCE

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision: above the line, in force or perhaps so, not cleared and not confirmed."""
        return self.hit.above and self.status in _IN_FORCE and not self.verdict and not self.settled

    @property
    def is_elsewhen(self) -> bool:
        """Whether it would be one on another day: listed only later, or no longer."""
        return self.hit.above and self.status not in _IN_FORCE and self.verdict != _CLEARED


def subject_of(query: Query) -> Subject:
    """Whom a decision on this query is about: the normal form of the name, and what told the party apart."""
    from tidewaiter.evidence.parties.names import analyse

    numbers = ";".join(sorted(f"{kind}={value}" for kind, value in query.identifiers))
    address = " ".join(query.address.casefold().split())
    return Subject.of(
        analyse(query.name, query.schema).folded if query.name.strip() else "",
        query.name,
        country=query.country,
        address=address,
        schema=query.schema,
        identifiers=numbers,
    )


def proposals(
    query: Query,
    day: dt.date,
    own: Sources,
    codes: Sequence[str] = (),
    limit: int = 10,
    threshold: float | None = None,
    confirm: Sequence[str] = (),
) -> tuple[Proposal, ...]:
    """The possible matches of a query on the lists named (all when none is), best first; of its address too.

    `confirm` are keys of entries that the asker takes for the party, or BEST. Raises InputFaults for other keys.
    """
    subject = subject_of(query)
    named = bool(query.name.strip()) or not query.address.strip()
    hits = list(own.index.search(query, limit * _MORE if codes else limit, threshold)) if named else []
    hits += address_hits(query, own)
    if codes:
        hits = [hit for hit in hits if hit.entry.list in codes]
    order = {code: place for place, code in enumerate(own.lists)}
    hits.sort(key=lambda hit: (-round(hit.score, _ALIKE), order.get(hit.entry.list, len(order))))
    parties = list(dict.fromkeys(hit.party or hit.entry.key for hit in hits))[:limit]
    found = [_proposal(hit, day, subject, own) for hit in hits if (hit.party or hit.entry.key) in parties]
    return chosen(found, confirm)


def _settled(found: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The proposals; one who is confirmed to be an entry of a list is no other entry of it."""
    known = {(each.entry.list, each.party) for each in found if each.is_confirmed}
    codes = {code for code, _ in known}
    return tuple(
        replace(each, settled=True) if each.entry.list in codes and (each.entry.list, each.party) not in known else each
        for each in found
    )


def _proposal(hit: Hit, day: dt.date, subject: Subject, own: Sources) -> Proposal:
    standing = None
    if own.dispositions.has_decided(subject.name, hit.entry.key):  # a digest takes time
        standing = own.dispositions.standing(subject, hit.entry.key, hit.entry.digest)
    return Proposal(hit, status_on(hit.entry, day, own.book.editions), standing)


def chosen(found: Sequence[Proposal], keys: Sequence[str]) -> tuple[Proposal, ...]:
    """The proposals, those of the keys taken for the party. Raises InputFaults for keys that are none of them.

    One who is confirmed to be an entry of a list is no other entry of it: the others are settled.
    """
    known = {each.entry.key for each in found}
    faults = [_unknown(key, known) for key in keys if key != BEST and key not in known]
    if faults:
        raise InputFaults(faults)
    best = {each.entry.key for each in best_of_each_list(each for each in found if each.is_open)}
    taken = {*keys, *(best if BEST in keys else ())}
    return _settled([replace(each, supposed=each.supposed or each.entry.key in taken) for each in found])


def _unknown(key: str, known: set[str]) -> Fault:
    remedy = nearest(key, known) or (f"one of {', '.join(sorted(known)[:_MORE])}" if known else "nothing was found")
    return Fault("key", f"'{key:.80}' is no possible match of this name", remedy)


def best_of_each_list(found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """The best proposal of each list; entries of one list are different legal persons."""
    best: dict[str, Proposal] = {}
    for each in found:
        best.setdefault(each.entry.list, each)
    return tuple(best.values())
