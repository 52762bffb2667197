"""The store: dated editions, kept whole or not at all; the book they make, and what it says of a day."""

from __future__ import annotations

import errno
import gzip
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.evidence.parties.lists.made_up import csl_lines, csl_record, ofac_set, written

from tidewaiter.base.errors import NameNotFound
from tidewaiter.evidence.parties.lists import Entry, ListStore, absence_proven, complete_days, shipped_book, standing
from tidewaiter.evidence.parties.lists.drafts import ListFault
from tidewaiter.evidence.parties.lists.finding import entries_named, entry_of
from tidewaiter.evidence.parties.lists.home import locked, user_folder, write_whole
from tidewaiter.evidence.parties.lists.rows import EntryRows, decode, encode, read_rows, write_rows
from tidewaiter.evidence.parties.lists.standing import LISTED, NOT_LISTED, UNKNOWN, last_seen

__all__: list[str] = []

FIRST, SECOND, THIRD = date(2020, 1, 10), date(2021, 1, 10), date(2022, 1, 10)
SDN = "Specially Designated Nationals (SDN) - Treasury Department"


def _sdn(*names: str, **more: Any) -> list[dict[str, Any]]:
    return [
        csl_record(name, source=SDN, entity_number=str(90000 + ord(name[-1])), federal_register_notice=None, **more)
        for name in names
    ]


