"""From a query to the rows worth a closer look, without a scan.

Each word of the query opens the lists of rows that hold it, or a word a letter away or of the same sound, or the words
that it was written together from. A row's estimate is the information of what it shares with the query over that of
both names. Lists are opened from the word that tells most to the one that tells least, up to a budget of rows, so that
generic words (company, technology, Ali) never drive a scan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from math import log
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import OSA

from tidewaiter.evidence.parties.names.sounds import sound
from tidewaiter.evidence.parties.search.keys import LONGEST_WORD, bigrams, deletions, hashed, joins, sounded, spelling
from tidewaiter.evidence.parties.search.postings import Keyed, Postings, information_of

if TYPE_CHECKING:
    import numpy as np

__all__ = ["MOST", "REACH", "Candidate", "Finder"]

MOST = 60
"""The most rows that go on to comparison."""

REACH = 0.4
"""Rows with a lower estimate are no candidates."""

_FEW = 200
_LOOPED = 600  # rows from which arrays are quicker than a loop
_IDLE = 0.05
_BUDGET = 30_000
_NEAREST = 12
_REMEMBERED = 1 << 17
_ABBREVIATED = 0.6
_HANZI = (0.2, 0.8)
_LONG_WORD = 9
_SOUND = 0.85
_HEARD = 0.65
_EQUALLY = 0.1
_SOLID = 0.6
_SURE = 0.8

Candidate = tuple[float, int]
"""An estimate from 0 to 1, and a row."""

_Lists = list[tuple[float, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class _Near:
    """The words of the list near a word of the query, each with what it gains; what the query's word tells itself."""

    gains: tuple[tuple[float, int], ...]
    information: float


