"""Screening for tables: many names at once, as `tidewaiter run --screen COLUMN` asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from hashlib import sha256

from tidewaiter.base.errors import InputFaults
from tidewaiter.faces.screening.listed import confirmed_facts, likeness
from tidewaiter.faces.screening.proposals import proposals
from tidewaiter.faces.screening.sources import Sources, sources
from tidewaiter.tables.setting import Screened

__all__ = ["ListScreening"]

_CONFIRMED, _POSSIBLE, _ELSEWHEN, _NONE, _FAULT = "listed", "possible_match", "elsewhen", "none", "rejected"


class ListScreening:
    """The lists at hand and the decisions kept, asked name by name."""

    def __init__(self, own: Sources | None = None) -> None:
        self._own = own

    @property
    def own(self) -> Sources:
        """The lists, read when first asked for."""
        self._own = self._own or sources()
        return self._own

    @property
    def digest(self) -> str:
        """The hash of the lists and of what was confirmed or cleared."""
        kept = "\n".join(f"{each.verdict} {each.subject} {each.entry}" for each in self.own.dispositions.all())
        return sha256(f"{self.own.digest}\n{kept}".encode()).hexdigest()

    def screen(self, names: Sequence[str], on: dt.date | None) -> Sequence[Screened]:
        """One answer for each name, as the lists stood on a date.

        A possible match makes a likeness a fact, to be settled. With no date nothing is said of days: what was ever
        listed is a possible match.
        """
        return [self._one(name, on) for name in names]

    def _one(self, name: str, on: dt.date | None) -> Screened:
        from tidewaiter.evidence.parties.search.hits import Query

        day = on or dt.date.today()
        try:
            found = proposals(Query(name, on=on), day, self.own)
        except InputFaults:
            return Screened(_FAULT)
        confirmed = [each for each in found if each.is_confirmed and on is not None]
        waiting = [each for each in found if each.is_open or (on is None and (each.is_elsewhen or each.is_confirmed))]
        elsewhen = [each for each in found if each.is_elsewhen]
        status = _CONFIRMED if confirmed else _POSSIBLE if waiting else _ELSEWHEN if elsewhen else _NONE
        shown = confirmed or waiting or elsewhen
        if not shown:
            return Screened(status)
        best = shown[0]
        facts = confirmed_facts([each.entry for each in confirmed], day)
        if waiting and not confirmed:
            facts = likeness(each.entry for each in waiting)
        caption = f"{best.entry.names[0].text} ({best.entry.key})"
        score = round(100 * best.hit.score, 1)
        return Screened(status, len({each.party for each in shown}), caption, score, facts or None)