def _filled(names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Records of a whole list: some that stay, and those named."""
    others = [csl_record(f"Staying Party {number}", source=SDN, entity_number=str(number)) for number in range(1, 31)]
    return [*others, *_sdn(*names)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of any size count as whole."""
    from dataclasses import replace

    from tidewaiter.evidence.parties.lists import catalogue, importing

    everything = {code: replace(info, least=0) for code, info in catalogue.lists().items()}
    monkeypatch.setattr(importing, "lists", lambda: everything)


def _store(folder: Path, *editions: tuple[date, tuple[str, ...]]) -> ListStore:
    store = ListStore(folder / "home")
    for day, names in editions:
        store.add([written(folder, f"{day}.jsonl", csl_lines(*_filled(names)))], as_of=day)
    return store


def _one(store: ListStore, name: str) -> Entry:
    (entry,) = entries_named(store.book(), name)
    return entry


def test_without_editions_the_book_is_the_shipped_table(tmp_path: Path) -> None:
    store = ListStore(tmp_path / "nothing")
    assert store.book() is shipped_book()
    assert store.editions() == ()
    assert not (tmp_path / "nothing").exists()


@pytest.mark.usefixtures("small")
def test_editions_make_a_history(tmp_path: Path) -> None:
    store = _store(
        tmp_path, (FIRST, ("Leaver A", "Stayer S")), (THIRD, ("Stayer S", "Comer C")), (SECOND, ("Stayer S",))
    )
    editions = store.book().editions
    leaver, stayer, comer = (_one(store, name) for name in ("Leaver A", "Stayer S", "Comer C"))
    assert (leaver.listed, leaver.listed_basis, leaver.removed) == (FIRST, "first_seen", SECOND)
    assert last_seen(leaver) == FIRST
    assert (stayer.listed, stayer.removed, comer.listed) == (FIRST, None, THIRD)
    between = date(2020, 6, 1)
    assert [standing(leaver, day, editions) for day in (FIRST, between, SECOND, THIRD)] == [
        LISTED,
        UNKNOWN,
        NOT_LISTED,
        NOT_LISTED,
    ]
    assert standing(stayer, between, editions) == LISTED
    assert [standing(comer, day, editions) for day in (FIRST, date(2021, 6, 1), THIRD)] == [NOT_LISTED, UNKNOWN, LISTED]
    assert standing(stayer, date(2019, 1, 1), editions) == UNKNOWN


@pytest.mark.usefixtures("small")
def test_absence_is_proven_on_the_days_of_editions_only(tmp_path: Path) -> None:
    editions = _store(tmp_path, (FIRST, ()), (SECOND, ())).book().editions
    assert complete_days("sdn", editions) == ((FIRST, FIRST), (SECOND, SECOND))
    assert absence_proven("sdn", FIRST, editions)
    assert not absence_proven("sdn", date(2020, 6, 1), editions)
    assert not absence_proven("section_889", FIRST, editions)


@pytest.mark.usefixtures("small")
def test_a_party_that_returns_has_two_times(tmp_path: Path) -> None:
    store = _store(tmp_path, (FIRST, ("Twice T",)), (SECOND, ()), (THIRD, ("Twice T",)))
    first, second = entries_named(store.book(), "Twice T")
    assert (first.removed, second.listed, second.removed) == (SECOND, THIRD, None)
    assert second.key == first.key + "~2"


@pytest.mark.usefixtures("small")
def test_names_have_their_days(tmp_path: Path) -> None:
    store = ListStore(tmp_path / "home")
    for day, name, aliases in ((FIRST, "Old Name", ["Lantern"]), (SECOND, "New Name", ["Candle"])):
        records = [*_filled(()), csl_record(name, source=SDN, entity_number="777", alt_names=aliases)]
        store.add([written(tmp_path, f"{day}", csl_lines(*records))], as_of=day)
    names = {name.text: name for name in _one(store, "New Name").names}
    assert next(iter(names)) == "New Name"
    assert (names["Old Name"].kind, names["Old Name"].until) == ("former", FIRST)
    assert (names["Lantern"].since, names["Lantern"].until) == (None, FIRST)
    assert (names["Candle"].since, names["Candle"].until) == (SECOND, None)


@pytest.mark.usefixtures("small")
def test_a_file_without_aliases_ends_no_alias(tmp_path: Path) -> None:
    store = ListStore(tmp_path / "home")
    store.add(ofac_set(tmp_path), as_of=FIRST)
    head = "ID,Name,Type,Country,Title,Col_F,Col_G,Col_H,Col_I,Col_J,Col_K,Details\n"
    rows = "".join(
        f'{n},"{name}",-0- ,EX,,,,,,,,\n'
        for n, name in ((99001, "EXAMPLE LANTERN COMPUTE CO., LTD."), (99002, "DOE, Jan"))
    )
    store.add([written(tmp_path, "later", head + rows)], as_of=SECOND)
    entry = entry_of(store.book(), "sdn:99001")
    assert [name.until for name in entry.names] == [None, None, None]
    assert entry.addresses


def test_a_small_file_is_never_whole(tmp_path: Path) -> None:
    store = ListStore(tmp_path)
    done = store.add([written(tmp_path, "x", csl_lines(csl_record("Example Kites")))], as_of=FIRST)
    assert all(edition.complete_to is None for edition in done.editions)
    (kites,) = entries_named(store.book(), "Example Kites")
    assert (kites.listed_basis, kites.removed) == ("first_seen", None)


def test_curated_knowledge_enriches_an_edition(tmp_path: Path) -> None:
    curated = next(entry for entry in shipped_book().entries if entry.list == "entity_list" and len(entry.names) > 2)
    record = csl_record(
        curated.names[0].text, addresses=[{"address": "1 Example Road", "country": curated.countries[0]}]
    )
    store = ListStore(tmp_path)
    store.add([written(tmp_path, "x", csl_lines(record))], as_of=date(2026, 1, 1))
    entry = entry_of(store.book(), curated.key)
    assert (entry.listed, entry.listed_basis) == (curated.listed, curated.listed_basis)
    assert {name.text for name in entry.names} == {name.text for name in curated.names}
    assert entry.addresses[0].text == "1 Example Road"
    assert len(store.book().entries) == len(shipped_book().entries)


@pytest.mark.usefixtures("small")
def test_a_curated_party_that_a_whole_edition_lacks_says_so(tmp_path: Path) -> None:
    store = ListStore(tmp_path / "home")
    store.add([written(tmp_path, "x", csl_lines(csl_record("Example Kites")))], as_of=date(2026, 9, 1))
    entries = [
        entry for entry in store.book().entries if entry.list == "entity_list" and entry.citation != "99 FR 12345"
    ]
    assert {(entry.confidence, entry.removed) for entry in entries} == {("low", None)}
    assert all("edition of 2026-09-01" in entry.note for entry in entries)


@pytest.mark.usefixtures("small")
def test_an_order_lifted_before_its_stated_end(tmp_path: Path) -> None:
    store = ListStore(tmp_path / "home")
    source = "Denied Persons List (DPL) - Bureau of Industry and Security"
    for day, names in ((FIRST, ("Kites", "Boats")), (SECOND, ("Boats",))):
        records = [csl_record(name, source=source, start_date="2019-01-01", end_date="2050-01-01") for name in names]
        store.add([written(tmp_path, f"{day}", csl_lines(*records))], as_of=day, force=True)
    assert (_one(store, "Kites").removed, _one(store, "Boats").removed) == (SECOND, date(2050, 1, 2))


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "x", csl_lines(*_filled(())))
    store = ListStore(tmp_path / "home")
    first = store.add([path], as_of=FIRST)
    digest = store.book().digest
    again = store.add([path], as_of=FIRST)
    assert (len(first.editions), again.editions, len(again.known)) == (13, (), 13)
    assert store.book().digest == digest


