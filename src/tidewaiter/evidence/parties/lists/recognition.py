"""Telling the format of a list file from what it holds, never from its name."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tidewaiter.base.errors import Fault
from tidewaiter.evidence.parties.lists.drafts import ListFault
from tidewaiter.evidence.parties.lists.sources import head_of
from tidewaiter.evidence.parties.lists.texts import clean, read_data

__all__ = ["FormatRow", "format_of", "formats"]

FormatRow = Mapping[str, Any]
"""A format's row of the data: reader, how complete, columns."""


def formats() -> dict[str, FormatRow]:
    """All formats by code."""
    tables = read_data("formats.yaml")
    shelves = ("json", "lines", "xml", "tables", "headless")
    return {code: row for shelf in shelves for code, row in tables[shelf].items()}


def format_of(path: Path, list_said: bool = False) -> str:
    """The code of a file's format; a plain table counts only where its list is said.

    Raises ListFault (unreadable, empty, unknown).
    """
    head = head_of(path).lstrip("\ufeff \t\r\n")
    if not head:
        raise ListFault([Fault(str(path.name), "is empty", "give a list")])
    tables = read_data("formats.yaml")
    found = (
        _marked(head, tables["xml"])
        if head.startswith("<")
        else _json(head, tables)
        if head[0] in "{["
        else _table(head, tables, list_said)
    )
    if not found:
        titles = "; ".join(dict.fromkeys(row["title"] for row in formats().values()))
        raise ListFault([Fault(path.name, "is of no known format", f"one of: {titles}")])
    return found


def _marked(head: str, rows: Mapping[str, FormatRow]) -> str:
    """The first format of which a mark stands in the text; of JSON all marks must."""
    return next((code for code, row in rows.items() if any(mark in head for mark in row["marks"])), "")


def _json(head: str, tables: Mapping[str, Any]) -> str:
    first = head.partition("\n")[0]
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict):
        for code, row in tables["lines"].items():
            if all(key in value for key in row["keys"]):
                return str(code)
    for code, row in tables["json"].items():
        if all(mark in head for mark in row["marks"]):
            return str(code)
    return ""


def _table(head: str, tables: Mapping[str, Any], list_said: bool) -> str:
    first = head.partition("\n")[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    try:
        row = next(csv.reader(io.StringIO(head), delimiter=delimiter), [])
    except csv.Error:
        return ""
    cells = [cell.strip() for cell in row]
    for code, found in tables["tables"].items():
        if set(found["header"]) <= set(cells) and (list_said or not found.get("said")):
            return str(code)
    return _headless(cells, tables["headless"])


def _headless(cells: Sequence[str], rows: Mapping[str, FormatRow]) -> str:
    for code, row in rows.items():
        if len(cells) == row["width"] and all(clean(cell).isdigit() for cell in cells[: row["numbers"]]):
            return str(code)
    return ""
