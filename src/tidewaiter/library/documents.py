"""Law files as documents: plain data that knows where each of its values stands, and notes what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.base.yaml import Lines, load_yaml_lines
from tidewaiter.engine.syntax import Place, nearest

__all__ = ["Document", "law_files", "read_document"]

_Path = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """One law file: its `name` (path under law/), its data, the place of each value, and the faults found so far."""

    name: str
    data: Any
    lines: Lines = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def place(self, path: _Path = ()) -> Place:
        """Where the value at a path of keys stands (or the nearest value above it)."""
        while path and path not in self.lines:
            path = path[:-1]
        line, column = self.lines.get(path, (0, 0))
        return Place(self.name, line, column)

    def fault(self, path: _Path, what: str, remedy: str = "") -> None:
        """Note a fault at a path."""
        self.faults.append(Fault(self.place(path).at(), what, remedy))

    def mapping(self, path: _Path, value: Any, allowed: Iterable[str], required: Iterable[str] = ()) -> dict[str, Any]:
        """`value` as a mapping with these keys only; notes unknown and missing ones."""
        if not isinstance(value, Mapping):
            self.fault(path, "must be a mapping of keys to values")
            return {}
        allowed = list(allowed)
        for key in value:
            if key not in allowed:
                self.fault((*path, key), f"unknown key '{key}'", nearest(key, allowed) or f"keys: {', '.join(allowed)}")
        for key in required:
            if value.get(key) is None:
                self.fault(path, f"'{key}' is missing")
        return dict(value)

    def text(self, path: _Path, value: Any, default: str = "") -> str:
        """`value` as text; numbers are taken as text too (ECCN 15)."""
        if value is None:
            return default
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            return str(value)
        self.fault(path, f"{value!r} is no text")
        return default

    def date(self, path: _Path, value: Any) -> dt.date | None:
        """`value` as a date or None."""
        if value is None or isinstance(value, dt.date):
            return value
        self.fault(path, f"{value!r} is no date", "write YYYY-MM-DD")
        return None

    def choice(self, path: _Path, value: Any, choices: Iterable[str], default: str) -> str:
        """`value` as one of `choices`."""
        choices = list(choices)
        if value in choices:
            return str(value)
        if value is not None:
            self.fault(path, f"'{value}' is none of {', '.join(choices)}", nearest(str(value), choices))
        return default

    def entries(self, path: _Path, value: Any) -> Mapping[str, Any]:
        """`value` as a mapping of any keys; nothing is an empty one."""
        if value is None:
            return {}
        if isinstance(value, Mapping):
            return value
        self.fault(path, "must be a mapping of keys to values")
        return {}

    def items(self, path: _Path, value: Any) -> list[Any]:
        """`value` as a list; nothing is an empty one."""
        if value is None:
            return []
        if isinstance(value, list):
            return value
        self.fault(path, "must be a list")
        return []


def read_document(name: str, text: str) -> Document:
    """Read the text of a law file; syntax faults are noted in the document, not raised."""
    try:
        data, lines = load_yaml_lines(text, name)
    except InputFaults as error:
        return Document(name, {}, {}, list(error.faults))
    return Document(name, data, lines)


def law_files() -> Iterator[tuple[str, Traversable]]:
    """The YAML files of the law that tidewaiter ships, by path under law/, sorted."""
    return iter(sorted(_below(resources.files("tidewaiter").joinpath("law"), "")))


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            yield f"{prefix}{entry.name}", entry
