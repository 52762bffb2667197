"""Traps of real lists, with parties that do not exist: glued footnotes, affiliates, marks, cuts, bombs."""

from __future__ import annotations

import gzip
import json
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.parties.lists.made_up import ADVANCED, CFR, csl_csv, csl_lines, csl_record, ofac_set, written

from tidewaiter.base.errors import LimitExceeded, TidewaiterError
from tidewaiter.evidence.parties.lists import sources, xml_stream
from tidewaiter.evidence.parties.lists.drafts import ListFault
from tidewaiter.evidence.parties.lists.importing import read_list
from tidewaiter.evidence.parties.lists.readers.cfr import name_and_address, party_cell
from tidewaiter.evidence.parties.lists.texts import (
    clean,
    country_code,
    day_in,
    folded,
    footnote_numbers,
    split_names,
)

__all__: list[str] = []

DAY = date(2031, 7, 9)


@pytest.mark.parametrize(
    ("requirement", "citation", "numbers"),
    [
        ("For all items subject to the EAR, see §§ 734.9(e)1 and 744.11 of the EAR2", "", (1, 2)),
        ("See §§ 734.9(e)(1) and 744.11 of the EAR", "", (1,)),
        ("(See §§ 734.9(e)(2) and 744.11 of the EAR)4", "", (4,)),
        ("(See §§ 734.9(e)(2) and 744.11 of the EAR)", "", (4,)),
        ("(See §§734.4(a)(9), 734.9(e)(3), and 744.11 of the EAR)5", "", (5,)),
        ("(See §§ 734.9(g),3 746.8(a)(3), and 744.11 of the EAR)", "", (3,)),
        ("See §734.9(e), and 744.11 of the EAR)4.", "84 FR 1; 87 FR 62202", (4,)),
        ("See §734.9(e), and 744.11 of the EAR).", "84 FR 1", ()),
        ("For all items subject to the EAR", "87 FR 62202", ()),
        ("", "", ()),
    ],
)
def test_footnote_follows_from_the_paragraph(requirement: str, citation: str, numbers: tuple[int, ...]) -> None:
    assert footnote_numbers(requirement, citation) == numbers


@pytest.mark.parametrize(
    ("text", "name", "others"),
    [
        ("Example Kites Co., Ltd.,", "Example Kites Co., Ltd.", []),
        ("Example Kites Ltd (EKL)*", "Example Kites Ltd (EKL)", [("EKL", "weak")]),
        ("Example Kites (Shanghai)", "Example Kites (Shanghai)", []),
        ("Example Kites (UAE)", "Example Kites (UAE)", []),
        ("Example Kites (Example)", "Example Kites (Example)", [("Example", "alias")]),
        (
            "Kites a.k.a., the following two aliases: —Paper; and —Birds",
            "Kites",
            [("Paper", "alias"), ("Birds", "alias")],
        ),
        ("Kites (f.k.a. Paper Birds)", "Kites", [("Paper Birds", "former")]),
    ],
)
def test_names_carry_their_aliases(text: str, name: str, others: list[tuple[str, str]]) -> None:
    assert split_names(text)[:2] == (name, others)


def test_an_affiliate_is_the_party() -> None:
    assert split_names("Example Kites Co. (Kites). Affiliated Entity: Hangzhou Example Kites Co., Ltd.") == (
        "Hangzhou Example Kites Co., Ltd.", [], "Example Kites Co. (Kites)",
    )  # fmt: skip


def test_typographic_marks_do_not_part_names() -> None:
    assert folded("Xi’an Kites") == folded("Xi'an  KITES") == folded("Ｘｉａｎ　Kites")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2030-01-02", date(2030, 1, 2)),
        ("99 FR 1, 1/2/30", date(2030, 1, 2)),
        ("January 2, 2030", date(2030, 1, 2)),
        ("02 Jan 2030", date(2030, 1, 2)),
        ("December 22, 2025Updated:January 7, 2026", date(2025, 12, 22)),
        ("2030-02-30", None),
        ("none", None),
    ],
)
def test_days_in_the_lists_forms(text: str, day: date | None) -> None:
    assert day_in(text) == day


def test_countries_and_nothing() -> None:
    assert [country_code(name) for name in ("PRC", "Korea, North", "TURKIYE", "hk", "Atlantis", "")] == [
        "CN",
        "KP",
        "TR",
        "HK",
        "",
        "",
    ]
    assert [clean(each) for each in ("-0- ", None, " a \n b ", "\x1a")] == ["", "", "a b", ""]


