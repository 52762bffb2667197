"""The index of listed parties: one name asked, or a batch, and the possible matches with what speaks for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tidewaiter.evidence.parties.lists import Entry, ListBook
from tidewaiter.evidence.parties.names import NameFault
from tidewaiter.evidence.parties.names import threshold as default_line
from tidewaiter.evidence.parties.search.batches import answered
from tidewaiter.evidence.parties.search.container import StaleCache
from tidewaiter.evidence.parties.search.hits import Hit, Query
from tidewaiter.evidence.parties.search.keys import hashed, identifier_key
from tidewaiter.evidence.parties.search.qualification import qualified
from tidewaiter.evidence.parties.search.scoring import Scored, Scorer
from tidewaiter.evidence.parties.search.table import STRENGTHS, Table, build_table, load_table, save_table

__all__ = ["PartyIndex"]

_HELD = 1 << 13
_SAME = 20
_FLOOR = 0.35
_SPELLED = 0.65
_WEAK = STRENGTHS.index("weak")


class PartyIndex:
    """Finds listed parties by name. Made by `build` or `open`; safe to share between readers of one thread.

    `note` says why a cache file was not used, '' when it was or when none was asked for.
    """

    def __init__(self, book: ListBook, table: Table, note: str = "") -> None:
        self.book, self.note = book, note
        self._table = table
        self._scorer = Scorer(table)
        self._entries: dict[int, Entry] = {}
        self._rows: dict[int, int] | None = None

    @classmethod
    def build(cls, book: ListBook, progress: Callable[[int, int], None] | None = None) -> PartyIndex:
        """Prepare a book's names anew (some seconds for a full list)."""
        return cls(book, build_table(book, progress))

    @classmethod
    def load(cls, book: ListBook, path: Path) -> PartyIndex:
        """From a cache file. Raises StaleCache where it is absent, damaged, or made from other lists."""
        return cls(book, load_table(book, path))

    @classmethod
    def open(cls, book: ListBook, path: Path, progress: Callable[[int, int], None] | None = None) -> PartyIndex:
        """From the cache file, or built anew and kept there; `note` then says why. A full disk only costs the file."""
        try:
            return cls.load(book, path)
        except StaleCache as stale:
            table, note = build_table(book, progress), str(stale)
        try:
            save_table(table, book, path)
        except OSError as error:
            note += f"\n{path.name}: could not be kept ({error.strerror or error})"
        return cls(book, table, note)

    def save(self, path: Path) -> None:
        """Keep the prepared names in a cache file. Raises OSError where that cannot be done."""
        save_table(self._table, self.book, path)

    def __len__(self) -> int:
        """How many names are searched."""
        return len(self._table.entry)

    # asking ---------------------------------------------------------------------------------------------

    def search(self, query: Query | str, limit: int = 10, threshold: float | None = None) -> list[Hit]:
        """Possible matches, best first: entries of at most `limit` parties, those below the line marked as such.

        `threshold` is the line, by default that of the names. Raises NameFault for what cannot be a name.
        """
        asked = Query(query) if isinstance(query, str) else query
        line = default_line() if threshold is None else threshold
        known = self._identified(asked) if asked.identifiers else []
        found = self._scorer.scored(asked.name, asked.schema, known)
        if _is_plain(asked):  # nothing can raise a score: what is shown is known already
            near = {number: each for number, each in found.items() if _rank(each.score, each.estimate) >= _FLOOR}
            found = self._foremost(near, limit) if len(near) > limit else near
        hits = [(self._hit(asked, number, scored, line), scored.estimate) for number, scored in found.items()]
        return _limited([(hit, near) for hit, near in hits if _rank(hit.score, near) >= _FLOOR], limit)

    def batch(
        self,
        names: Iterable[Query | str],
        limit: int = 10,
        threshold: float | None = None,
        progress: Callable[[int], None] | None = None,
        processes: int = 1,
    ) -> Iterator[list[Hit] | NameFault]:
        """The possible matches of each name, in order; for what cannot be a name, the fault in their place.

        Each distinct name is searched once. `progress` is told how many are done, every thousand and at the end.
        With `processes` above 1, copies of this process share the work, on systems that can fork.
        """

        def answer(name: Query | str) -> list[Hit] | NameFault:
            try:
                return self.search(name, limit, threshold)
            except NameFault as fault:
                return fault

        return answered(names, answer, progress, processes)

    # hits ---------------------------------------------------------------------------------------------

    def _foremost(self, found: dict[int, Scored], limit: int) -> dict[int, Scored]:
        """The entries of the best parties by name alone, where nothing else is known; weak names may still fall."""
        strength, parties = self._table.strength, self._table.parties
        order = [
            (-_rank(each.score, each.estimate), [-part for part in each.comparison.tie], strength[each.row], number)
            for number, each in found.items()
        ]
        order.sort()
        kept: set[int] = set()
        for _, _, weak, number in order:
            if len(kept) >= limit:
                break
            if weak != _WEAK:
                kept.add(parties[number])
        return {number: found[number] for _, _, weak, number in order if weak == _WEAK or parties[number] in kept}

    def _hit(self, asked: Query, number: int, scored: Scored, line: float) -> Hit:
        entry = self._entry(number)
        name = entry.names[self._table.place[scored.row]]
        moved = qualified(asked, entry, name, scored.score)
        against = (*scored.against, *moved.against)
        first = self._table.parties[number]
        party = entry.key if first == number else self._entry(first).key
        return Hit(entry, name, scored.comparison, moved.score, moved.score >= line, moved.for_, against, party)

    def _entry(self, number: int) -> Entry:
        found = self._entries.get(number)
        if found is None:
            if len(self._entries) >= _HELD:
                self._entries.clear()
            found = self._entries[number] = self.book.entries[number]
        return found

    def _identified(self, asked: Query) -> list[int]:
        """The first rows of entries that bear an identifier asked for."""
        if self._rows is None:
            self._rows = {number: row for row, number in reversed(list(enumerate(self._table.entry)))}
        keys = [identifier_key(kind, value) for kind, value in asked.identifiers]
        numbers = [number for key in keys for number in self._table.identifiers.get(hashed(key))[:_SAME]]
        return [self._rows[number] for number in dict.fromkeys(numbers) if number in self._rows]


def _is_plain(asked: Query) -> bool:
    """Whether nothing is known but a name."""
    return not (asked.schema or asked.country or asked.address or asked.identifiers or asked.on)


def _rank(score: float, near: float) -> float:
    """What hits are ordered by: the score, or for names that are spelled alike, a little less than the line."""
    return max(score, _SPELLED * near)


def _limited(hits: list[tuple[Hit, float]], limit: int) -> list[Hit]:
    """The hits of the best parties, best first; equal scores by the second key."""
    hits.sort(key=_order)
    parties: dict[str, None] = {}
    for hit, _ in hits:
        if len(parties) < limit:
            parties[hit.party] = None
    return [hit for hit, _ in hits if hit.party in parties]


def _order(each: tuple[Hit, float]) -> tuple[object, ...]:
    """By score; then what the comparison ranks by, the strength of the name, what speaks for; then a fixed order."""
    hit, near = each
    tie = tuple(-each for each in hit.comparison.tie)
    moved = sum(reason.moved for reason in hit.for_) + sum(reason.moved for reason in hit.against)
    rank = -_rank(hit.score, near)
    return (rank, tie, _strength(hit), -moved, hit.entry.removed is not None, hit.entry.key)


def _strength(hit: Hit) -> int:
    return STRENGTHS.index(hit.name.kind) if hit.name.kind in STRENGTHS else 1
