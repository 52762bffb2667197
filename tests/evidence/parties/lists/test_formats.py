"""Each format is recognized from what it holds, and read into entries. All parties are made up."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from tests.evidence.parties.lists.made_up import ADVANCED, CFR, csl_csv, csl_lines, csl_record, ofac_set, written

from tidewaiter.evidence.parties.lists.drafts import ListFault
from tidewaiter.evidence.parties.lists.entries import Address, Footnote
from tidewaiter.evidence.parties.lists.importing import Reading, read_list
from tidewaiter.evidence.parties.lists.recognition import format_of

__all__: list[str] = []

DAY = date(2031, 7, 9)
LANTERN = "Example Lantern Compute Co., Ltd."


def test_official_json_states_its_day(tmp_path: Path) -> None:
    record = csl_record(
        LANTERN, alt_names=["Lizi Dengta"], start_date="2030-01-02", ids=[{"type": "Tax ID", "number": "1"}]
    )
    text = json.dumps({"total": 1, "search_performed_at": "2031-07-09T01:02:03Z", "results": [record]}, indent=1)
    reading = read_list([written(tmp_path, "x", text)])
    assert (reading.format, reading.as_of) == ("csl_json", DAY)
    (entry,) = reading.entries
    assert [name.text for name in entry.names] == [LANTERN, "Lizi Dengta"]
    assert (entry.list, entry.countries, entry.listed, entry.listed_basis) == (
        "entity_list", ("CN",), date(2030, 1, 2), "effective",
    )  # fmt: skip
    assert entry.identifiers == (("tax", "1"),)
    assert entry.footnotes == (Footnote(4),)
    assert (entry.addresses[0].city, entry.citation) == ("Hefei", "99 FR 12345")


def test_official_csv_parts_several_values(tmp_path: Path) -> None:
    row = {
        "source": "Specially Designated Nationals (SDN) - Treasury Department",
        "entity_number": "99002",
        "type": "Individual",
        "programs": "EXAMPLE1; EXAMPLE2",
        "name": "DOE, Jan",
        "addresses": "1 Example Road, Hefei, CN; and 2 Example Road, Pyongyang, KP; KP",
        "alt_names": "DOE, Johnny; ROE, Jan",
        "dates_of_birth": "1970-01-01",
        "ids": "Passport, X1234567, KP; Gender, Male",
    }
    (entry,) = read_list([written(tmp_path, "x", csl_csv(row))], as_of=DAY).entries
    assert (entry.key, entry.list, entry.kind) == ("sdn:99002", "sdn", "person")
    assert [name.text for name in entry.names] == ["DOE, Jan", "DOE, Johnny", "ROE, Jan"]
    assert entry.programs == ("EXAMPLE1", "EXAMPLE2")
    assert entry.countries == ("CN", "KP")
    assert entry.addresses[1] == Address("2 Example Road, Pyongyang", "", "KP")
    assert entry.identifiers == (("passport", "X1234567"), ("born", "1970-01-01"))


def test_lines_condensed_and_gzip(tmp_path: Path) -> None:
    lines = written(
        tmp_path,
        "a",
        gzip.compress(
            csl_lines(csl_record(LANTERN, _supp4_address="1 Road, Hefei, China; and 2 Road, Wuhan, China.")).encode()
        ),
    )
    first = read_list([lines], as_of=DAY)
    assert first.format == "csl_lines"
    assert [each.text for each in first.entries[0].addresses[:2]] == ["1 Road, Hefei, China", "2 Road, Wuhan, China"]
    condensed = {
        "sourceGeneratedAt": "2031-07-09T01:00:00+00:00",
        "entryCount": 1,
        "countsBySource": {},
        "fieldKey": {},
        "tables": {"sources": [csl_record("x")["source"]], "licenceRequirements": ["See §734.9(g)"]},
        "entries": [{"n": LANTERN, "a": ["Lizi Dengta"], "s": 0, "c": ["CN", "HK"], "lr": 0, "fr": "99 FR 1"}],
    }  # fmt: skip
    second = read_list([written(tmp_path, "b", json.dumps(condensed))])
    assert (second.format, second.as_of) == ("csl_condensed", DAY)
    assert second.entries[0].countries == ("CN", "HK")
    assert second.entries[0].footnotes == (Footnote(3),)
    assert first.entries[0].key == second.entries[0].key


def test_old_ofac_set_is_joined_by_number(tmp_path: Path) -> None:
    reading = read_list(list(reversed(ofac_set(tmp_path))), as_of=DAY)
    company, person = reading.entries
    assert (reading.format, reading.faults) == ("ofac_primary", ())
    assert [(name.text, name.kind) for name in company.names] == [
        ("EXAMPLE LANTERN COMPUTE CO., LTD.", "primary"),
        ("EXAMPLE CANDLE COMPUTE", "former"),
        ("ELC", "weak"),
    ]
    assert company.addresses == (Address("1 Example Road", "Hefei 230000", "CN"),)
    assert company.programs == ("EXAMPLE1", "EXAMPLE2")
    assert (company.identifiers, company.parent) == ((("uscc", "91000000EXAMPLE001"),), "EXAMPLE HOLDING")
    assert (person.kind, person.note.endswith("nationality Nowhere.")) == ("person", True)
    assert {entry.list for entry in reading.entries} == {"sdn"}


def test_consolidated_ofac_set_is_told_by_its_programs(tmp_path: Path) -> None:
    reading = read_list(ofac_set(tmp_path, "CMIC-EO13959"), as_of=DAY)
    assert {entry.list for entry in reading.entries} == {"ns_cmic"}


def test_reheaded_names_without_aliases(tmp_path: Path) -> None:
    text = "ID,Name,Type,Country,Title,Col_F,Col_G,Col_H,Col_I,Col_J,Col_K,Details\n"
    text += "99001,EXAMPLE LANTERN,-0- ,EXAMPLE1,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,Tax ID No. 12345\n\x1a,,,,,,,,,,,\n"
    (entry,) = read_list([written(tmp_path, "x", text)], as_of=DAY).entries
    assert (entry.key, entry.kind, entry.programs) == ("sdn:99001", "organization", ("EXAMPLE1",))
    assert entry.identifiers == (("tax", "12345"),)
    assert entry.countries == ()


def test_advanced_xml_joins_its_parts(tmp_path: Path) -> None:
    reading = read_list([written(tmp_path, "x", ADVANCED)])
    company, owner = reading.entries
    assert (reading.format, reading.as_of) == ("ofac_advanced", DAY)
    assert [(name.text, name.kind) for name in company.names] == [
        ("EXAMPLE LANTERN COMPUTE", "primary"),
        ("LIZI DENGTA", "alias"),
        ("ELC", "weak"),
        ("CANDLE COMPUTE", "former"),
        ("栗子灯塔计算有限公司", "alias"),
    ]
    assert (company.key, company.list, company.listed) == ("sdn:99001", "sdn", date(2030, 5, 4))
    assert company.addresses == (Address("1 Example Road", "Hefei", "CN"),)
    assert company.identifiers == (("uscc", "91EXAMPLE0"),)
    assert (company.parent, company.programs) == ("EXAMPLE HOLDING", ("EXAMPLE1",))
    assert owner.list == "mbs"
    assert ["no party" in fault.what for fault in reading.faults] == [True]


def test_cfr_table_parts_names_aliases_and_addresses(tmp_path: Path) -> None:
    reading = read_list([written(tmp_path, "x", CFR)])
    first, second, third = reading.entries
    assert (reading.format, reading.as_of) == ("cfr_table", DAY)
    assert [name.text for name in first.names] == [LANTERN, "Lizi Dengta", "ELC Compute Inc."]
    assert [each.text for each in first.addresses] == ["1 Example Road, Hefei, China", "2 Example Road, Wuhan, China"]
    assert (first.citation, first.footnotes) == ("99 FR 12345; 99 FR 23456", (Footnote(5),))
    assert (first.listed, first.listed_basis) == (date(2030, 1, 2), "publication")
    assert second.names[0].text == "Example Paper Boats Ltd."
    assert second.countries == ("CN", "HK")
    assert third.countries == ()
    assert ["ATLANTIS" in remark.what for remark in reading.remarks] == [True]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("<TH>Country</TH><TH>Listed person and address</TH><TH>Federal Register citation and date</TH>", "unverified"),
        ("<TH>Country</TH><TH>Entity</TH><TH>Federal Register citation</TH>", "military_end_user"),
    ],
)
def test_cfr_tables_are_told_by_their_headings(tmp_path: Path, head: str, code: str) -> None:
    row = "<TR><TD>CHINA</TD><TD>Example Paper Boats, 7 Harbor Street, Wuhan, China.</TD><TD>99 FR 1, 1/2/30</TD></TR>"
    text = f"<DIV9><TABLE><THEAD><TR>{head}</TR></THEAD><TBODY>{row}</TBODY></TABLE></DIV9>"
    (entry,) = read_list([written(tmp_path, "x", text)], as_of=DAY).entries
    assert (entry.list, entry.names[0].text, entry.countries) == (code, "Example Paper Boats", ("CN",))


def test_government_printing_office_table(tmp_path: Path) -> None:
    heads = "".join(
        f"<CHED H='1'>{head}</CHED>"
        for head in ("Country", "Entity", "License requirement", "License review policy", "Federal Register citation")
    )
    cells = "".join(
        f"<ENT>{cell}</ENT>"
        for cell in (
            "IRAN",
            "Example Kites, 1 Sky Street, Tehran.",
            "All items subject to the EAR",
            "Denial",
            "99 FR 1, 1/2/30.",
        )
    )
    text = f"<RULE><GPOTABLE><BOXHD>{heads}</BOXHD><ROW>{cells}</ROW></GPOTABLE></RULE>"
    (entry,) = read_list([written(tmp_path, "x", text)], as_of=DAY).entries
    assert (entry.names[0].text, entry.countries, entry.policy) == ("Example Kites", ("IR",), "Denial")


def test_extract_of_one_list(tmp_path: Path) -> None:
    entity = {
        "name": "ELC; ", "aliases": ["Lizi Dengta"], "country": "China", "address": "1 Road, Hefei; and 2 Road, Wuhan.",
        "effective_date": "May 4, 2030", "federal_register": "99 FR 12345, 1/2/30",
        "notes": "Type of denial: Standard; Expires: 2032-01-01",
    }  # fmt: skip
    document = {"list_id": "bis-dpl", "extracted": "2031-07-09", "count": 1, "entities": [entity]}
    reading = read_list([written(tmp_path, "x", json.dumps(document))])
    (entry,) = reading.entries
    assert (entry.list, entry.listed, entry.removed) == ("denied_persons", date(2030, 5, 4), date(2032, 1, 2))
    assert (entry.names[0].text, entry.countries, len(entry.addresses)) == ("ELC", ("CN",), 2)
    assert reading.editions[0].complete_to is None


def test_editions_of_1260h_are_joined(tmp_path: Path) -> None:
    head = "Name,Clean Name,Alias,Previous Name,Parent Name,Note,Start date,End date,Source Url\n"
    rows = [
        "Example Kites Ltd (EK)*,Example Kites Ltd,EK,,,,2021-06-03,,",
        "Example Kites Ltd (EK),Example Kites Ltd,EK,Example Paper,,,2025-01-07,2026-02-17,https://example.invalid",
        "Example Kites Ltd (EK),Example Kites Ltd,EK,,,,2026-06-08,,",
        "Example Boats,Example Boats,,,Example Kites Ltd,,2025-01-07,2026-02-17,",
        "Example Nets,Example Nets,,,,,2021-06-03,2022-10-05,",
        "Example Nets,Example Nets,,,,,2024-01-31,,",
    ]
    reading = read_list([written(tmp_path, "x", head + "\n".join(rows) + "\n")], as_of=date(2026, 8, 20))
    found = {entry.key: entry for entry in reading.entries}
    kites, boats, nets, again = reading.entries
    assert (kites.listed, kites.removed) == (date(2021, 6, 3), None)
    assert {name.kind for name in kites.names} == {"primary", "alias", "former"}
    assert (boats.listed, boats.removed, boats.parent) == (date(2025, 1, 7), date(2026, 6, 8), "Example Kites Ltd")
    assert (nets.removed, again.listed, again.removed) == (date(2022, 10, 5), date(2024, 1, 31), None)
    assert again.key == nets.key + "~2"
    assert len(found) == 4
    assert reading.joined == 2
    assert len(reading.remarks) == 2


def test_covered_list_names_parties_or_classes(tmp_path: Path) -> None:
    rows = [
        '"Telecommunications equipment produced by Example Kites Company, including services.","March 12, 2021"',
        "Services provided by Example Nets Corp and its wholly-owned subsidiary Tiny (USA) LLC subject to a law.,"
        '"July 7, 2026"',
        '"Lanterns produced in a foreign country, except some.","March 23, 2026"',
    ]
    text = "covered_equipment_or_services,date_of_inclusion_on_covered_list\n" + "\n".join(rows) + "\n"
    reading = read_list([written(tmp_path, "x", text)], as_of=DAY)
    assert [entry.names[0].text for entry in reading.entries] == [
        "Example Kites Company",
        "Example Nets Corp",
        "Tiny (USA) LLC",
    ]
    assert reading.entries[0].listed == date(2021, 3, 12)
    assert [fault.where for fault in reading.faults] == ["x:4"]


def test_statute_and_other_tables(tmp_path: Path) -> None:
    statute = (
        "schema,name,aliases,topics,program,authority,reason,report-date,start-date,end-date,country,notes,source_url\n"
    )
    statute += 'Company,Example Cells,EC,,Section 154 of an Act,Congress,,,"October 1, 2027",,CN,,\n'
    statute += "Company,Example Cells,EC,,Section 9999 of an Act,Congress,,,,,,,\n"
    reading = read_list([written(tmp_path, "x", statute)], as_of=DAY)
    assert (reading.entries[0].list, reading.entries[0].listed) == ("section_154", date(2027, 10, 1))
    assert [fault.where for fault in reading.faults] == ["x:3"]
    denied = (
        "Name\tStreet_Address\tCity\tState\tCountry\tPostal_Code\tEffective_Date\tExpiration_Date\tStandard_Order\t"
    )
    denied += "Last_Update\tAction\tFR_Citation\n"
    denied += "JAN DOE\t1 ROAD\tHEFEI\t\tCN\t1\t01/02/2030\t01/02/2040\tY\t\tFR NOTICE ADDED\t99 F.R. 1\n"
    (entry,) = read_list([written(tmp_path, "y", denied)], as_of=DAY).entries
    assert (entry.list, entry.listed, entry.removed) == ("denied_persons", date(2030, 1, 2), date(2040, 1, 3))
    assert entry.addresses == (Address("1 ROAD, 1", "HEFEI", "CN"),)


def _ftm(*entities: dict[str, object]) -> str:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in entities)


def test_follow_the_money_joins_by_id(tmp_path: Path) -> None:
    text = _ftm(
        {"id": "a", "schema": "Company", "properties": {
            "name": [LANTERN], "alias": ["栗子"], "weakAlias": ["ELC"], "previousName": ["Candle"], "country": ["cn"],
            "addressEntity": ["p"], "uscCode": ["91E"]}},
        {"id": "b", "schema": "Company", "properties": {"name": ["Example Holding"]}, "target": False},
        {"id": "s", "schema": "Sanction", "properties": {
            "entity": ["a"], "programId": ["US-BIS-EL"], "authorityId": ["99 FR 1"], "startDate": ["2030-01-02"],
            "reason": ["See § 734.9(e)(1)"]}},
        {"id": "p", "schema": "Address", "properties": {"full": ["1 Road, Hefei"], "country": ["cn"]}},
        {"id": "o", "schema": "Ownership", "properties": {"owner": ["b"], "asset": ["a"], "percentage": ["60"]}},
        {"schema": "Company"},
    )  # fmt: skip
    reading = read_list([written(tmp_path, "x", text)], as_of=DAY)
    (entry,) = reading.entries
    assert (entry.key, entry.list, entry.parent) == ("entity_list:a", "entity_list", "Example Holding")
    assert [name.kind for name in entry.names] == ["primary", "alias", "weak", "former"]
    assert (entry.footnotes, entry.citation, entry.listed) == ((Footnote(1),), "99 FR 1", date(2030, 1, 2))
    assert entry.addresses == (Address("1 Road, Hefei", "", "CN"),)
    assert entry.identifiers == (("uscc", "91E"),)
    assert [fault.where for fault in reading.faults] == ["x:6"]
    assert [remark.where for remark in reading.remarks] == ["x:2"]
    assert len(read_list([tmp_path / "x"], "UVL", DAY).entries) == 1


def test_simple_targets(tmp_path: Path) -> None:
    head = "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,"
    head += "dataset,first_seen,last_seen,last_change\n"
    text = head + "ofac-99001,Company,Example Lantern,Lizi;Dengta,,cn;hk,1 Road,91E,,,,US-BIS-MEU,other,,,\n"
    (entry,) = read_list([written(tmp_path, "x", text)], as_of=DAY).entries
    assert (entry.key, entry.countries, len(entry.names)) == ("military_end_user:99001", ("CN", "HK"), 3)


def test_list_and_format_may_be_given(tmp_path: Path) -> None:
    path = written(
        tmp_path, "x", csl_lines(csl_record(LANTERN), csl_record("DOE", source="Denied Persons List (DPL) - X"))
    )
    assert [entry.list for entry in read_list([path], "DPL", DAY).entries] == ["denied_persons"]
    with pytest.raises(ListFault, match="'nope' is not known"):
        read_list([path], "nope", DAY)
    with pytest.raises(ListFault, match="'nope' is not known"):
        read_list([path], "", DAY, "nope")


def test_a_plain_table_needs_its_list(tmp_path: Path) -> None:
    path = written(tmp_path, "x", "Name,Aliases,Country,Date\nExample Kites,Birds;Paper,China,2030-01-02\n")
    with pytest.raises(ListFault, match="no known format"):
        read_list([path], as_of=DAY)
    (entry,) = read_list([path], "uflpa", DAY).entries
    assert (entry.list, len(entry.names), entry.countries, entry.listed) == ("uflpa", 3, ("CN",), date(2030, 1, 2))


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    assert format_of(written(tmp_path, "sdn.csv", ADVANCED)) == "ofac_advanced"
    assert format_of(written(tmp_path, "list.xml", csl_csv())) == "csl_csv"


def _read(path: Path) -> Reading:
    return read_list([path], as_of=DAY)


@pytest.mark.parametrize(
    "text", ["", "   \n", "hello, world\n1,2\n", '{"a": 1}', "[1, 2]", "<html><body>no</body></html>", "\x00\x01\x02"]
)
def test_unknown_formats_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ListFault):
        _read(written(tmp_path, "x", text))
