"""Whether an entry stood on its list on a day, and whether not finding a party on a day means anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tidewaiter.evidence.parties.lists.entries import Edition, Entry
from tidewaiter.evidence.parties.lists.history import FIRST_SEEN

__all__ = [
    "LISTED",
    "NOT_LISTED",
    "UNKNOWN",
    "absence_proven",
    "complete_days",
    "last_seen",
    "standing",
    "unclear_since",
]

LISTED = "listed"
NOT_LISTED = "absent"
UNKNOWN = "unknown"


def standing(entry: Entry, on: date, editions: Sequence[Edition]) -> str:
    """LISTED, NOT_LISTED or UNKNOWN on a day.

    Unknown is a day before the first edition that has the party, where no whole edition of that day lacks it, and a
    day between the last edition that has the party and the first that lacks it.
    """
    if entry.listed is None:
        return UNKNOWN
    if entry.removed and on >= entry.removed:
        return NOT_LISTED
    if on < entry.listed:
        proven = entry.listed_basis != FIRST_SEEN or absence_proven(entry.list, on, editions)
        return NOT_LISTED if proven else UNKNOWN
    seen = last_seen(entry)
    return UNKNOWN if seen and on > seen else LISTED


def last_seen(entry: Entry) -> date | None:
    """The last day on which an edition has a party that is known to be gone, None when the end is a stated day."""
    return entry.names[0].until if entry.removed else None


def absence_proven(code: str, on: date, editions: Iterable[Edition]) -> bool:
    """Whether the contents of a list are complete on a day: who is not found then was not on it."""
    return any(
        each.list == code and each.complete_from and each.complete_to and each.complete_from <= on <= each.complete_to
        for each in editions
    )


def complete_days(code: str, editions: Iterable[Edition]) -> tuple[tuple[date, date], ...]:
    """The days and intervals on which a list is complete, in order, overlapping ones joined."""
    spans = sorted(
        (each.complete_from, each.complete_to)
        for each in editions
        if each.list == code and each.complete_from and each.complete_to
    )
    found: list[tuple[date, date]] = []
    for first, last in spans:
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def unclear_since(entry: Entry, footnote: int) -> date | None:
    """From which day it is unclear whether an entry still carries a footnote, None when it is clear."""
    from tidewaiter.evidence.parties.lists.shipped import shipped_header

    for row in shipped_header()["doubts"]:
        if row["key"] == entry.key and row["footnote"] == footnote:
            return date.fromisoformat(row["since"])
    return None
