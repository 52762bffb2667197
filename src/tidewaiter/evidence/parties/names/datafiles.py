"""The word lists of the room, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from tidewaiter.base.yaml import load_yaml

__all__ = ["data", "figures"]


@cache
def data(name: str) -> dict[str, Any]:
    """One word list by its file name without the ending."""
    text = (resources.files(__package__) / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    found = load_yaml(text, f"{name}.yaml")
    return dict(found)


@cache
def figures() -> dict[str, Any]:
    """The figures of the comparison: weights, costs and the default threshold."""
    return data("weights")
