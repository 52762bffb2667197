"""Small programs over the vocabulary of the strategies, and tables of its items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import polars as pl
from tests.engine.strategies import VOCABULARY

from tidewaiter.engine import nodes as n
from tidewaiter.engine.columns import Related
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.types import BOOLEAN, Type, code, numeric
from tidewaiter.engine.vocabulary import subject_of

__all__ = ["COLOR", "HELD", "ITEMS", "NUMBER", "PARTIES", "at_least", "items", "program", "ref"]

NUMBER, COLOR = numeric(None), code("color")
ITEMS = n.Relation("items", 0, "item")
PARTIES = n.Relation("parties", 0, "party")
OWNERS = n.Relation("party.owners", 0, "party", "stake")


def ref(term: str, depth: int = 0, kind: Type | None = None) -> n.Ref:
    return n.Ref(term, depth, kind or VOCABULARY.facts[term].type)


def at_least(term: str, limit: float, depth: int = 0) -> n.Node:
    return n.Compare(">=", ref(term, depth), n.Const(limit, NUMBER))


def program(recursive: str = "", **nodes: n.Node) -> Program:
    """Definitions by name; `item_x` is the term `item.x`."""
    found = {}
    for name, node in nodes.items():
        term = name.replace("_", ".", 1) if name.split("_")[0] in ("item", "party") else name
        found[term] = Definition(term, subject_of(term), n.type_of(node), node, term == recursive)
    decided = {term: definition.type for term, definition in found.items()}
    groups = {"warm": frozenset(("red",))}
    return Program(replace(VOCABULARY, decided=decided), found, groups, {}, dt.date(2024, 1, 1))


def items(**columns: Sequence[object]) -> dict[str, Related]:
    return {"items": Related(pl.DataFrame({name.replace("item_", "item."): held for name, held in columns.items()}))}


HELD = n.Or((ref("party.flag"), n.Any(OWNERS, n.Ref("party.held", 1, BOOLEAN))))
"""A recursive truth along owners, for the term `party.held`."""
