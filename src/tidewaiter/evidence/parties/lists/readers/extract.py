"""Extracts of single lists as JSON: an object with the list's id and its entities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tidewaiter.base.errors import Fault
from tidewaiter.evidence.parties.lists.catalogue import list_of_extract
from tidewaiter.evidence.parties.lists.drafts import Draft, ListFault, Report
from tidewaiter.evidence.parties.lists.entries import Address
from tidewaiter.evidence.parties.lists.json_stream import json_members
from tidewaiter.evidence.parties.lists.readers.remarks import identifiers_in
from tidewaiter.evidence.parties.lists.readers.request import Request
from tidewaiter.evidence.parties.lists.sources import open_list, text_of
from tidewaiter.evidence.parties.lists.texts import (
    address_pieces,
    clean,
    country_code,
    day_after,
    day_in,
    pattern,
    words,
)

__all__ = ["read_extract"]


def read_extract(request: Request, report: Report) -> Iterator[Draft]:
    """The entities of an extract. Raises ListFault when its list is not known."""
    code = request.code
    with open_list(request.path) as stream:
        for key, value, line in json_members(text_of(stream), report.name):
            if key == "list_id":
                code = code or list_of_extract(str(value))
                if not code:
                    raise ListFault([Fault(report.name, f"list '{value}' is not known", "give --list")])
            elif key == "extracted":
                report.as_of = day_in(str(value))
            elif key == "count" and isinstance(value, int):
                report.expected = value
            elif key == "entities":
                if isinstance(value, dict):
                    yield _draft(code, value, line)
                else:
                    report.reject(line, "is no record", "a record is an object with a name")


def _draft(code: str, value: Mapping[str, Any], line: int) -> Draft:
    country = country_code(clean(value.get("country")))
    notes, citation = clean(value.get("notes")), clean(value.get("federal_register"))
    requirement = notes if pattern(words()["requirement_begins"]).match(notes) else ""
    aliases = value.get("aliases")
    draft = Draft(line, code, clean(value.get("name")))
    draft.names = [(clean(each), "alias") for each in aliases] if isinstance(aliases, list) else []
    draft.countries = [country]
    draft.addresses = [Address(text, "", country) for text in address_pieces(clean(value.get("address")))]
    draft.listed = day_in(clean(value.get("effective_date")))
    draft.listed_basis = "effective"
    if match := pattern(words()["expires"]).search(notes):
        draft.removed = day_after(match["day"])
    draft.citation = "; ".join(found.group() for found in pattern(words()["citation"]).finditer(citation)) or citation
    draft.requirement = requirement
    draft.note = "" if requirement else notes
    draft.identifiers = identifiers_in(notes)
    return draft
