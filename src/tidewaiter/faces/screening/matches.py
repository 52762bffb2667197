"""Screening in the shape of yente: `{"responses": {"q1": {"query": …, "results": [{id, caption, …}]}}}`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults, QuestionFaults
from tidewaiter.faces.screening.proposals import Proposal, proposals
from tidewaiter.faces.screening.screens import MAX_LIMIT, Request
from tidewaiter.faces.screening.sources import Sources, sources

__all__ = ["MAX_QUERIES", "match_responses"]

MAX_QUERIES = 100
"""Most queries of one call."""
_SCHEMAS = {
    "person": "Person",
    "organization": "Organization",
    "vessel": "Vessel",
    "aircraft": "Airplane",
    "address": "Address",
}
_ANY_SCHEMA = "LegalEntity"
_IDENTIFIERS = ("registrationNumber", "leiCode", "taxNumber", "idNumber", "passportNumber", "imoNumber", "uscCode")
_PERSON, _FIRM = "Person", "Organization"


def match_responses(
    queries: Mapping[str, Any],
    on: dt.date | None = None,
    limit: int = 5,
    threshold: float | None = None,
    lists: tuple[str, ...] = (),
    own: Sources | None = None,
) -> dict[str, Any]:
    """The responses to queries of the form `{"q1": {"schema": "Company", "properties": {"name": ["…"]}}}`.

    A `match` is a possible match above the line and in force on the day: a proposal, no finding. Raises
    QuestionFaults with every fault of every query.
    """
    own, day, faults = own or sources(), on or dt.date.today(), []
    if not isinstance(queries, Mapping) or not 0 < len(queries) <= MAX_QUERIES or not 1 <= limit <= MAX_LIMIT:
        remedy = f'{{"q1": {{"schema": "Company", "properties": {{"name": ["…"]}}}}}}; limit up to {MAX_LIMIT}'
        raise QuestionFaults([Fault("queries", f"no mapping of 1 to {MAX_QUERIES} queries", remedy)])
    responses = {}
    for key, query in queries.items():
        try:
            request = _request(query, f"queries.{key}", day, lists)
            found = proposals(request.query, day, own, lists, limit, threshold)
        except InputFaults as error:
            faults += list(error.faults)
            continue
        results = [_result(each) for each in found]
        total = {"value": len(results), "relation": "eq"}
        responses[str(key)] = {"status": 200, "query": dict(query), "results": results, "total": total}
    if faults:
        raise QuestionFaults(faults)
    return {"responses": responses, "limit": limit}


def _request(query: Any, where: str, day: dt.date, lists: tuple[str, ...]) -> Request:
    properties = query.get("properties") if isinstance(query, Mapping) else None
    names = _texts(properties, "name") if isinstance(properties, Mapping) else []
    if not names or not isinstance(properties, Mapping):
        raise QuestionFaults([Fault(f"{where}.properties.name", "is missing", '"properties": {"name": ["…"]}')])
    countries = [text for key in ("country", "jurisdiction", "nationality") for text in _texts(properties, key)]
    numbers = [(key, text) for key in _IDENTIFIERS for text in _texts(properties, key)]
    address = next(iter(_texts(properties, "address")), "")
    schema = {_PERSON: _PERSON}.get(str(query.get("schema")), _FIRM) if query.get("schema") != _ANY_SCHEMA else ""
    return Request(names[0], day, next(iter(countries), "").upper()[:2], address, schema, tuple(numbers), lists)


def _texts(properties: Mapping[str, Any], key: str) -> list[str]:
    values = properties.get(key)
    return [each.strip() for each in (values if isinstance(values, list) else [values]) if isinstance(each, str)]


def _result(each: Proposal) -> dict[str, Any]:
    entry = each.entry
    held = {
        "name": [name.text for name in entry.names if name.kind == "primary"],
        "alias": [name.text for name in entry.names if name.kind not in ("primary", "weak", "former")],
        "weakAlias": [name.text for name in entry.names if name.kind == "weak"],
        "previousName": [name.text for name in entry.names if name.kind == "former"],
        "country": [country.lower() for country in entry.countries],
        "address": [address.text for address in entry.addresses if address.text],
        "program": list(entry.programs),
        "sourceUrl": [entry.source] if entry.source else [],
        "createdAt": [entry.listed.isoformat()] if entry.listed else [],
    }
    held.update({kind: [value] for kind, value in entry.identifiers})
    return {
        "id": entry.key,
        "caption": entry.names[0].text if entry.names else entry.key,
        "schema": _SCHEMAS.get(entry.kind, _ANY_SCHEMA),
        "properties": {key: values for key, values in held.items() if values},
        "datasets": [entry.list],
        "referents": [],
        "target": True,
        "score": round(each.hit.score, 4),
        "features": {piece.how: round(piece.score, 3) for piece in each.hit.comparison.aligned},
        "match": each.is_open or each.is_confirmed,
        "status": each.status,
    }
