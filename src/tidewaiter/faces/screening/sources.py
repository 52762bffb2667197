"""Where screening gets its lists, its index and its decisions from: wired once, exchangeable for tests and services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tidewaiter.keeping.dispositions import Dispositions

if TYPE_CHECKING:
    from tidewaiter.evidence.parties.lists.catalogue import ListInfo
    from tidewaiter.evidence.parties.lists.entries import ListBook
    from tidewaiter.evidence.parties.search.hits import Hit, Query

__all__ = ["Index", "Sources", "forget_sources", "sources"]

_DIGEST, _KEPT = 16, 2


class Index(Protocol):
    """Finds the entries that a party may be."""

    def search(self, query: Query, limit: int = 10, threshold: float | None = None) -> list[Hit]:
        """The best entries for a query, best first."""


@dataclass(frozen=True, slots=True)
class Sources:
    """A book of lists, its index, the lists known, and the decisions kept."""

    book: ListBook
    index: Index
    lists: Mapping[str, ListInfo]
    dispositions: Dispositions = field(default_factory=Dispositions)
    warnings: tuple[str, ...] = ()
    covered: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    """What was worked out of the lists before; for `covers`."""

    @property
    def digest(self) -> str:
        """The digest of the lists."""
        return self.book.digest


_held: list[Sources] = []


def sources(watch: Callable[[int, int], None] | None = None) -> Sources:
    """The lists at hand: imported ones where there are any, and the table that is shipped; indexed once, then kept.

    Indexing a full list takes some seconds, once after an import; `watch` is told how many names are done, of how
    many. Raises InputFaults where the stored lists are damaged.
    """
    if not _held:
        _held.append(_sources(watch))
    return _held[0]


def forget_sources() -> None:
    """Read lists and decisions anew when they are next needed: after an import, and in tests."""
    _held.clear()


def _sources(watch: Callable[[int, int], None] | None) -> Sources:
    from tidewaiter.evidence.parties.lists.catalogue import lists
    from tidewaiter.evidence.parties.lists.home import user_folder
    from tidewaiter.evidence.parties.lists.store import ListStore
    from tidewaiter.evidence.parties.search.index import PartyIndex

    book = ListStore().book()
    folder = user_folder() / "index"
    index = PartyIndex.open(book, folder / f"{book.digest[:_DIGEST]}.index", watch)
    if index.note:
        _prune(folder)
    return Sources(book, index, lists())


def _prune(folder: Path) -> None:
    """Leave the newest indexes only; one that is missing is made again."""
    with suppress(OSError):
        kept = sorted(folder.glob("*.index"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in kept[_KEPT:]:
            file.unlink(missing_ok=True)
