"""The Consolidated Screening List: official JSON and CSV, JSON lines, and a condensed JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tidewaiter.evidence.parties.lists.catalogue import list_of_source
from tidewaiter.evidence.parties.lists.drafts import Draft, Report
from tidewaiter.evidence.parties.lists.entries import Address
from tidewaiter.evidence.parties.lists.json_stream import json_lines, json_members
from tidewaiter.evidence.parties.lists.readers.remarks import identifier, identifiers_in, kind_of_identifier
from tidewaiter.evidence.parties.lists.readers.request import Request
from tidewaiter.evidence.parties.lists.readers.rows import csv_rows
from tidewaiter.evidence.parties.lists.sources import open_list, text_of
from tidewaiter.evidence.parties.lists.texts import (
    address_pieces,
    clean,
    country_code,
    day_after,
    day_in,
    kind_code,
    read_data,
)

__all__ = ["read_condensed", "read_csv", "read_json", "read_lines"]

_Row = Mapping[str, Any]


def read_json(request: Request, report: Report) -> Iterator[Draft]:
    """The official JSON: an object whose `results` hold the records."""
    with open_list(request.path) as stream:
        for key, value, line in json_members(text_of(stream), report.name):
            if key == "results":
                yield from _record(value, line, request, report)
            elif key == "search_performed_at":
                report.as_of = day_in(str(value))
            elif key == "total" and isinstance(value, int):
                report.expected = value


def read_lines(request: Request, report: Report) -> Iterator[Draft]:
    """One record of the official JSON a line."""
    with open_list(request.path) as stream:
        for line, value in json_lines(text_of(stream), report.name):
            yield from _record(value, line, request, report)


def read_csv(request: Request, report: Report) -> Iterator[Draft]:
    """The official CSV; several values of a column stand in one cell, divided by semicolons."""
    with open_list(request.path) as stream:
        for line, row in csv_rows(text_of(stream), report):
            split: dict[str, Any] = dict(row)
            for column in ("programs", "alt_names", "citizenships", "nationalities"):
                split[column] = _parts(row.get(column))
            split["addresses"] = [_address_of_cell(cell) for cell in _parts(row.get("addresses"))]
            split["ids"] = [_id_of_cell(cell) for cell in _parts(row.get("ids"))]
            yield from _record(split, line, request, report)


def read_condensed(request: Request, report: Report) -> Iterator[Draft]:
    """A condensed form: records of short keys, with tables of the values that repeat."""
    tables: dict[str, list[str]] = {}
    with open_list(request.path) as stream:
        for key, value, line in json_members(text_of(stream), report.name):
            if key == "sourceGeneratedAt":
                report.as_of = day_in(str(value))
            elif key == "entryCount" and isinstance(value, int):
                report.expected = value
            elif key == "tables" and isinstance(value, dict):
                tables = value
            elif key == "entries":
                yield from _record(_expanded(value, tables), line, request, report)


def _expanded(value: Any, tables: Mapping[str, list[str]]) -> _Row | None:
    if not isinstance(value, dict):
        return None

    def looked_up(key: str, table: str) -> str:
        place = value.get(key)
        rows = tables.get(table, [])
        return rows[place] if isinstance(place, int) and 0 <= place < len(rows) else ""

    return {
        "source": looked_up("s", "sources"),
        "entity_number": value.get("e"),
        "type": value.get("t"),
        "name": value.get("n"),
        "alt_names": value.get("a"),
        "addresses": [{"country": code} for code in value.get("c") or ()],
        "programs": _parts(looked_up("pg", "programmes")),
        "federal_register_notice": value.get("fr"),
        _fields()["requirement"]: looked_up("lr", "licenceRequirements"),
        _fields()["policy"]: looked_up("lp", "licencePolicies"),
        "source_list_url": looked_up("u", "urls"),
    }


def _record(value: Any, line: int, request: Request, report: Report) -> Iterator[Draft]:
    """The draft of a record; a record of no known list is rejected."""
    if not isinstance(value, Mapping):
        report.reject(line, "is no record", "a record is an object with source and name")
        return
    source = clean(value.get("source"))
    code = list_of_source(source)
    if not code:
        report.reject(line, f"source '{source[:80]}' is no known list", "see: tidewaiter lists")
        return
    if request.code and code != request.code:
        return
    places = [_address(each) for each in _listed(value.get("addresses"))]
    ids = _listed(value.get("ids"))
    remarks = clean(value.get("remarks"))
    yield Draft(
        line=line,
        code=code,
        name=clean(value.get("name")),
        id=clean(value.get("entity_number")),
        kind=kind_code(clean(value.get("type"))),
        names=[(piece, "alias") for each in _listed(value.get("alt_names")) for piece in _parts(each)],
        countries=[each.country for each in places] + [country_code(clean(value.get("country")))],
        addresses=[*_printed(value, places), *(each for each in places if each.text or each.city)],
        listed=day_in(clean(value.get("start_date"))),
        listed_basis="effective",
        removed=day_after(clean(value.get("end_date"))),
        citation=clean(value.get("federal_register_notice")),
        requirement=clean(value.get(_fields()["requirement"])),
        policy=clean(value.get(_fields()["policy"])),
        programs=[clean(each) for each in _listed(value.get("programs"))],
        identifiers=[
            *(pair for each in ids if isinstance(each, Mapping) and (pair := _id(each))),
            *identifiers_in(remarks),
            *(("born", clean(each)) for each in _listed(value.get("dates_of_birth"))),
        ],
        source=clean(value.get("source_list_url")),
        note=remarks,
    )


def _printed(value: _Row, places: list[Address]) -> Iterator[Address]:
    """Addresses as Supplement No. 4 prints them, where the record carries them."""
    country = places[0].country if len({each.country for each in places}) == 1 else ""
    for row in clean(value.get("_supp4_address")).split(" | "):
        for text in address_pieces(row):
            yield Address(text, "", country_code(text.rpartition(",")[2].strip(" .")) or country)


def _fields() -> dict[str, str]:
    """The names of fields that are words of the law too."""
    found: dict[str, str] = read_data("formats.yaml")["csl_fields"]
    return found


def _parts(value: object) -> list[str]:
    return [part for piece in clean(value).split(";") if (part := clean(piece))]


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return _parts(value) if isinstance(value, str) else []


def _address(value: Any) -> Address:
    if not isinstance(value, Mapping):
        return Address(clean(value))
    street = [clean(value.get(key)) for key in ("address", "state", "postal_code")]
    return Address(", ".join(filter(None, street)), clean(value.get("city")), country_code(clean(value.get("country"))))


def _address_of_cell(cell: str) -> dict[str, str]:
    """A cell's address: the last part is the country where it is one."""
    text = next(iter(address_pieces("; " + cell)), "")
    head, _, last = text.rpartition(",")
    code = country_code(clean(last))
    return {"address": clean(head) if code else text, "country": code}


def _id(value: _Row) -> tuple[str, str] | None:
    return identifier(clean(value.get("type")), clean(value.get("number")))


def _id_of_cell(cell: str) -> dict[str, str]:
    kind, _, rest = cell.partition(",")
    number, _, _ = rest.strip().partition(",")
    return {"type": kind if kind_of_identifier(kind) else "", "number": number}
