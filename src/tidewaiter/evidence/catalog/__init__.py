"""Chips, what is made of them, and models: figures with sources and confidence, found by any usual name.

The functions here use the shipped catalog; `Catalog(folder)` reads another.
"""

from __future__ import annotations

from typing import Any

from tidewaiter.evidence.catalog.figures import Figure, Span, straddles
from tidewaiter.evidence.catalog.items import Chip, Found, Hardware, Model, Part, Peak
from tidewaiter.evidence.catalog.store import Catalog, default_catalog

__all__ = [
    "Catalog",
    "Chip",
    "Figure",
    "Found",
    "Hardware",
    "Model",
    "Part",
    "Peak",
    "Span",
    "circuits",
    "default_catalog",
    "facts",
    "find",
    "find_model",
    "look_up",
    "shipped",
    "straddles",
]


def find(name: str, where: str = "item") -> Chip:
    """The item of a usual name. Raises NameNotFound (nearest names) or AmbiguousName (candidates)."""
    return default_catalog().find(name, where)


def look_up(name: str, where: str = "item") -> Found:
    """Like `find`, with the count named and, for a family, its other variants and why one stands for all."""
    return default_catalog().look_up(name, where)


def find_model(name: str, where: str = "model") -> Model:
    """The model of a usual name. Raises NameNotFound with the nearest names."""
    return default_catalog().find_model(name, where)


def facts(chip: Chip, reading: str = "") -> dict[str, Any]:
    """The figures of an item as facts of the law's vocabulary; see `Catalog.facts`."""
    return default_catalog().facts(chip, reading)


def shipped(chip: Chip, reading: str = "") -> dict[str, Any]:
    """The facts of a transaction in an item: its form, and a row for each kind of circuit in it."""
    return default_catalog().shipped(chip, reading)


def circuits(chip: Chip, reading: str = "") -> list[dict[str, Any]]:
    """The facts of each kind of circuit in an item, with its count; see `Catalog.circuits`."""
    return default_catalog().circuits(chip, reading)
