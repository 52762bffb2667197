"""What a negative is worth: for each list the days for which what is at hand is complete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.base.errors import Fault, QuestionFaults
from tidewaiter.engine.syntax import nearest
from tidewaiter.evidence.parties.lists.entries import Edition
from tidewaiter.evidence.parties.lists.gazetteer import Unlisted, known_unlisted
from tidewaiter.evidence.parties.lists.standing import absence_proven, complete_days
from tidewaiter.faces.screening.sources import Sources

if TYPE_CHECKING:
    from tidewaiter.evidence.parties.lists.catalogue import ListInfo

__all__ = ["Cover", "covers"]


@dataclass(frozen=True, slots=True)
class Cover:
    """A list, its editions at hand, the days for which it is complete, and whether the day asked about is one.

    `looked` says that this very name was looked for on the list with that result; such a name is known not to be on
    it on the days told, and `complete` then holds for it.
    """

    info: ListInfo
    editions: tuple[Edition, ...]
    intervals: tuple[tuple[dt.date, dt.date], ...]
    complete: bool
    looked: Unlisted | None = None


def covers(own: Sources, codes: Sequence[str], day: dt.date, name: str = "") -> tuple[Cover, ...]:
    """The lists asked about (all known ones when none is named). Raises QuestionFaults for lists that are unknown."""
    faults = [
        Fault("--list", f"'{code:.40}' is no list", nearest(code, own.lists) or f"one of {', '.join(own.lists)}")
        for code in codes
        if code not in own.lists
    ]
    if faults:
        raise QuestionFaults(faults)
    looked = {each.list: each for each in known_unlisted(name)} if name else {}
    return tuple(_looked(_cover(own, code, day), looked.get(code), day) for code in codes or own.lists)


def _cover(own: Sources, code: str, day: dt.date) -> Cover:
    found: Cover | None = own.covered.get((code, day))
    if found is None:
        editions = tuple(each for each in own.book.editions if each.list == code)
        spans, proven = complete_days(code, editions), absence_proven(code, day, editions)
        found = own.covered[code, day] = Cover(own.lists[code], editions, spans, proven)
    return found


def _looked(cover: Cover, looked: Unlisted | None, day: dt.date) -> Cover:
    if looked is None:
        return cover
    return replace(cover, looked=looked, complete=cover.complete or looked.since <= day <= looked.until)
