"""Candidate rows compared with the query, the likeliest first, until more would only be noise."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tidewaiter.evidence.parties.names import Aligned, AnalysedName, Comparison, analyse, compare, quick
from tidewaiter.evidence.parties.search.candidates import MOST, Candidate, Finder
from tidewaiter.evidence.parties.search.chance import by_chance
from tidewaiter.evidence.parties.search.hits import Reason
from tidewaiter.evidence.parties.search.keys import spelling
from tidewaiter.evidence.parties.search.naming import cheap_keys, keys_of
from tidewaiter.evidence.parties.search.table import Table

__all__ = ["Scored", "Scorer"]

_PERSON = "Person"
_LIKELY = 0.6
_PATIENCE = 5
_WORTH = 0.5
_QUICK = 0.55
_QUICK_BELOW = ((0.5, 0.7), (0.55, 0.65))
_USUAL = 0.3
_SPACES = 0.97
_DOUBTED = 0.6


@dataclass(frozen=True, slots=True)
class Scored:
    """A row compared: its estimate, the comparison, the score after what the names themselves say against it."""

    row: int
    estimate: float
    comparison: Comparison
    score: float
    against: tuple[Reason, ...] = ()


@dataclass(slots=True)
class _Asked:
    """The query, analysed when a candidate needs it: as it was asked, and as a person's name."""

    text: str
    schema: str
    name: AnalysedName | None = None
    person: AnalysedName | None = None

    def like(self, other: AnalysedName) -> AnalysedName:
        """The query as the kind of name that the candidate is."""
        if other.schema == _PERSON and not self.schema:
            if self.person is None:
                self.person = analyse(self.text, _PERSON)
            return self.person
        return self.plain()

    def plain(self) -> AnalysedName:
        if self.name is None:
            self.name = analyse(self.text, self.schema)
        return self.name


class Scorer:
    """Finds the rows near a name and compares them with it."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._finder = Finder(table.index)
        self._rarity: dict[str, float] = {}

    def scored(self, text: str, schema: str = "", more: list[int] | None = None) -> dict[int, Scored]:
        """For each entry near a name its best row and comparison; `more` are rows to compare whatever the name says.

        Raises NameFault for what cannot be a name.
        """
        asked = _Asked(text, schema)
        keys = cheap_keys(text)
        candidates = self._finder.find(keys_of(asked.plain(), listed=False) if keys is None else keys)
        if more:
            held = {row for _, row in candidates}
            candidates = [*((_LIKELY, row) for row in more if row not in held), *candidates]
        return self._compared(asked, candidates) if candidates else {}

    def _compared(self, asked: _Asked, candidates: list[Candidate]) -> dict[int, Scored]:
        found: dict[int, Scored] = {}
        shelf, entries, left = self._table.shelf, self._table.entry, _PATIENCE
        same: dict[tuple[str, str], Scored] = {}
        for estimate, row in candidates[:MOST]:
            entry = entries[row]
            held = found.get(entry)
            if held is not None and held.score >= max(estimate, _WORTH):
                continue  # another name of the entry is at least as near
            other = shelf[row]
            mine = asked.like(other)
            if estimate < _LIKELY and quick(mine, other) < _needed(estimate):
                continue
            scored = self._one(mine, other, row, estimate, same)
            if held is None or scored.score > held.score:
                found[entry] = scored
            if estimate < _LIKELY:
                left = _PATIENCE if scored.score >= _WORTH else left - 1
                if left < 0:
                    break
        return found

    def _one(
        self,
        mine: AnalysedName,
        other: AnalysedName,
        row: int,
        estimate: float,
        same: dict[tuple[str, str], Scored],
    ) -> Scored:
        """The row compared; `same` are those compared already, for entries that bear one name."""
        key = (other.folded, other.schema)
        found = same.get(key)
        if found is None:
            found = same[key] = self._first(mine, other, row, estimate)
        return found if found.row == row else replace(found, row=row, estimate=estimate)

    def _first(self, mine: AnalysedName, other: AnalysedName, row: int, estimate: float) -> Scored:
        comparison = compare(mine, other, self.rarity)
        score = comparison.score
        if score < _SPACES and spelling(mine.folded) == spelling(other.folded):
            return Scored(row, estimate, _spaced(mine, other), _SPACES)
        if score < _DOUBTED:
            return Scored(row, estimate, comparison, score)
        against = by_chance(mine, other, comparison, self.rarity)
        for reason in against:
            score *= 1 + reason.moved
        return Scored(row, estimate, comparison, score, against)

    def rarity(self, text: str) -> float:
        """What a piece of a name tells: 1 usually, less where many names of the list hold it."""
        known = self._rarity.get(text)
        if known is None:
            if len(self._rarity) > 1 << 17:
                self._rarity.clear()
            told = min((self._finder.commonness(word) for word in text.split()), default=0.0)
            known = self._rarity[text] = 1.0 - 0.5 * max(0.0, told - _USUAL) / (1.0 - _USUAL)
        return known


def _needed(estimate: float) -> float:
    """The cheap likeness from which a row is compared: the less likely the row, the more."""
    for below, needed in _QUICK_BELOW:
        if estimate < below:
            return needed
    return _QUICK


def _spaced(mine: AnalysedName, other: AnalysedName) -> Comparison:
    """Two names that differ by nothing but where their words are divided."""
    row = Aligned(mine.folded, other.folded, "joined", 1.0, 1.0)
    return Comparison(_SPACES, (row,), (), (_SPACES, 0.0, 1.0, 1.0, 0.0))