def test_names_and_addresses_part_after_the_legal_form() -> None:
    assert name_and_address("Example Kites Co., Ltd., Room 5, Hefei, China") == (
        "Example Kites Co., Ltd.",
        "Room 5, Hefei, China",
    )
    assert name_and_address("Example Kites") == ("Example Kites", "")
    name, aliases, addresses = party_cell("Kites, a.k.a., the following one alias:\n—Paper Co., Ltd.\nRoom 5, Hefei.")
    assert (name, [text for text, _ in aliases], addresses) == ("Kites", ["Paper Co., Ltd."], ["Room 5, Hefei"])


@pytest.mark.parametrize(
    ("cell", "aliases", "addresses"),
    [
        ("Kites, a.k.a., the following alias: —Paper. 5 Road, Hefei.", ["Paper"], ["5 Road, Hefei"]),
        ("Kites, a.k.a., the following two aliases:\n—Paper Co.; and\n—Birds Co., Ltd. Room 5, Hefei; and 7 Road, "
         "Wuhan. (See also Hong Kong.)", ["Paper Co.", "Birds Co., Ltd"], ["Room 5, Hefei", "7 Road, Wuhan"]),
        ("Kites, a.k.a., the following one alias:\n—Paper.\nHefei, China.", ["Paper"], ["Hefei, China"]),
    ],
)  # fmt: skip
def test_aliases_of_a_table_cell(cell: str, aliases: list[str], addresses: list[str]) -> None:
    assert party_cell(cell) == ("Kites", [(alias, "alias") for alias in aliases], addresses)


def test_rejected_rows_are_reported_with_line_and_reason(tmp_path: Path) -> None:
    good = csl_record("Example Kites")
    text = (
        csl_lines(good)
        + "no json\n"
        + csl_lines(csl_record(""), csl_record("x" * 1200), csl_record("B", source="Gazette"))
    )
    reading = read_list([written(tmp_path, "x", text)], as_of=DAY)
    assert len(reading.entries) == 1
    assert [(fault.where, fault.what.split(",")[0]) for fault in reading.faults] == [
        ("x:2", "is no record"),
        ("x:3", "no name"),
        ("x:4", "a name of 1"),
        ("x:5", "source 'Gazette' is no known list"),
    ]


def test_repeated_rows_are_joined_and_counted(tmp_path: Path) -> None:
    text = csl_lines(csl_record("Example Kites", alt_names=["A one"]), csl_record("EXAMPLE KITES", alt_names=["B two"]))
    reading = read_list([written(tmp_path, "x", text)], as_of=DAY)
    (entry,) = reading.entries
    assert ([name.text for name in entry.names], reading.joined) == (["Example Kites", "A one", "B two"], 1)


def test_parties_of_one_name_stay_apart_by_place_and_citation(tmp_path: Path) -> None:
    other = csl_record("Example Kites", addresses=[{"country": "SG"}])
    cited = csl_record("Example Kites", federal_register_notice="99 FR 2")
    reading = read_list([written(tmp_path, "x", csl_lines(csl_record("Example Kites"), other, cited))], as_of=DAY)
    assert len({entry.key for entry in reading.entries}) == 3


def test_addresses_are_entries_of_their_own_kind(tmp_path: Path) -> None:
    (entry,) = read_list([written(tmp_path, "x", csl_lines(csl_record("Address 01")))], as_of=DAY).entries
    assert entry.kind == "address"


def test_orphans_of_an_ofac_set_are_reported(tmp_path: Path) -> None:
    names, addresses, *rest = ofac_set(tmp_path)
    addresses.write_text('12345,1,"1 Road","Hefei","China",-0- \r\n')
    reading = read_list([names, addresses, *rest], as_of=DAY)
    assert ["12345" in fault.what for fault in reading.faults] == [True]


def test_bytes_that_are_no_utf8_are_read_as_windows(tmp_path: Path) -> None:
    text = csl_csv({"source": csl_record("x")["source"], "name": "Société Exemple"}).encode("cp1252")
    (entry,) = read_list([written(tmp_path, "x", text)], as_of=DAY).entries
    assert entry.names[0].text == "Société Exemple"


def test_utf16_is_read(tmp_path: Path) -> None:
    text = csl_csv({"source": csl_record("x")["source"], "name": "栗子有限公司"}).encode("utf-16")
    (entry,) = read_list([written(tmp_path, "x", text)], as_of=DAY).entries
    assert entry.names[0].text == "栗子有限公司"


# cut, damaged and hostile files -----------------------------------------------------------------------


