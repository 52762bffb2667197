"""Compiled rows to items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from tidewaiter.evidence.catalog.figures import Figure, Span
from tidewaiter.evidence.catalog.items import Chip, Hardware, Model, Part, Peak

__all__ = ["build_chip", "build_model"]

_Row = Mapping[str, Any]


def build_chip(key: str, row: _Row, formats: _Row) -> Chip:
    """The chip of a compiled row; `formats` are the compiled number formats and kinds of memory."""
    memory, stack = row.get("memory", {}), row.get("hbm", {})
    kind = formats["memory_types"].get(memory.get("type"), {})

    def fig(unit: str, value: Sequence[Any] | None) -> Figure | None:
        return _figure(row, unit, value)

    return Chip(
        key=key,
        name=row["name"],
        vendor=row["vendor"],
        family=row["family"],
        variant=row.get("variant", ""),
        form=row["form"],
        aliases=tuple(row.get("aliases", ())),
        released=_span(row["released"]),
        headquarters=row.get("headquarters"),
        process=row.get("process"),
        nonplanar=row.get("nonplanar"),
        peaks=tuple(_peak(row, name, value, formats) for name, value in row.get("peaks", {}).items()),
        peaks_complete=row.get("peaks_complete", False),
        die_area=fig("mm2", row.get("die_area")),
        logic_dies=row.get("logic_dies"),
        transistors=fig("1e9", row.get("transistors")),
        memory_type=memory.get("type"),
        memory_gb=fig("GB", memory.get("gb")),
        memory_bandwidth=fig("GB/s", memory.get("bandwidth")),
        dram=kind.get("dram"),
        contains_hbm=kind.get("hbm"),
        link=fig("GB/s", row.get("link")),
        host_link=fig("GB/s", row.get("host_link")),
        tdp=fig("W", row.get("tdp")),
        data_center=row.get("data_center"),
        hbm_bandwidth=fig("GB/s", stack.get("bandwidth")),
        hbm_area=fig("mm2", stack.get("area")),
        published_tpp=row.get("published_tpp"),
        contains=tuple(Part(part["item"], part["count"]) for part in row.get("contains", ())),
        sources=tuple(row["sources"]),
        confidence=row["confidence"],
        note=row.get("note", ""),
    )


def build_model(key: str, row: _Row) -> Model:
    """The model of a compiled row."""
    parameters = row.get("parameters", {})

    def fig(unit: str, value: Sequence[Any] | None) -> Figure | None:
        return _figure(row, unit, value)

    return Model(
        key=key,
        name=row["name"],
        developer=row["developer"],
        country=row["country"],
        aliases=tuple(row.get("aliases", ())),
        released=_span(row["released"]),
        parameters_total=fig("parameters", parameters.get("total")),
        parameters_active=fig("parameters", parameters.get("active")),
        tokens=fig("tokens", row.get("tokens")),
        operations=fig("operations", row.get("operations")),
        method=row.get("method"),
        hardware=tuple(Hardware(part["name"], part.get("count")) for part in row.get("hardware", ())),
        hardware_hours=fig("h", row.get("hardware_hours")),
        cost_usd=fig("USD", row.get("cost_usd")),
        open_weights=row.get("open_weights"),
        license=row.get("license", ""),
        sources=tuple(row["sources"]),
        confidence=row["confidence"],
        note=row.get("note", ""),
    )


def _figure(row: _Row, unit: str, value: Sequence[Any] | None) -> Figure | None:
    if value is None:
        return None
    preferred, low, high, confidence = value
    own = confidence or row["confidence"]
    return Figure(preferred, low, high, unit, tuple(row["sources"]), own)


def _peak(row: _Row, name: str, value: Sequence[Any], formats: _Row) -> Peak:
    known = formats["formats"][name]
    tops = _figure(row, "TOPS", value)
    assert tops is not None
    return Peak(name, known["bits"], tops, tuple(known.get("readings", {}).items()))


def _span(days: Sequence[str]) -> Span:
    return Span(dt.date.fromisoformat(days[0]), dt.date.fromisoformat(days[1]))
