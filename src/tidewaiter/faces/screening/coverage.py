"""What a negative is worth: for each list the days for which what is at hand is complete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.base.errors import Fault, QuestionFaults
from tidewaiter.engine.syntax import nearest
from tidewaiter.evidence.parties.lists.entries import Edition
from tidewaiter.faces.screening.sources import Sources

if TYPE_CHECKING:
    from tidewaiter.evidence.parties.lists.catalogue import ListInfo

__all__ = ["Cover", "covers"]


@dataclass(frozen=True, slots=True)
class Cover:
    """A list, its editions at hand, and whether they are complete for the day asked about."""

    info: ListInfo
    editions: tuple[Edition, ...]
    complete: bool

    @property
    def intervals(self) -> tuple[tuple[dt.date, dt.date], ...]:
        """The first and last days of each stretch for which the list is complete here."""
        found = {
            (each.complete_from, each.complete_to)
            for each in self.editions
            if each.complete_from is not None and each.complete_to is not None
        }
        return tuple(sorted(found))


def covers(own: Sources, codes: Sequence[str], day: dt.date) -> tuple[Cover, ...]:
    """The lists asked about (all known ones when none is named). Raises QuestionFaults for lists that are unknown."""
    faults = [
        Fault("--list", f"'{code:.40}' is no list", nearest(code, own.lists) or f"one of {', '.join(own.lists)}")
        for code in codes
        if code not in own.lists
    ]
    if faults:
        raise QuestionFaults(faults)
    return tuple(_cover(own, code, day) for code in codes or own.lists)


def _cover(own: Sources, code: str, day: dt.date) -> Cover:
    editions = tuple(each for each in own.book.editions if each.list == code)
    complete = any(
        each.complete_from is not None
        and each.complete_to is not None
        and each.complete_from <= day <= each.complete_to
        for each in editions
    )
    return Cover(own.lists[code], editions, complete)
