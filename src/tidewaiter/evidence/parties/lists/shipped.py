"""What the package ships, compiled: the lists known, the curated table, the names known not to be listed.

`data/compiled.rows` holds the hash of the YAML files it was made from; when they differ, they are compiled anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tidewaiter.evidence.parties.lists.entries import Edition, ListBook
from tidewaiter.evidence.parties.lists.rows import EntryRows, read_rows, write_rows
from tidewaiter.evidence.parties.lists.texts import data_folder

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["COMPILED", "compiled", "shipped_book", "shipped_header", "shipped_lists"]

COMPILED = "compiled.rows"
_ORIGIN = "curated"


def compiled() -> bytes:
    """The YAML files in their compiled form. Raises InputFaults with every fault."""
    from tidewaiter.base.yaml import load_yaml
    from tidewaiter.evidence.parties.lists.curated import curated_entries, doubts_of, notes_of

    texts = _texts()
    tables = {name: text for name, text in texts.items() if name.startswith("curated/")}
    header = {
        "texts": _digest(texts),
        "lists": _plain(load_yaml(texts["lists.yaml"], "lists.yaml")),
        "unlisted": _plain(load_yaml(texts["unlisted.yaml"], "unlisted.yaml")),
        "doubts": doubts_of(tables),
        "notes": notes_of(tables),
    }
    return write_rows(header, curated_entries(tables))


@lru_cache(maxsize=1)
def _shipped() -> tuple[dict[str, Any], EntryRows]:
    file = data_folder() / COMPILED
    if file.is_file():
        try:
            header, rows = read_rows(file.read_bytes())
        except (ValueError, KeyError):
            header, rows = {}, EntryRows(b"", [0])
        if header.get("texts") == _digest(_texts()):
            return header, rows
    return read_rows(compiled())


def shipped_header() -> Mapping[str, Any]:
    """What is shipped beside the entries: lists, names known not to be listed, unclear footnotes."""
    return _shipped()[0]


def shipped_lists() -> Mapping[str, Mapping[str, Any]]:
    """The lists known, as plain data."""
    found: Mapping[str, Mapping[str, Any]] = _shipped()[0]["lists"]
    return found


@lru_cache(maxsize=1)
def shipped_book() -> ListBook:
    """The curated table as a book. It is never complete: its absence proves nothing."""
    header, rows = _shipped()
    said = header["unlisted"]
    days = {code: row["to"] for code, row in said["checked"].items()}
    counts: dict[str, int] = {}
    for entry in rows:
        counts[entry.list] = counts.get(entry.list, 0) + 1
    digest = header["sha256"]
    editions = tuple(
        Edition(code, _day(days.get(code, said["table_as_of"])), None, None, True, _ORIGIN, count, digest)
        for code, count in sorted(counts.items())
    )
    return ListBook(rows, editions, digest)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _texts() -> dict[str, str]:
    """The YAML files that are compiled, by their name in the data folder."""
    folder = data_folder()
    found = {name: (folder / name).read_text(encoding="utf-8") for name in ("lists.yaml", "unlisted.yaml")}
    for file in _files(folder / "curated"):
        found[f"curated/{file.name}"] = file.read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def _files(folder: Traversable) -> list[Traversable]:
    return [file for file in folder.iterdir() if file.name.endswith(".yaml")]


def _digest(texts: Mapping[str, str]) -> str:
    state = hashlib.sha256()
    for name, text in texts.items():
        state.update(f"{name}\0{len(text)}\0{text}\0".encode())
    return state.hexdigest()


def _plain(value: Any) -> Any:
    """Data as JSON holds them: days as text."""
    return json.loads(json.dumps(value, default=str))