def _whole() -> dict[str, str]:
    records = [csl_record(f"Example Kites {number}") for number in range(40)]
    rows = [{"source": records[0]["source"], "name": record["name"]} for record in records]
    return {
        "lines": csl_lines(*records),
        "json": json.dumps({"search_performed_at": "2031-07-09", "results": records}),
        "csv": csl_csv(*rows),
        "advanced": ADVANCED,
        "cfr": CFR,
    }


@pytest.mark.parametrize("kind", ["lines", "json", "csv", "advanced", "cfr"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_cut_in_half_is_refused(tmp_path: Path, kind: str, packed: bool) -> None:
    whole = _whole()[kind].encode()
    assert read_list([written(tmp_path, "whole", gzip.compress(whole) if packed else whole)], as_of=DAY).entries
    data = gzip.compress(whole) if packed else whole
    with pytest.raises(ListFault, match=r"cut off|no known format|damaged"):
        read_list([written(tmp_path, "half", data[: len(data) // 2])], as_of=DAY)


def test_fewer_entries_than_stated_are_refused(tmp_path: Path) -> None:
    document = {"list_id": "bis-dpl", "extracted": "2031-07-09", "count": 40, "entities": [{"name": "Example"}]}
    with pytest.raises(ListFault, match="states 40 entries but holds 1"):
        read_list([written(tmp_path, "x", json.dumps(document))])


def test_the_day_must_be_known(tmp_path: Path) -> None:
    with pytest.raises(ListFault, match="--as-of 2031-07-09"):
        read_list([written(tmp_path, "csl_2031-07-09.jsonl", csl_lines(csl_record("Example")))])


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = packed.compress(csl_lines(csl_record("Example")).encode()) + b"".join(
        packed.compress(b" " * 1_000_000) for _ in range(20)
    )
    with pytest.raises(LimitExceeded, match="after unpacking"):
        read_list([written(tmp_path, "x", data + packed.flush())], as_of=DAY)


def test_a_large_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_BYTES", 500)
    with pytest.raises(LimitExceeded, match="more than 500 bytes"):
        read_list([written(tmp_path, "x", csl_lines(*[csl_record("Example")] * 50))], as_of=DAY)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE Sanctions [<!ENTITY a "b">]><Sanctions>&a;<DistinctParties/></Sanctions>',
        '<!DOCTYPE Sanctions SYSTEM "file:///etc/hostname"><Sanctions><DistinctParties/></Sanctions>',
    ],
)
def test_document_types_and_entities_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ListFault, match="document type or entities"):
        read_list([written(tmp_path, "x", text)], as_of=DAY)


def test_deep_documents_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LimitExceeded):
        read_list([written(tmp_path, "x", "<Sanctions>" + "<DistinctParties>" * 500)], as_of=DAY)
    with pytest.raises(TidewaiterError):
        read_list(
            [written(tmp_path, "y", '{"search_performed_at": "2031-07-09", "results": ' + "[" * 200_000)], as_of=DAY
        )


def test_a_huge_element_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_stream, "_MOST_NODES", 10)
    with pytest.raises(LimitExceeded, match="more than 10 parts"):
        read_list([written(tmp_path, "x", CFR)], as_of=DAY)


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_LINE", 2_000)
    for text in (csl_lines(csl_record("x" * 4_000)), csl_csv({"name": "x" * 4_000})):
        with pytest.raises(LimitExceeded, match="a line of more than 2,000"):
            read_list([written(tmp_path, "x", text)], as_of=DAY)


@pytest.mark.parametrize("encoding", ["nonesuch", "shift_jis", "utf-7"])
def test_unread_encodings_of_xml_are_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(ListFault):
        read_list([written(tmp_path, "x", f'<?xml version="1.0" encoding="{encoding}"?><Sanctions>é</Sanctions>')])


def test_missing_files_and_folders(tmp_path: Path) -> None:
    for path in (tmp_path / "absent", tmp_path):
        with pytest.raises(ListFault):
            read_list([path], as_of=DAY)
    with pytest.raises(ListFault, match="2 lists at once"):
        read_list([written(tmp_path, "a", CFR), written(tmp_path, "b", ADVANCED)])
    with pytest.raises(ListFault, match="no file of names"):
        read_list(ofac_set(tmp_path)[1:])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(_whole())), st.integers(0, 4000), st.binary(max_size=6))
def test_damage_never_ends_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, kind: str, at: int, junk: bytes
) -> None:
    data = _whole()[kind].encode()
    place = at % len(data)
    path = written(tmp_path_factory.mktemp("d"), "x", data[:place] + junk + data[place + len(junk) :])
    try:
        reading = read_list([path], as_of=DAY)
    except TidewaiterError:
        return
    assert all(entry.names and entry.key for entry in reading.entries)
