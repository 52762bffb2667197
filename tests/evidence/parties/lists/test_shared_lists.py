"""The real lists beside the checkout, where they are: counts, history across formats, completeness."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tests.shared import shared_path

from tidewaiter.evidence.parties.lists import ListBook, ListStore, absence_proven, complete_days, shipped_book, standing
from tidewaiter.evidence.parties.lists.finding import entries_named, entry_of
from tidewaiter.evidence.parties.lists.importing import read_list
from tidewaiter.evidence.parties.lists.shipped import shipped_header
from tidewaiter.evidence.parties.lists.standing import LISTED, NOT_LISTED, UNKNOWN, last_seen, unclear_since
from tidewaiter.evidence.parties.lists.texts import folded

__all__: list[str] = []

CSL, OLD, LATER, CONS = date(2026, 7, 31), date(2022, 1, 31), date(2023, 1, 15), date(2024, 8, 20)


def _paths(*names: str) -> list[Path]:
    return [shared_path(f"data/lists/{name}") for name in names]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> ListBook:
    """All editions of OFAC, the Consolidated Screening List, and the 1260H editions together."""
    store = ListStore(tmp_path_factory.mktemp("home"))
    store.add(_paths("csl_2026-07-31.jsonl.gz"), as_of=CSL)
    store.add(_paths("ofac_sdn_2022-01.csv.gz", "ofac_add_2022-01.csv.gz", "ofac_alt_2022-01.csv.gz"), as_of=OLD)
    store.add(_paths("ofac_sdn_2023.csv.gz"), as_of=LATER)
    parts = (f"ofac_cons_{part}_2024-08.csv" for part in ("prim", "add", "alt", "comments"))
    store.add(_paths(*parts), as_of=CONS)
    store.add(_paths("dod_1260h_history.csv"), as_of=date(2026, 8, 20))
    return store.book()


@pytest.mark.slow
def test_no_record_of_the_full_list_is_lost() -> None:
    reading = read_list(_paths("csl_2026-07-31.condensed.json.gz"))
    assert (reading.as_of, reading.faults) == (CSL, ())
    assert len(reading.entries) + reading.joined == 25_921
    footnotes = Counter(
        note.number for entry in reading.entries for note in entry.footnotes if entry.list == "entity_list"
    )
    assert (footnotes[4], footnotes[5]) == (97, 16)
    assert {entry.kind for entry in reading.entries if entry.names[0].text.startswith("Address ")} == {"address"}


@pytest.mark.slow
def test_formats_work_together_as_history(book: ListBook) -> None:
    assert complete_days("sdn", book.editions) == ((OLD, OLD), (LATER, LATER), (CSL, CSL))
    gone = entry_of(book, "sdn:2831")
    assert (gone.listed, last_seen(gone), gone.removed) == (OLD, OLD, LATER)
    days = (date(2021, 1, 1), OLD, date(2022, 6, 1), LATER, CSL)
    assert [standing(gone, day, book.editions) for day in days] == [UNKNOWN, LISTED, UNKNOWN, NOT_LISTED, NOT_LISTED]
    stayed = (
        entry_of(book, "sdn:36") if any(entry.key == "sdn:36" for entry in book.entries) else entry_of(book, "sdn:306")
    )
    assert (stayed.listed, stayed.listed_basis) == (OLD, "first_seen")
    assert standing(stayed, date(2024, 5, 5), book.editions) == LISTED
    assert any(entry.list == "ns_cmic" and entry.listed == date(2021, 8, 2) for entry in book.entries)


@pytest.mark.slow
def test_the_curated_table_merges_into_the_full_list(book: ListBook) -> None:
    counts = Counter(entry.list for entry in book.entries)
    assert (counts["entity_list"], counts["ns_cmic"]) == (3_418, 68)
    (sugon,) = (entry for entry in entries_named(book, "Sugon") if entry.list == "entity_list")
    assert (sugon.listed, sugon.listed_basis) == (date(2019, 6, 24), "effective")
    assert any(each.text for each in sugon.addresses)
    assert any("曙光" in name.text for name in sugon.names)
    assert len({entry.key for entry in book.entries}) == len(book.entries)


@pytest.mark.slow
def test_1260h_editions_hold_those_removed(book: ListBook) -> None:
    on = date(2025, 6, 1)
    assert absence_proven("dod_1260h", on, book.editions)
    assert not absence_proven("entity_list", on, book.editions)
    for name, expected in (
        ("ChangXin Memory Technologies, Inc.", LISTED),
        ("IDG Capital Partners Co., Ltd.", NOT_LISTED),
    ):
        (entry,) = (entry for entry in entries_named(book, name) if entry.list == "dod_1260h")
        assert standing(entry, on, book.editions) == expected
    assert not any(entry.removed == date(2026, 2, 17) for entry in book.entries)


@pytest.mark.slow
def test_names_said_to_be_unlisted_stand_on_no_list_named(book: ListBook) -> None:
    printed = {(entry.list, folded(name.text)) for entry in book.entries for name in entry.names}
    rows = shipped_header()["unlisted"]["asked_about"]
    found = [
        (row["name"], code)
        for row in rows
        for code in row["lists"]
        for name in (row["name"], *row.get("names", ()))
        if (code, folded(name)) in printed
    ]
    assert (len(rows) > 20, found) == (True, [])


_CODES = {
    "BIS Entity List": "entity_list",
    "DoD 1260H": "dod_1260h",
    "OFAC NS-CMIC": "ns_cmic",
    "FCC Covered List": "fcc_covered",
    "OFAC SDN": "sdn",
    "Section 889": "section_889",
    "Section 5949": "section_5949",
}


def test_the_curated_table_says_what_was_researched() -> None:
    """Each researched listing is in the table with its days, footnotes, place, policy and names."""
    with shared_path("data/listings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    entries = {(entry.list, folded(entry.names[0].text), entry.countries): entry for entry in shipped_book().entries}
    assert len(rows) == len(shipped_book().entries)
    for row in rows:
        name = row["name"].rstrip(",")
        entry = entries[_CODES[row["list"]], folded(name), (row["country"],)]
        assert (str(entry.listed), str(entry.removed or "")) == (row["effective_date"], row["removed_date"]), name
        stated = {int(each) for each in row["footnote"].split(";") if each}
        doubtful = {note.number for note in entry.footnotes if unclear_since(entry, note.number)}
        assert {note.number for note in entry.footnotes} - doubtful == stated, name
        assert entry.list != "entity_list" or entry.policy.split("…")[0] in row["licence_policy"], name
        assert entry.confidence == row["confidence"], name
        printed = {folded(name.text) for name in entry.names}
        latin = [each.strip() for each in row["aliases"].split(";") if each.strip() and each.strip().isascii()]
        assert [each for each in latin if folded(each) not in printed] == [], name


@pytest.mark.parametrize(
    ("name", "code", "count", "rejected"),
    [
        ("nsfreg_bis_entity_list.json.gz", "entity_list", 3_409, 0),
        ("nsfreg_bis_meu.json", "military_end_user", 70, 0),
        ("nsfreg_bis_dpl.json", "denied_persons", 564, 0),
        ("nsfreg_dhs_uflpa.json", "uflpa", 148, 0),
        ("nsfreg_dow_1260h.json", "dod_1260h", 80, 0),
        ("nsfreg_ofac_nscmic.json", "ns_cmic", 68, 0),
        ("nsfreg_fcc_covered.json", "fcc_covered", 15, 0),
        ("fcc_covered_list_2026-08.csv", "fcc_covered", 13, 4),
        ("section_889.csv", "section_889", 5, 0),
        ("section_5949.csv", "section_5949", 3, 0),
        ("section_154.csv", "section_154", 6, 0),
        ("section_1286.csv", "section_1286", 443, 0),
        ("bis_mieu.csv", "military_intelligence", 13, 0),
        ("csl_sample_2025.csv", "", 13, 0),
    ],
)
def test_every_list_is_read(name: str, code: str, count: int, rejected: int) -> None:
    reading = read_list(_paths(name), as_of=date(2026, 8, 1))
    assert len(reading.entries) + reading.joined == count
    assert len(reading.faults) == rejected
    assert not code or {entry.list for entry in reading.entries} == {code}
