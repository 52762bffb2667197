"""Items as plain facts under the names of the law's vocabulary, as `data/facts.yaml` maps them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tidewaiter.evidence.catalog.figures import Figure, plain
from tidewaiter.evidence.catalog.items import Chip

__all__ = ["circuit_facts", "item_facts"]

Names = Mapping[str, Any]
Facts = dict[str, Any]


def item_facts(chip: Chip, names: Names, part: Callable[[str], Chip], reading: str) -> Facts:
    """All facts of an item; of an assembly, the facts of each kind of circuit in it, with its count."""
    if chip.contains:
        row = _mapped(chip, {**names["item"], **names["assembly"]}, names, reading)
        ics = circuit_facts(chip, names, part, reading)
        return {**row, **{name: ics for name, source in names["assembly"].items() if source == "contains"}}
    group = names["stack"] if chip.hbm_bandwidth else names["circuit"]
    return _mapped(chip, {**names["item"], **group}, names, reading)


def circuit_facts(chip: Chip, names: Names, part: Callable[[str], Chip], reading: str) -> list[Facts]:
    """The circuits of an item, each kind once with its count: those inside an assembly, else the item."""
    parts = [(p.count, part(p.item)) for p in chip.contains] or [(1, chip)]
    return [
        {name: count for name in names["part"]} | item_facts(circuit, names, part, reading)
        for count, circuit in parts
    ]


def _mapped(chip: Chip, group: Names, names: Names, reading: str) -> Facts:
    values = {name: _value(chip, source, names, reading) for name, source in group.items()}
    return {name: value for name, value in values.items() if value is not None}


def _value(chip: Chip, source: str | list[str], names: Names, reading: str) -> Any:
    if source == "peaks":
        return _peaks(chip, names["peak"], reading)
    if source == "contains":
        return None
    fields = [source] if isinstance(source, str) else source
    values = [value for name in fields if (value := getattr(chip, name)) is not None]
    if not values or getattr(chip, fields[0]) is None:
        return None
    return plain(values) if isinstance(values[0], Figure) else values[0]


def _peaks(chip: Chip, columns: Names, reading: str) -> list[Facts] | None:
    rows = [{"bits": peak.width(reading), "tops": plain([peak.tops])} for peak in chip.peaks]
    return [{name: row[source] for name, source in columns.items()} for row in rows] or None
