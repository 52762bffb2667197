"""The keys that catalog files may have, and the rows they become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tidewaiter.evidence.catalog.fields import (
    CONFIDENCES,
    Fields,
    Reader,
    Spot,
    choice,
    day,
    entries,
    figure,
    flag,
    listed,
    mapping,
    number,
    text,
    whole,
)

__all__ = ["SETTINGS", "chip_file", "cross_faults", "model_file"]

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_METHODS = ("developer", "epoch_6nd", "epoch_estimate", "computed_6nd")
_BOTH: Fields = {"en": (True, text), "zh": (True, text)}
_WORDS = listed(text)

SETTINGS: Mapping[str, Reader] = {
    "formats": mapping(
        {
            "formats": (
                True,
                entries(mapping({"bits": (True, whole), "readings": (False, entries(whole)), "note": (False, text)})),
            ),
            "memory_types": (True, entries(mapping({"dram": (True, flag), "hbm": (True, flag)}))),
            "forms": (True, entries(mapping(_BOTH))),
        }
    ),
    "facts": entries(entries(lambda value, spot: _fact_source(value, spot))),
    "words": mapping(
        {
            "generic": (True, _WORDS),
            "leading": (True, _WORDS),
            "assembly": (True, _WORDS),
            "times": (True, _WORDS),
            "counts": (True, entries(whole)),
            "scales": (True, entries(whole)),
        }
    ),
    "sources": entries(mapping({"title": (True, text), "url": (False, text)})),
}
"""Readers of the four files of settings, by name."""


def chip_file(settings: Mapping[str, Any]) -> Reader:
    """The reader of a file of chips, given the formats and sources that may be named."""
    known = settings["formats"]
    family: Fields = {
        "aliases": (False, _WORDS),
        "representative": (False, text),
        "because": (False, mapping(_BOTH)),
    }
    return mapping(
        {
            "vendor": (True, text),
            "names": (False, _WORDS),
            "headquarters": (False, _country),
            "families": (False, entries(mapping(family))),
            "chips": (True, entries(mapping(_chip_fields(known, settings["sources"])))),
        }
    )


def _chip_fields(known: Mapping[str, Any], sources: Iterable[str]) -> Fields:
    memory: Fields = {
        "type": (False, choice(known["memory_types"], "a kind of memory")),
        "gb": (False, figure),
        "bandwidth": (False, figure),
    }
    peaks: Fields = dict.fromkeys(known["formats"], (False, figure))
    part: Fields = {"item": (True, text), "count": (True, whole)}
    return {
        **_head_fields(sources),
        "family": (True, text),
        "variant": (False, text),
        "form": (True, choice(known["forms"], "a form")),
        "headquarters": (False, _country),
        "process": (False, text),
        "nonplanar": (False, flag),
        "peaks": (False, mapping(peaks)),
        "peaks_complete": (False, flag),
        "die_area": (False, figure),
        "logic_dies": (False, whole),
        "transistors": (False, figure),
        "memory": (False, mapping(memory)),
        "link": (False, figure),
        "host_link": (False, figure),
        "tdp": (False, figure),
        "data_center": (False, flag),
        "hbm": (False, mapping({"bandwidth": (True, figure), "area": (True, figure)})),
        "published_tpp": (False, number),
        "contains": (False, listed(mapping(part))),
    }


def model_file(settings: Mapping[str, Any]) -> Reader:
    """The reader of a file of models, given the sources that may be named."""
    developer: Fields = {"country": (True, _country), "aliases": (False, _WORDS)}
    fields: Fields = {
        **_head_fields(settings["sources"]),
        "developer": (True, text),
        "parameters": (False, mapping({"total": (False, figure), "active": (False, figure)})),
        "tokens": (False, figure),
        "operations": (False, figure),
        "method": (False, choice(_METHODS, "a method")),
        "hardware": (False, listed(mapping({"name": (True, text), "count": (False, whole)}))),
        "hardware_hours": (False, figure),
        "cost_usd": (False, figure),
        "open_weights": (False, flag),
        "license": (False, text),
    }
    shape: Fields = {
        "developers": (True, entries(mapping(developer))),
        "models": (True, entries(mapping(fields))),
    }
    return mapping(shape)


def _head_fields(sources: Iterable[str]) -> Fields:
    return {
        "name": (True, text),
        "aliases": (False, _WORDS),
        "released": (True, day),
        "sources": (True, listed(choice(sources, "a source"))),
        "confidence": (True, choice(CONFIDENCES, "a confidence")),
        "note": (False, text),
    }


def _country(value: Any, spot: Spot) -> str | None:
    if isinstance(value, str) and re.fullmatch("[A-Z]{2}", value):
        return value
    spot.fault(f"{value!r} is no country code", "write two capital letters (ISO 3166)")
    return None


def _fact_source(value: Any, spot: Spot) -> Any:
    if isinstance(value, str) and value:
        return value
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return value
    spot.fault(f"{value!r} is no field", "name a catalog field, or list fields to add up")
    return None


def cross_faults(kind: str, rows: Mapping[str, Any], spots: Mapping[str, Spot]) -> None:
    """Faults that only all files together show: odd keys, parts that are no items, families without them."""
    for key, row in rows.items():
        spot = spots[key]
        if not _KEY.fullmatch(key):
            spot.fault(f"the key '{key}' is not in the usual form", "use a-z, 0-9 and single hyphens")
        for i, part in enumerate(row.get("contains", ())):
            if part.get("item") not in rows:
                spot.at("contains", i).fault(f"no {kind} has the key '{part.get('item')}'", "name an item's key")
        if row.get("operations") and not row.get("method"):
            spot.fault("the operations have no method", "say how they were counted")
        if "contains" in row and "peaks" in row:
            spot.fault("an assembly has no peaks of its own", "leave peaks to what it contains")
