"""The data files of the room: assumptions, widths of formats, inner shapes of models."""

from __future__ import annotations

from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from tidewaiter.base.wording import wording
from tidewaiter.base.yaml import load_yaml
from tidewaiter.evidence.compute.quantities import Assumption, Band

__all__ = ["assumption", "attention_format", "bytes_of", "formats", "shape_rows", "stand_ins"]


@cache
def _read(name: str) -> MappingProxyType[str, Any]:
    text = resources.files("tidewaiter.evidence.compute").joinpath("data", name).read_text(encoding="utf-8")
    return MappingProxyType(load_yaml(text, name))


def assumption(key: str) -> Assumption:
    """The assumption of a key. KeyError when there is none."""
    row = _read("assumptions.yaml")["assumptions"][key]
    ends = Band(*(float(each) for each in row["range"]))
    return Assumption(key, wording(row["title"]), ends, str(row["unit"]), str(row["source"]), str(row["confidence"]))


def bytes_of(number_format: str) -> float:
    """The bytes that one number of a format takes. KeyError for an unknown format."""
    return float(_read("assumptions.yaml")["bytes"][number_format])


def formats() -> tuple[str, ...]:
    """The number formats known."""
    return tuple(_read("assumptions.yaml")["bytes"])


def stand_ins(number_format: str) -> tuple[str, ...]:
    """The formats whose peak serves for one, itself first."""
    return tuple(_read("assumptions.yaml")["stand_in"].get(number_format, (number_format,)))


def attention_format() -> str:
    """The format in which the core of attention is worked out."""
    return str(_read("assumptions.yaml")["attention_format"])


def shape_rows() -> dict[str, Any]:
    """The shapes by key of the model, as written."""
    return dict(_read("shapes.yaml")["shapes"])
