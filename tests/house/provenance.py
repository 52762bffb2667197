"""Where law says it comes from: source, confidence, day checked, sense in own words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

__all__ = ["instrument_ids", "law_statements", "provenance_faults", "sources"]

CONFIDENCES = ("high", "medium", "low")


def instrument_ids(documents: list[tuple[str, Any]]) -> list[str]:
    """The ids of all instruments, doubles included."""
    lists = [document for path, document in documents if "/instruments/" in path and isinstance(document, list)]
    return [str(entry.get("id", "")) for entries in lists for entry in entries]


def law_statements(path: str, document: Any) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Each dated statement of a law file: where, its mapping, and whether it must say its sense."""
    if not isinstance(document, dict):
        return
    if "overlay" in document:
        yield path, document, True
    for version in document.get("versions") or ():
        if isinstance(version, dict) and ("decides" in document or "group" in document or "table" in document):
            yield f"{path}: version from {version.get('from')}", version, "decides" in document


def provenance_faults(where: str, statement: dict[str, Any], must_say: bool) -> Iterator[str]:
    """What a statement lacks, one line each. `end: unchecked` states no law and needs nothing."""
    if not isinstance(statement.get("from"), dt.date):
        yield f"{where}: from is no date"
    if statement.get("end") == "unchecked":
        return
    if not statement.get("source"):
        yield f"{where}: no source"
    if statement.get("confidence") not in CONFIDENCES:
        yield f"{where}: confidence is none of {', '.join(CONFIDENCES)}"
    if not isinstance(statement.get("checked"), dt.date):
        yield f"{where}: no day checked"
    if must_say and "end" not in statement and not _says(statement):
        yield f"{where}: says nothing in English and Chinese"


def _says(statement: dict[str, Any]) -> bool:
    """Both languages, on the statement itself or on each of its readings."""
    says = statement.get("says")
    if isinstance(says, dict):
        return bool(says.get("en")) and bool(says.get("zh"))
    readings = [r for r in (statement.get("readings") or {}).values() if isinstance(r, dict) and "says" in r]
    return bool(readings) and all(_says(reading) for reading in readings)


def sources(statement: dict[str, Any]) -> list[str]:
    """The instruments that a statement names."""
    return [source.strip() for source in str(statement.get("source") or "").split(";") if source.strip()]
