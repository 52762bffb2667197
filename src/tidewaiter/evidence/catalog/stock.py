"""The catalog's files, compiled to plain data: read, checked, joined, and shipped ready-made.

`data/compiled.json` holds the outcome with the hash of the files it came from. When the hash differs, the
files are read anew (slow, but never stale).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.base.yaml import load_yaml_lines
from tidewaiter.evidence.catalog.fields import Reader, Spot
from tidewaiter.evidence.catalog.index import index_names
from tidewaiter.evidence.catalog.names import plain_words
from tidewaiter.evidence.catalog.schema import SETTINGS, chip_file, cross_faults, model_file

__all__ = ["COMPILED", "compile_stock", "data_folder", "data_texts", "digest", "load_stock"]

COMPILED = "compiled.json"

Stock = dict[str, Any]


def data_folder() -> Traversable:
    """The folder of the catalog's own data, also inside an installed package."""
    return resources.files("tidewaiter.evidence.catalog") / "data"


def load_stock(folder: Traversable) -> Stock:
    """The compiled catalog of a folder. Raises InputFaults listing every fault of its files."""
    texts = data_texts(folder)
    ready = folder / COMPILED
    if ready.is_file():
        stock = _parsed(ready.read_text(encoding="utf-8"))
        if stock.get("digest") == digest(texts):
            return stock
    return compile_stock(texts)


def _parsed(text: str) -> Stock:
    try:
        stock = json.loads(text)
    except ValueError:
        return {}
    return stock if isinstance(stock, dict) else {}


def data_texts(folder: Traversable) -> dict[str, str]:
    """The catalog files of a folder, by their name inside it."""
    found: dict[str, str] = {}
    for prefix, place in (("", folder), ("chips/", folder / "chips"), ("models/", folder / "models")):
        for file in place.iterdir() if place.is_dir() else ():
            if file.name.endswith(".yaml"):
                found[prefix + file.name] = file.read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def digest(texts: Mapping[str, str]) -> str:
    """The SHA-256 over names and contents of the files."""
    state = hashlib.sha256()
    for name, text in sorted(texts.items()):
        state.update(f"{name}\0{len(text)}\0{text}\0".encode())
    return state.hexdigest()


def compile_stock(texts: Mapping[str, str]) -> Stock:
    """Read, check and join the files. Raises InputFaults listing every fault."""
    faults: list[Fault] = []
    stock: Stock = {"digest": digest(texts)}
    for name, reader in SETTINGS.items():
        stock[name] = _read(f"{name}.yaml", texts, reader, faults)[0]
    _stop_at(faults)
    words = plain_words(stock["words"])
    for kind, reader in (("chips", chip_file(stock)), ("models", model_file(stock))):
        stock[kind] = _joined(kind, texts, reader, faults)
        stock[kind]["names"] = index_names(kind, stock[kind], faults)
    stock["words"] = words
    _stop_at(faults)
    return stock


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


def _joined(kind: str, texts: Mapping[str, str], reader: Reader, faults: list[Fault]) -> Stock:
    joined: Stock = {"items": {}, "families": {}, "makers": {}}
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


def _completed(row: Stock, content: Mapping[str, Any], spot: Spot) -> Stock:
    if "vendor" in content:
        shared = {key: content[key] for key in ("vendor", "headquarters") if key in content}
        return {**shared, **row, "where": spot.file}
    developer = content.get("developers", {}).get(row.get("developer"))
    if developer is None:
        spot.fault(f"the developer '{row.get('developer')}' is not declared here", "add it under developers")
    return {**row, "country": (developer or {}).get("country", ""), "where": spot.file}