class Finder:
    """Finds candidate rows in an index; remembers what is near to words met before."""

    def __init__(self, index: Postings) -> None:
        self._index = index
        self._known: dict[str, _Near] = {}
        self._flat: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]] | None = None
        self.read = 0
        """How many rows the last query read: its cost, for tests and measurements."""

    def find(self, query: Keyed, most: int = MOST) -> list[Candidate]:
        """The rows most like a query, best estimate first, at most `most`; [] when nothing is near."""
        near = [self._near(word) for word in dict.fromkeys((*query.words, *query.more))]
        whole = sum([each.information for each in near]) or 1.0
        numbers, size = self._opened(near, whole)
        joined = self._joined(query)
        self.read = size + sum([len(rows) for _, rows in joined])
        few = self.read <= _LOOPED or not _has_numpy()
        found = self._few(numbers, joined, whole) if few else self._many(numbers, joined, whole, most)
        self._add_special(query, found)
        ranked = sorted([(-estimate, row) for row, estimate in found.items()])
        return [(-estimate, row) for estimate, row in ranked[:most]]

    def commonness(self, word: str) -> float:
        """0 for a word that no name of the list holds, 1 for one that all hold, by orders of magnitude."""
        number = self._index.words.get(word)
        return log(1 + self._index.rows.length(number)) / log(1 + self._index.size) if number is not None else 0.0

    # words near a word ------------------------------------------------------------------------------

    def _near(self, word: str) -> _Near:
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[word] = self._look_near(word)
        return found

    def _look_near(self, word: str) -> _Near:
        index = self._index
        likeness = self._likeness(word)
        gains = sorted(((index.information[each] * like, each) for each, like in likeness.items()), reverse=True)
        own = index.words.get(word)
        if own is not None:
            told = index.information[own]
            gains = sorted(((min(gain, told * likeness[each]), each) for gain, each in gains), reverse=True)
            return _Near(tuple(gains[:_NEAREST]), told)
        return _Near(tuple(gains[:_NEAREST]), self._meant(likeness))

    def _meant(self, likeness: dict[int, float]) -> float:
        """What a word tells that the list does not hold: what the word told that it was most likely meant to be.

        Of words equally near the commonest: a mistyped legal form must not weigh like a brand.
        """
        if not likeness:
            return self._index.unknown
        near = max(likeness.values()) - _EQUALLY
        return min([self._index.information[each] for each, like in likeness.items() if like >= near])

    def _likeness(self, word: str) -> dict[int, float]:
        """Words of the list within a letter of a word (two, of a long word) or of its sound, and how like they are."""
        word = word[:LONGEST_WORD]
        index, size = self._index, len(word)
        edits = 1 if size < _LONG_WORD else 2
        found: dict[int, float] = {}
        texts = index.texts
        for number in index.near.any(deletions(word)):
            other = texts[number][:LONGEST_WORD]
            apart = OSA.distance(word, other, score_cutoff=edits)
            if apart <= edits:
                found[number] = 1 - apart * _cost(max(size, len(other)))
        for number in index.near.any(sounded(word)):
            if number not in found and (like := _heard(word, texts[number])):
                found[number] = like
        return found

    # lists of rows ------------------------------------------------------------------------------------

    def _opened(self, near: Iterable[_Near], whole: float) -> tuple[list[tuple[float, int]], int]:
        """The lists to read, those that tell most first, and how many rows they hold together.

        A word that tells next to nothing beside the rest of the query (a legal form) is read only where that is cheap.
        """
        starts = self._index.rows.starts
        found, size = [], 0
        idle = _IDLE * whole
        for gain, number in sorted([each for group in near for each in group.gains], reverse=True):
            length = starts[number + 1] - starts[number]
            if size + length <= (_BUDGET if gain > idle else _FEW):
                found.append((gain, number))
                size += length
        return found, size

    def _joined(self, query: Keyed) -> _Lists:
        """Rows that write apart what the query writes together, and the other way round."""
        index = self._index
        found: _Lists = []
        for word in (*query.words, *query.more):
            if len(word) > 4 and (rows := index.joined.get(hashed(word))):
                found.append((index.unknown, rows))
        for joined in joins(query.words, 3):
            number = index.words.get(joined)
            if number is not None and index.rows.length(number) <= _FEW:
                found.append((index.information[number], index.rows[number]))
        return found

    def _few(self, numbers: list[tuple[float, int]], joined: _Lists, whole: float) -> dict[int, float]:
        """Estimates by row, where there are few rows to read."""
        held: dict[int, float] = {}
        rows, weight = self._index.rows, self._index.weight
        told = held.get
        for gain, listed in [*[(gain, rows[number]) for gain, number in numbers], *joined]:
            if held:
                for row in listed:
                    held[row] = told(row, 0.0) + gain
            else:
                held.update(dict.fromkeys(listed, gain))
        least = _least(whole)
        found = {}
        for row, shared in held.items():
            if shared >= least:
                estimate = 2 * shared / (whole + weight[row])
                if estimate >= REACH:
                    found[row] = estimate if estimate < 1 else 1.0
        return found

    def _many(self, numbers: list[tuple[float, int]], joined: _Lists, whole: float, most: int) -> dict[int, float]:
        """The same where there are many."""
        import numpy as np

        rows, weight = self._arrays()
        starts = self._index.rows.starts
        lists = [rows[starts[number] : starts[number + 1]] for _, number in numbers]
        lists += [np.array(listed, dtype=np.uint32) for _, listed in joined]
        gains = np.array([gain for gain, _ in (*numbers, *joined)])
        each = np.repeat(gains, [len(listed) for listed in lists])
        shared = np.bincount(np.concatenate(lists), each, len(weight))
        reached = np.flatnonzero(shared >= _least(whole))
        estimates = 2 * shared[reached] / (whole + weight[reached])
        if len(reached) > most:
            last = np.partition(estimates, -most)[-most]  # of equal ones at the end, those of the first rows
            best, tied = np.flatnonzero(estimates > last), np.flatnonzero(estimates == last)
            best = np.concatenate((best, tied[: most - len(best)]))
            reached, estimates = reached[best], estimates[best]
        pairs = zip(reached.tolist(), estimates.tolist(), strict=True)
        return {row: min(estimate, 1.0) for row, estimate in pairs if estimate >= REACH}

    def _arrays(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        import numpy as np

        if self._flat is None:
            rows = np.frombuffer(self._index.rows.values, dtype=np.uint32)
            self._flat = rows, np.frombuffer(self._index.weight, dtype=np.float32).astype(np.float64)
        return self._flat

    # other ways to a row --------------------------------------------------------------------------------

    def _add_special(self, query: Keyed, found: dict[int, float]) -> None:
        """The same letters but for spaces, one letter apart as a whole, shared hanzi, abbreviations."""
        index = self._index
        whole = spelling(query.spelled)
        for row in index.spelled.get(hashed(whole)):
            found[row] = 1.0
        if len(whole) <= LONGEST_WORD and max(found.values(), default=0.0) < _SURE:
            for row in index.solid.any(deletions(whole)):
                found.setdefault(row, _SOLID)
        if query.hanzi:
            self._add_hanzi(query.hanzi, found)
        if len(query.words) == 1:
            for row in index.initials.get(hashed(query.words[0])):
                found[row] = max(found.get(row, 0.0), _ABBREVIATED)
        for word in query.initials:
            number = index.words.get(word, -1)
            for row in index.rows[number][: MOST // 4] if number >= 0 else ():
                if index.weight[row] <= index.information[number] + 0.1:  # the abbreviation is nearly all of it
                    found[row] = max(found.get(row, 0.0), _ABBREVIATED)

    def _add_hanzi(self, hanzi: str, found: dict[int, float]) -> None:
        """Rows by the pairs of characters they share, a rare pair (a brand) counting far more than a common one."""
        index = self._index
        lists = sorted([index.hanzi.get(hashed(key)) for key in bigrams(hanzi)], key=len)
        told = [information_of(len(rows), index.hanzi_rows) ** 2 for rows in lists]
        shared: dict[int, float] = {}
        left, whole = _BUDGET, sum(told) or 1.0
        for gain, rows in zip(told, lists, strict=True):
            left -= len(rows)
            if left < 0:
                break
            for row in rows:
                shared[row] = shared.get(row, 0.0) + gain
        for row, gain in shared.items():
            estimate = _HANZI[0] + _HANZI[1] * gain / whole
            if estimate >= REACH:
                found[row] = max(found.get(row, 0.0), estimate)


@cache
def _has_numpy() -> bool:
    """Without numpy the answers are the same, and queries of common words slower."""
    return find_spec("numpy") is not None


def _heard(word: str, other: str) -> float:
    """How like two words are that have a sound or the consonants in common, 0 where they are too far apart."""
    size = max(len(word), len(other))
    like = 1 - OSA.distance(word, other) * _cost(size)
    if like >= _SOUND:
        return like
    if sound(word) == sound(other):
        return _SOUND
    return like if like >= _HEARD else 0.0


def _cost(size: int) -> float:
    """What one letter apart costs: more in a short word."""
    return min(0.5, 1.2 / size)


def _least(whole: float) -> float:
    """What a row must share at least with a query to reach the line."""
    return REACH * whole / (2 - REACH)
