"""Items as plain facts under the names of the law's vocabulary, as `data/facts.yaml` maps them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tidewaiter.evidence.catalog.figures import Figure, plain
from tidewaiter.evidence.catalog.items import Chip

__all__ = ["Facts", "circuit_facts", "item_facts", "shipped_facts"]

_Names = Mapping[str, Any]
Facts = dict[str, Any]
_PartOf = Callable[[str], Chip]


def item_facts(chip: Chip, names: _Names, part: _PartOf, reading: str) -> Facts:
    """All facts of an item in one mapping; of an assembly, its form and the rows of its circuits."""
    if chip.contains:
        return shipped_facts(chip, names, part, reading)
    return _item_row(chip, names) | _row(chip, names["circuit"], names, reading)


def shipped_facts(chip: Chip, names: _Names, part: _PartOf, reading: str) -> Facts:
    """The facts of a transaction in this item: its form, and one row for each kind of circuit."""
    rows = circuit_facts(chip, names, part, reading)
    inside = {name: rows for name, field in names["item"].items() if field == "contains"}
    return _item_row(chip, names) | inside


def circuit_facts(chip: Chip, names: _Names, part: _PartOf, reading: str) -> list[Facts]:
    """The circuits of an item, each kind once with its count: those inside an assembly, else the item."""
    parts = [(p.count, part(p.item)) for p in chip.contains] or [(1, chip)]
    return [
        dict.fromkeys(names["part"], count) | _row(circuit, names["circuit"], names, reading)
        for count, circuit in parts
    ]


def _item_row(chip: Chip, names: _Names) -> Facts:
    return {name: names["forms"][chip.form] for name, field in names["item"].items() if field == "form"}


def _row(chip: Chip, group: _Names, names: _Names, reading: str) -> Facts:
    values = {name: _value(chip, field, names, reading) for name, field in group.items()}
    return {name: value for name, value in values.items() if value is not None}


def _value(chip: Chip, source: str | list[str], names: _Names, reading: str) -> Any:
    if source == "peaks":
        return _peaks(chip, names["peak"], reading)
    fields = [source] if isinstance(source, str) else source
    values = [value for name in fields if (value := getattr(chip, name)) is not None]
    if not values or getattr(chip, fields[0]) is None:
        return None
    return plain(values) if isinstance(values[0], Figure) else values[0]


def _peaks(chip: Chip, columns: _Names, reading: str) -> list[Facts] | Facts | None:
    """The rows of the peaks: a list says that there are no others. None for what does not compute."""
    if not chip.processes:
        return None
    rows = [{"bits": peak.width(reading), "tops": plain([peak.tops])} for peak in chip.peaks]
    named = [{name: row[field] for name, field in columns.items()} for row in rows]
    return named if chip.peaks_complete and named else {"complete": False, "rows": named}
