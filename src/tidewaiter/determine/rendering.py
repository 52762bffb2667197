"""A determination as plain data for JSON: stable keys, ISO dates, both languages, proofs on demand."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from tidewaiter.base.wording import Wording
from tidewaiter.determine.determination import Determination, LayerFinding, ProofNode

__all__ = ["SCHEMA_VERSION", "json_of", "plain"]

SCHEMA_VERSION = 1
"""Version of the JSON form of a determination; a key that goes or changes its sense raises it."""

_DRAWN = frozenset({"draw"})


def json_of(determination: Determination, *, proof: bool = False) -> dict[str, Any]:
    """The determination as data that `json.dumps` takes, `schema_version` first; with `proof` each layer's tree too."""
    found = {"schema_version": SCHEMA_VERSION, **_mapping(determination)}
    if proof:
        for layer, data in zip(determination.layers, found["layers"], strict=True):
            data["proof"] = _proof(layer)
    return found


def _proof(layer: LayerFinding) -> Any:
    return _node(layer.proof)


def _node(node: ProofNode) -> dict[str, Any]:
    """A proof step without the keys that say nothing."""
    data = {key: value for key, value in _mapping(node, drop=("children",)).items() if value not in ("", False)}
    data["value"] = plain(node.value)
    if node.citation is None:
        data.pop("citation", None)
    if node.children:
        data["children"] = [_node(child) for child in node.children]
    return data


def plain(value: Any) -> Any:
    """A value as plain data. Endless numbers become None; what is unknown to JSON becomes text."""
    if isinstance(value, Wording):
        return {"en": value.en, "zh": value.zh}
    if is_dataclass(value) and not isinstance(value, type):
        return _mapping(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(plain(each) for each in value)
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def _mapping(value: Any, drop: tuple[str, ...] = ()) -> dict[str, Any]:
    names = [field.name for field in fields(value) if field.name not in _DRAWN and field.name not in drop]
    return {name: plain(getattr(value, name)) for name in names}
