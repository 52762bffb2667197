"""The catalog's files and their compiled form.

`data/compiled.json` is shipped and holds the hash of the files it came from. When the hash differs, the
files are compiled anew (slow, but never stale).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["COMPILED", "compiled", "data_folder", "data_texts", "digest", "load_stock"]

COMPILED = "compiled.json"

_Stock = dict[str, Any]


def data_folder() -> Traversable:
    """The folder of the catalog's own data, also inside an installed or zipped package."""
    folder = Path(__file__).parent / "data"
    if folder.is_dir():
        return folder
    # Slow to import, and needed only when the package is no plain folder.
    from importlib import resources

    return resources.files("tidewaiter.evidence.catalog") / "data"


def load_stock(folder: Traversable) -> _Stock:
    """The compiled catalog of a folder. Raises InputFaults listing every fault of its files."""
    texts = data_texts(folder)
    ready = folder / COMPILED
    if ready.is_file():
        stock = _parsed(ready.read_text(encoding="utf-8"))
        if stock.get("digest") == digest(texts):
            return stock
    return compiled(texts)


def compiled(texts: Mapping[str, str]) -> _Stock:
    """The files as plain data with their hash. Raises InputFaults listing every fault."""
    # The YAML reader is slow to import, and the shipped form needs none.
    from tidewaiter.evidence.catalog.compiling import compile_stock

    return {"digest": digest(texts), **compile_stock(texts)}


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


def _parsed(text: str) -> _Stock:
    try:
        stock = json.loads(text)
    except ValueError:
        return {}
    return stock if isinstance(stock, dict) else {}