def test_the_book_is_opened_from_its_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = _store(tmp_path, (FIRST, ("Leaver A",)))
    book = store.book()
    monkeypatch.setattr(ListStore, "_merged", lambda *_: pytest.fail("made anew"))
    again = ListStore(tmp_path / "home").book()
    assert isinstance(again.entries, EntryRows)
    assert (again.digest, list(again.entries)) == (book.digest, list(book.entries))


def test_a_damaged_cache_is_made_anew_and_a_damaged_edition_is_told(tmp_path: Path) -> None:
    store = _store(tmp_path, (FIRST, ("Leaver A",)))
    whole = list(store.book().entries)
    (cache,) = store.folder.glob("book-*.rows")
    cache.write_bytes(cache.read_bytes()[:-40])
    assert list(store.book().entries) == whole
    cache.unlink()
    edition = next(store.folder.glob("sdn-*.rows.gz"))
    edition.write_bytes(edition.read_bytes()[:50])
    with pytest.raises(ListFault, match="cannot be read"):
        store.book()


def test_a_damaged_table_of_contents_is_told(tmp_path: Path) -> None:
    store = _store(tmp_path, (FIRST, ()))
    (store.folder / "manifest.json").write_text('{"editions": [{}]}')
    with pytest.raises(ListFault, match="table of contents"):
        store.book()


def test_a_list_that_shrank_by_half_is_refused_unless_forced(tmp_path: Path) -> None:
    store = _store(tmp_path, (FIRST, ("Leaver A",)))
    before = store.book().digest
    short = written(tmp_path, "short", csl_lines(*_filled(())[:10]))
    with pytest.raises(ListFault, match="sdn has 10 entries; the edition of 2020-01-10 has 31"):
        store.add([short], as_of=SECOND)
    assert store.book().digest == before
    with pytest.raises(ListFault, match="sdn has 10 entries"):
        store.add([short], as_of=FIRST - timedelta(days=30))
    assert store.add([short], as_of=FIRST - timedelta(days=900)).editions
    before = store.book().digest
    assert store.add([short], as_of=SECOND, force=True).editions
    assert store.book().digest != before


def test_a_day_to_come_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListFault, match="a day to come"):
        _store(tmp_path, (date(9999, 1, 1), ()))


