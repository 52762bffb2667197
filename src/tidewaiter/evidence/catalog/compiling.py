"""The catalog's files read, checked and joined to plain data; loaded only when the shipped form is stale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.base.yaml import load_yaml_lines
from tidewaiter.evidence.catalog.fields import Reader, Spot
from tidewaiter.evidence.catalog.index import index_names
from tidewaiter.evidence.catalog.items import Chip
from tidewaiter.evidence.catalog.names import plain_words
from tidewaiter.evidence.catalog.schema import SETTINGS, chip_file, cross_faults, model_file

__all__ = ["compile_stock"]

_Stock = dict[str, Any]


def compile_stock(texts: Mapping[str, str]) -> _Stock:
    """Read, check and join files given by name. Raises InputFaults listing every fault."""
    faults: list[Fault] = []
    stock: _Stock = {}
    for name, reader in SETTINGS.items():
        stock[name] = _read(f"{name}.yaml", texts, reader, faults)[0]
    _fact_faults(stock, faults)
    _stop_at(faults)
    words = plain_words(stock["words"])
    for kind, reader in (("chips", chip_file(stock)), ("models", model_file(stock))):
        stock[kind] = _joined(kind, texts, reader, faults)
        stock[kind]["names"] = index_names(kind, stock[kind], faults)
    stock["words"] = words
    _stop_at(faults)
    return stock


def _fact_faults(stock: _Stock, faults: list[Fault]) -> None:
    names, forms = stock["facts"], stock["formats"].get("forms", {})
    fields = [source for group in ("item", "circuit") for source in names.get(group, {}).values()]
    for field in {name for source in fields for name in ([source] if isinstance(source, str) else source)}:
        if not hasattr(Chip, field):
            faults.append(Fault("facts.yaml", f"no item has the field '{field}'", "name a catalog field"))
    for form in forms.keys() - names.get("forms", {}).keys():
        faults.append(Fault("facts.yaml", f"the form '{form}' has no word in the vocabulary", "add it under forms"))


def _stop_at(faults: list[Fault]) -> None:
    if faults:
        raise InputFaults(sorted(set(faults), key=lambda fault: fault.where))


def _read(name: str, texts: Mapping[str, str], reader: Reader, faults: list[Fault]) -> tuple[Any, Spot]:
    try:
        value, lines = load_yaml_lines(texts.get(name, ""), name)
    except InputFaults as error:
        faults.extend(error.faults)
        return {}, Spot(name, {}, faults)
    spot = Spot(name, lines, faults)
    return reader(value, spot) or {}, spot


def _joined(kind: str, texts: Mapping[str, str], reader: Reader, faults: list[Fault]) -> _Stock:
    joined: _Stock = {"items": {}, "families": {}, "makers": {}}
    spots: dict[str, Spot] = {}
    for name in (name for name in texts if name.startswith(f"{kind}/")):
        content, spot = _read(name, texts, reader, faults)
        _add_makers(joined["makers"], content)
        for family, row in content.get("families", {}).items():
            joined["families"][f"{content.get('vendor')}/{family}"] = {**row, "where": name}
        for key, row in content.get(kind, {}).items():
            here = spot.at(kind, key)
            if key in joined["items"]:
                here.fault(f"the key '{key}' stands in another file too", "keep one of the two")
            joined["items"][key], spots[key] = _completed(row, content, here), here
    cross_faults(kind, joined["items"], spots)
    return joined


def _add_makers(makers: dict[str, list[str]], content: Mapping[str, Any]) -> None:
    if vendor := content.get("vendor"):
        makers.setdefault(vendor, []).extend([vendor, *content.get("names", [])])
    for developer, row in content.get("developers", {}).items():
        makers.setdefault(developer, []).extend([developer, *row.get("aliases", [])])


def _completed(row: _Stock, content: Mapping[str, Any], spot: Spot) -> _Stock:
    if "vendor" in content:
        shared = {key: content[key] for key in ("vendor", "headquarters") if key in content}
        return {**shared, **row, "where": spot.file}
    developer = content.get("developers", {}).get(row.get("developer"))
    if developer is None:
        spot.fault(f"the developer '{row.get('developer')}' is not declared here", "add it under developers")
    return {**row, "country": (developer or {}).get("country", ""), "where": spot.file}
