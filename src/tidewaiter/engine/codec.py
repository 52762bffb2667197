"""Nodes as plain data and back, for the compiled form of the law."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from tidewaiter.engine import nodes as n
from tidewaiter.engine.types import Type

__all__ = ["decode", "encode"]

_CLASSES: dict[str, type] = {
    each.__name__: each
    for each in (
        *(n.Const, n.Ref, n.AsOf, n.Compare, n.Member, n.And, n.Or, n.Not, n.Arith, n.Any, n.All, n.Count, n.Fold),
        *(n.Established, n.Known, n.First, n.Ite, n.Lookup, n.Year, n.AddMonths),
        *(n.Relation, n.SetName, n.SetCodes, n.SetOp),
    )
}
_FIELDS = {name: tuple(field.name for field in fields(each)) for name, each in _CLASSES.items()}


def encode(value: Any) -> Any:
    """A node as nested lists that JSON can hold."""
    name = type(value).__name__
    if name in _CLASSES:
        return [name, *(encode(getattr(value, field)) for field in _FIELDS[name])]
    if isinstance(value, Type):
        return ["Type", value.kind, encode(value.unit), value.domain]
    if isinstance(value, tuple):
        return ["tuple", *(encode(part) for part in value)]
    return ["set", *sorted(value)] if isinstance(value, frozenset) else value


def decode(value: Any) -> Any:
    """The node that `encode` wrote. KeyError, TypeError or ValueError for anything else."""
    if not isinstance(value, list):
        return value
    name, *parts = value
    if name == "set":
        return frozenset(parts)
    held = [decode(part) for part in parts]
    if name == "tuple":
        return tuple(held)
    return Type(*held) if name == "Type" else _CLASSES[name](*held)
