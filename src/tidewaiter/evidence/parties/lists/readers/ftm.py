"""FollowTheMoney: entities as JSON lines that refer to one another by id, and targets as CSV."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from tidewaiter.evidence.parties.lists.catalogue import list_of_program
from tidewaiter.evidence.parties.lists.drafts import Draft, Report
from tidewaiter.evidence.parties.lists.entries import Address
from tidewaiter.evidence.parties.lists.json_stream import json_lines
from tidewaiter.evidence.parties.lists.readers.remarks import identifier
from tidewaiter.evidence.parties.lists.readers.request import Request
from tidewaiter.evidence.parties.lists.readers.rows import csv_rows
from tidewaiter.evidence.parties.lists.sources import open_list, text_of
from tidewaiter.evidence.parties.lists.texts import clean, country_code, day_in, kind_code, read_data

__all__ = ["read_ftm", "read_targets"]

_Properties = Mapping[str, list[str]]
_NAMES = {"name": "alias", "alias": "alias", "weakAlias": "weak", "previousName": "former", "abbreviation": "weak"}
_FIRST_NUMBER = "ofac-"


def read_ftm(request: Request, report: Report) -> Iterator[Draft]:
    """Each listed party once for each of its sanctions; addresses and owners are joined by their ids."""
    parties: list[tuple[int, str, str, _Properties, list[str]]] = []
    sanctions: dict[str, list[_Properties]] = defaultdict(list)
    addresses: dict[str, _Properties] = {}
    owners: dict[str, str] = {}
    captions: dict[str, str] = {}
    with open_list(request.path) as stream:
        for line, value in json_lines(text_of(stream), report.name):
            known = _known(value)
            if known is None:
                report.reject(line, "is no entity", "an entity has id, schema and properties")
                continue
            schema, own, properties = known
            captions[own] = next(iter(properties.get("name", ())), "")
            if schema == "sanction":
                for each in properties.get("entity", ()):
                    sanctions[each].append(properties)
            elif schema == "address":
                addresses[own] = properties
            elif schema == "ownership":
                for each in properties.get("asset", ()):
                    owners[each] = next(iter(properties.get("owner", ())), "")
            elif kind_code(schema) and value and value.get("target") is False:
                report.remark(line, "is no target", "it stands in the file for others that are")
            elif kind_code(schema):
                datasets = value.get("datasets") if value else None
                parties.append((line, own, kind_code(schema), properties, _texts(datasets)))
            else:
                report.remark(line, f"schema '{schema}' is no party", "not needed")
    for line, own, kind, properties, datasets in parties:
        places = [addresses[each] for each in properties.get("addressEntity", ()) if each in addresses]
        owner = captions.get(owners.get(own, ""), "")
        drafts = [
            _draft(line, own, kind, properties, places, owner, sanction, code)
            for sanction in sanctions.get(own, [{}])
            for code in _codes(request, sanction, datasets)
        ]
        if not drafts:
            report.reject(line, "belongs to no known list", "give --list")
        yield from drafts


def _known(value: Mapping[str, Any] | None) -> tuple[str, str, _Properties] | None:
    if not value or not isinstance(value.get("id"), str) or not isinstance(value.get("schema"), str):
        return None
    properties = value.get("properties")
    if not isinstance(properties, dict):
        return None
    return value["schema"].casefold(), value["id"], {key: _texts(each) for key, each in properties.items()}


def _texts(value: Any) -> list[str]:
    return [clean(each) for each in value if isinstance(each, str | int | float)] if isinstance(value, list) else []


def _codes(request: Request, sanction: _Properties, datasets: list[str]) -> list[str]:
    """The lists of a sanction: as given, by its program, or by the data set."""
    if request.code:
        return [request.code]
    programs = [*sanction.get("programId", ()), *sanction.get("program", ())]
    if found := [code for each in programs if (code := list_of_program(each))]:
        return list(dict.fromkeys(found))
    by_dataset: dict[str, str] = read_data("formats.yaml")["datasets"]
    return list(dict.fromkeys(by_dataset[each] for each in datasets if each in by_dataset))


def _draft(
    line: int,
    own: str,
    kind: str,
    properties: _Properties,
    places: list[_Properties],
    owner: str,
    sanction: _Properties,
    code: str,
) -> Draft:
    names = [(text, how) for key, how in _NAMES.items() for text in properties.get(key, ())]
    draft = Draft(line, code, names[0][0] if names else "", _number(own), kind)
    draft.names = names[1:]
    draft.countries = [country_code(each) for key in ("country", "jurisdiction") for each in properties.get(key, ())]
    draft.addresses = [Address(text) for text in properties.get("address", ())]
    draft.addresses += [_address(each) for each in places]
    draft.listed, draft.listed_basis = _first_day(sanction.get("startDate", ())), "effective"
    draft.removed = _first_day(sanction.get("endDate", ()))
    draft.citation = "; ".join(sanction.get("authorityId", ()))
    draft.requirement = " ".join(sanction.get("reason", ()))
    draft.policy = " ".join(sanction.get("provisions", ()))
    draft.programs = sanction.get("program", [])
    draft.source = next(iter(sanction.get("sourceUrl", ())), "")
    draft.identifiers = [
        pair for key, values in properties.items() for each in values if (pair := identifier(key, each))
    ]
    draft.parent, draft.note = owner, " ".join(properties.get("notes", ()))
    return draft


def _number(own: str) -> str:
    """OFAC's own number where the id is made of it; other ids are the publisher's."""
    return own.removeprefix(_FIRST_NUMBER) if own.startswith(_FIRST_NUMBER) else own


def _address(properties: _Properties) -> Address:
    def first(key: str) -> str:
        return next(iter(properties.get(key, ())), "")

    return Address(first("full") or first("street"), first("city"), country_code(first("country")))


def _first_day(values: Any) -> Any:
    return min((day for each in values if (day := day_in(each))), default=None)


def read_targets(request: Request, report: Report) -> Iterator[Draft]:
    """The simple CSV of targets: names and aliases, countries, addresses; a row for each party."""
    with open_list(request.path) as stream:
        for line, row in csv_rows(text_of(stream), report):
            programs = [part.strip() for key in ("program_ids", "sanctions") for part in row.get(key, "").split(";")]
            codes = _codes(request, {"programId": programs}, [part.strip() for part in row["dataset"].split(";")])
            if not codes:
                report.reject(line, "belongs to no known list", "give --list")
            for code in codes:
                yield Draft(
                    line,
                    code,
                    clean(row["name"]),
                    _number(clean(row["id"])),
                    kind_code(clean(row["schema"])),
                    [(part, "alias") for part in _split(row["aliases"])],
                    [country_code(part) for part in _split(row["countries"])],
                    [Address(part) for part in _split(row["addresses"])],
                    identifiers=[pair for part in _split(row.get("identifiers", "")) if (pair := _told(part))],
                )


def _told(text: str) -> tuple[str, str] | None:
    """An identifier of which only the value is given."""
    return ("number", text) if any(each.isdigit() for each in text) else None


def _split(text: str) -> list[str]:
    return [part for piece in text.split(";") if (part := clean(piece))]
