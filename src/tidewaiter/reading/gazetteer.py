"""Names to look for: a protocol for catalogs of other rooms; own names of companies, agencies and so on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol, runtime_checkable

from tidewaiter.reading.resources import read_data

__all__ = ["BUILT_IN_KINDS", "Gazetteer", "Name", "NameList", "Named", "built_in_names"]

BUILT_IN_KINDS = ("company", "agency", "instrument", "person", "case", "place", "model", "media")
"""The kinds of mention this room brings names for; others come from outside."""
_FILES = ("companies", "agencies", "instruments", "people", "cases", "places", "models", "media", "families")


@runtime_checkable
class Named(Protocol):
    """Something with names: a chip of the catalog, say. `names` are all usual spellings, in any language."""

    @property
    def key(self) -> str:
        """The stable key, unique within its kind."""
        ...

    @property
    def kind(self) -> str:
        """The kind of thing: chip, model …"""
        ...

    @property
    def names(self) -> Sequence[str]:
        """All usual names."""
        ...


class Gazetteer(Protocol):
    """A source of named things; wired in `faces`."""

    def entries(self) -> Iterable[Named]:
        """Every named thing; the same ones in the same order each time."""
        ...


@dataclass(frozen=True, slots=True)
class Name:
    """A named thing. `names` match in any case, `exact` only as written; `decoys` are phrases that are not it."""

    key: str
    kind: str
    names: tuple[str, ...]
    exact: tuple[str, ...] = field(default=())
    decoys: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class NameList:
    """A gazetteer of given names: `NameList((Name("h20", "chip", ("H20",)),))`."""

    items: tuple[Named, ...] = ()

    def entries(self) -> tuple[Named, ...]:
        """The names as given."""
        return self.items


@cache
def built_in_names() -> tuple[Name, ...]:
    """The names of the data files."""
    return tuple(
        _name(entry, data["kind"]) for data in (read_data(file) for file in _FILES) for entry in data["entries"]
    )


def _name(entry: dict[str, object], kind: str) -> Name:
    lists = [entry.get(field_name) or () for field_name in ("names", "exact", "no")]
    names, exact, decoys = (tuple(str(each) for each in values) for values in lists)  # type: ignore[attr-defined]
    return Name(str(entry["key"]), kind, names, exact, decoys)
