"""The data files of the reading room, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from tidewaiter.base.yaml import load_yaml

__all__ = ["read_bytes", "read_data"]


@cache
def read_data(name: str) -> Any:
    """The content of `data/<name>.yaml`; the caller must not change it."""
    return load_yaml(read_bytes(f"{name}.yaml").decode("utf-8"), f"reading/data/{name}.yaml")


def read_bytes(name: str) -> bytes:
    """The bytes of a file in `data/`."""
    return (files("tidewaiter.reading") / "data" / name).read_bytes()