def test_a_cut_file_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = _store(tmp_path, (FIRST, ("Leaver A",)))
    before = sorted(path.name for path in store.folder.iterdir())
    data = gzip.compress(csl_lines(*_filled(())).encode())
    with pytest.raises(ListFault, match="cut off"):
        store.add([written(tmp_path, "half", data[: len(data) // 2])], as_of=SECOND)
    assert sorted(path.name for path in store.folder.iterdir()) == before


def test_two_imports_at_once_are_refused(tmp_path: Path) -> None:
    store = ListStore(tmp_path / "home")
    path = written(tmp_path, "x", csl_lines(*_filled(())))
    running = pytest.raises(ListFault, match="another import is running")
    with locked(store.folder), ThreadPoolExecutor(1) as pool, running:
        pool.submit(store.add, [path], "", FIRST).result()
    assert store.add([path], as_of=FIRST).editions


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_full_disk_leaves_the_old_list_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    store = _store(tmp_path, (FIRST, ("Leaver A",)))
    before = store.book().digest

    def full(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ListFault, match="what was stored before is still in use"):
        store.add([written(tmp_path, "x", csl_lines(*_filled(("Comer C",))))], as_of=SECOND)
    monkeypatch.undo()
    assert store.book().digest == before
    assert not list(store.folder.glob(".aside-*"))


def test_a_failure_between_two_files_stores_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ListStore(tmp_path / "home")
    monkeypatch.setattr(ListStore, "_write_manifest", lambda *_: (_ for _ in ()).throw(ListFault([])))
    with pytest.raises(ListFault):
        store.add([written(tmp_path, "x", csl_lines(*_filled(())))], as_of=FIRST)
    monkeypatch.undo()
    assert store.editions() == ()
    assert store.book() is shipped_book()
    assert [path.name for path in store.folder.iterdir()] == [".lock"]


def test_a_corrected_file_of_one_day_replaces_the_first(tmp_path: Path) -> None:
    store = _store(tmp_path, (FIRST, ("Leaver A",)))
    files = len(list(store.folder.glob("*.rows.gz")))
    done = store.add([written(tmp_path, "again", csl_lines(*_filled(("Comer C",))))], as_of=FIRST)
    assert ([edition.list for edition in done.editions], len(done.known)) == (["sdn"], 12)
    assert len(list(store.folder.glob("*.rows.gz"))) == files
    assert _one(store, "Comer C").listed == FIRST
    with pytest.raises(NameNotFound):
        _one(store, "Leaver A")


@pytest.mark.usefixtures("small")
def test_a_book_of_a_day_leaves_out_who_was_not_listed(tmp_path: Path) -> None:
    store = _store(tmp_path, (FIRST, ("Leaver A",)), (SECOND, ("Comer C",)))
    names = {entry.names[0].text for entry in store.book(SECOND).entries}
    assert "Comer C" in names
    assert "Leaver A" not in names
    assert {"Leaver A", "Staying Party 1"} <= {entry.names[0].text for entry in store.book(FIRST).entries}
    assert store.book(FIRST).digest != store.book(SECOND).digest


def test_an_extract_ends_no_listing(tmp_path: Path, small: None) -> None:
    store = ListStore(tmp_path / "home")
    document = {
        "list_id": "bis-dpl",
        "extracted": str(FIRST),
        "count": 1,
        "entities": [{"name": "Kites as Printed There"}],
    }
    store.add([written(tmp_path, "a", json.dumps(document))])
    source = "Denied Persons List (DPL) - Bureau of Industry and Security"
    store.add([written(tmp_path, "b", csl_lines(csl_record("Kites", source=source)))], as_of=SECOND)
    entry = _one(store, "Kites as Printed There")
    assert (entry.removed, entry.confidence) == (None, "low")


def test_editions_of_two_formats_share_no_key(tmp_path: Path, small: None) -> None:
    store = ListStore(tmp_path / "home")
    document = {
        "list_id": "bis-dpl",
        "extracted": str(FIRST),
        "count": 1,
        "entities": [{"name": "Kites", "country": "Iran"}],
    }
    store.add([written(tmp_path, "a", json.dumps(document))])
    source = "Denied Persons List (DPL) - Bureau of Industry and Security"
    twins = [csl_record("Kites", source=source, federal_register_notice=f"99 FR {page}") for page in (1, 2)]
    store.add([written(tmp_path, "b", csl_lines(*twins, csl_record("Boats", source=source)))], as_of=SECOND)
    keys = [entry.key for entry in store.book().entries]
    assert len(keys) == len(set(keys))


def test_entries_survive_their_stored_form() -> None:
    entries = shipped_book().entries
    assert all(decode(encode(entry)) == entry for entry in entries)
    header, rows = read_rows(write_rows({"a": 1}, entries))
    assert (header["a"], len(rows), rows[0], rows[-1]) == (1, len(entries), entries[0], entries[-1])
    assert rows[2:4] == (entries[2], entries[3])
    assert rows.of_key(entries[7].key) == entries[7]
    assert rows.of_key(entries[0].key) == entries[0]
    assert rows.of_key("no:such") is None
    with pytest.raises(IndexError):
        rows[len(entries)]
    with pytest.raises(ValueError, match="damaged"):
        read_rows(write_rows({}, entries)[:-1])


def test_the_digest_of_an_entry_changes_with_its_content() -> None:
    from dataclasses import replace

    entry = shipped_book().entries[0]
    assert entry.digest == decode(encode(entry)).digest
    changed = [replace(entry, note="x"), replace(entry, names=entry.names[:1]), replace(entry, removed=FIRST)]
    assert len({entry.digest, *(each.digest for each in changed)}) == 4


def test_where_the_files_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TIDEWAITER_HOME", str(tmp_path / "mine"))
    assert user_folder() == tmp_path / "mine"
    monkeypatch.delenv("TIDEWAITER_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert user_folder() == tmp_path / "tidewaiter"


def test_files_are_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [each.name for each in path.parent.iterdir()] == ["file"]
    (tmp_path / "plain").write_text("x")
    with pytest.raises(ListFault):
        write_whole(tmp_path / "plain" / "below", b"x")
