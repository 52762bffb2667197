"""The stored editions of the lists: importing, keeping, and the book that they make together with the shipped table."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault
from tidewaiter.evidence.parties.lists.drafts import ListFault
from tidewaiter.evidence.parties.lists.entries import Edition, Entry, ListBook
from tidewaiter.evidence.parties.lists.history import Snapshot, history_of
from tidewaiter.evidence.parties.lists.home import locked, user_folder, write_whole
from tidewaiter.evidence.parties.lists.rows import (
    decode_edition,
    encode_edition,
    read_rows,
    write_rows,
)
from tidewaiter.evidence.parties.lists.shipped import shipped_book

if TYPE_CHECKING:
    from tidewaiter.evidence.parties.lists.importing import Reading

__all__ = ["Imported", "ListStore"]

_MANIFEST = "manifest.json"
_FORM = 2  # raise it when editions are merged in another way: kept books are made anew then
_SHRUNK = 0.5
_SOON = 60


@dataclass(frozen=True, slots=True)
class Imported:
    """An import: what was read, the editions now stored, and those that were stored before just so."""

    reading: Reading
    editions: tuple[Edition, ...]
    known: tuple[Edition, ...]


class ListStore:
    """The editions in a folder; the user's folder when none is given. Nothing is written but by `add`."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder if folder is not None else user_folder()) / "lists"

    # reading -----------------------------------------------------------------------------------------

    def editions(self) -> tuple[Edition, ...]:
        """The stored editions, oldest first of each list. Raises ListFault when the store is damaged."""
        return tuple(edition for _, edition in self._manifest())

    def book(self, on: date | None = None) -> ListBook:
        """All entries with all that is known of their days; with `on`, only those that may be listed that day.

        The whole book is kept beside the editions by its digest, so that the next call only opens it. Raises
        ListFault when a stored edition is damaged.
        """
        whole = self._whole()
        if on is None:
            return whole
        from tidewaiter.evidence.parties.lists.standing import NOT_LISTED, standing

        kept = tuple(entry for entry in whole.entries if standing(entry, on, whole.editions) != NOT_LISTED)
        digest = hashlib.sha256(f"{whole.digest} {on}".encode()).hexdigest()
        return ListBook(kept, whole.editions, digest)

    def _whole(self) -> ListBook:
        shipped = shipped_book()
        rows = self._manifest()
        if not rows:
            return shipped
        editions = (*shipped.editions, *(edition for _, edition in rows))
        digest = _digest_of(shipped.digest, rows)
        cache = self.folder / f"book-{digest[:16]}.rows"
        try:
            header, entries = read_rows(cache.read_bytes())
            if header.get("digest") == digest:
                return ListBook(entries, editions, digest)
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return self._made(shipped, rows, editions, digest, cache)

    def _made(
        self,
        shipped: ListBook,
        rows: Sequence[tuple[str, Edition]],
        editions: tuple[Edition, ...],
        digest: str,
        cache: Path,
    ) -> ListBook:
        """The book made anew, and kept where the folder can be written."""
        data = write_rows({"digest": digest, "form": _FORM}, self._merged(shipped, rows))
        try:
            write_whole(cache, data)
            for old in self.folder.glob("book-*.rows"):
                if old != cache:
                    old.unlink(missing_ok=True)
        except (ListFault, OSError):
            pass  # a book that cannot be kept is made again
        return ListBook(read_rows(data)[1], editions, digest)

    def _merged(self, shipped: ListBook, rows: Sequence[tuple[str, Edition]]) -> Iterator[Entry]:
        curated: dict[str, list[Entry]] = {}
        for entry in shipped.entries:
            curated.setdefault(entry.list, []).append(entry)
        stored: dict[str, list[Snapshot]] = {}
        for file, edition in rows:
            stored.setdefault(edition.list, []).append(self._snapshot(file, edition))
        for code in dict.fromkeys((*curated, *stored)):
            yield from history_of(stored.get(code, ()), curated.get(code, ()))

    def _snapshot(self, file: str, edition: Edition) -> Snapshot:
        try:
            header, entries = read_rows(gzip.decompress((self.folder / file).read_bytes()))
        except (OSError, ValueError, KeyError, EOFError, zlib.error) as error:
            what = f"the stored edition cannot be read: {error}"
            raise ListFault([Fault(str(self.folder / file), what, "import it again")]) from None
        return Snapshot(edition, tuple(entries), bool(header.get("aliases", True)))

    def _manifest(self) -> list[tuple[str, Edition]]:
        path = self.folder / _MANIFEST
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            rows = [(str(row["file"]), decode_edition(row)) for row in document["editions"]]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError) as error:
            what = f"the store's table of contents cannot be read: {error}"
            raise ListFault([Fault(str(path), what, "move the folder away and import the lists again")]) from None
        return sorted(rows, key=lambda row: (row[1].list, row[1].as_of, row[1].origin))

    # writing -----------------------------------------------------------------------------------------

    def add(
        self,
        paths: Sequence[Path],
        list_code: str = "",
        as_of: date | None = None,
        force: bool = False,
        format_code: str = "",
    ) -> Imported:
        """Read a list file and store its editions: all of them or none.

        Raises ListFault when the file cannot be read, is cut off, shrank by half against the edition before, is of
        a day to come, or cannot be written; or when another import runs. What was stored stays in use then.
        `force` takes a shrunken list.
        """
        from tidewaiter.evidence.parties.lists.importing import read_list

        with locked(self.folder):
            reading = read_list(paths, list_code, as_of, format_code)
            rows = self._manifest()
            now = datetime.now(UTC).replace(microsecond=0)
            faults = list(_refusals(reading, [edition for _, edition in rows], now.date(), force))
            if faults:
                raise ListFault(faults)
            return self._stored(reading, rows, now)

    def _stored(self, reading: Reading, rows: list[tuple[str, Edition]], now: datetime) -> Imported:
        """Write each edition, then the table of contents: the import counts from then on, or leaves nothing."""
        written = [self._packed(reading, edition, now) for edition in reading.editions]
        before = {_identity(edition): edition for _, edition in rows}
        known = [before[key] for _, edition, _ in written if (key := _identity(edition)) in before]
        fresh = [row for row in written if _identity(row[1]) not in before]
        kept = [row for row in rows if not any(_same(row[1], edition) for _, edition, _ in fresh)]
        try:
            for file, _, data in fresh:
                write_whole(self.folder / file, data)
            if fresh:
                self._write_manifest([*kept, *((file, edition) for file, edition, _ in fresh)])
        except ListFault:
            self._drop([file for file, _, _ in fresh])
            raise
        self._drop([row[0] for row in rows if row not in kept])
        return Imported(reading, tuple(edition for _, edition, _ in fresh), tuple(known))

    def _packed(self, reading: Reading, edition: Edition, now: datetime) -> tuple[str, Edition, bytes]:
        """The name of an edition's file, the edition with its digest, and the file's bytes."""
        entries = [entry for entry in reading.entries if entry.list == edition.list]
        data = write_rows({"form": _FORM, "aliases": not _without_aliases(reading.format)}, entries)
        edition = replace(edition, digest=hashlib.sha256(data).hexdigest(), imported=now)
        file = f"{edition.list}-{edition.as_of}-{edition.origin}-{edition.digest[:12]}.rows.gz"
        return file, edition, gzip.compress(data, 6, mtime=0)

    def _drop(self, files: Sequence[str]) -> None:
        """Remove files that no table of contents names."""
        for file in files:
            (self.folder / file).unlink(missing_ok=True)

    def _write_manifest(self, rows: Sequence[tuple[str, Edition]]) -> None:
        listed: list[dict[str, Any]] = [{"file": file, **encode_edition(edition)} for file, edition in rows]
        document = {"form": _FORM, "editions": listed}
        write_whole(self.folder / _MANIFEST, json.dumps(document, indent=1).encode())


def _identity(edition: Edition) -> tuple[str, date, str, str]:
    return edition.list, edition.as_of, edition.origin, edition.digest


def _same(first: Edition, second: Edition) -> bool:
    return (first.list, first.as_of, first.origin) == (second.list, second.as_of, second.origin)


def _comparable(first: Edition, second: Edition) -> bool:
    """Whether a new edition should not be much smaller than another: that is no later than it, or not by long.

    Both must be whole or of one format. Lists grow: an old edition may be far smaller than a later one.
    """
    alike = first.origin == second.origin or bool(first.complete_to and second.complete_to)
    return alike and (first.as_of - second.as_of).days <= _SOON


def _digest_of(shipped: str, rows: Sequence[tuple[str, Edition]]) -> str:
    parts = [str(_FORM), shipped, *(f"{each.list} {each.as_of} {each.origin} {each.digest}" for _, each in rows)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _without_aliases(format_code: str) -> bool:
    from tidewaiter.evidence.parties.lists.recognition import formats

    return bool(formats()[format_code].get("no_aliases"))


def _refusals(reading: Reading, before: Sequence[Edition], today: date, force: bool) -> Iterator[Fault]:
    """Why a file that was read must not be stored."""
    if reading.as_of > today:
        yield Fault(reading.name, f"is of {reading.as_of}, a day to come", "give --as-of with the day of the list")
    for edition in reading.editions if not force else ():
        earlier = [each for each in before if each.list == edition.list and _comparable(each, edition)]
        near = min(earlier, key=lambda each: abs((each.as_of - edition.as_of).days), default=None)
        if near and edition.entries < near.entries * _SHRUNK:
            what = f"{edition.list} has {edition.entries:,} entries; the edition of {near.as_of} has {near.entries:,}"
            yield Fault(reading.name, what, "give --force if the list did shrink so; the stored one is still in use")
