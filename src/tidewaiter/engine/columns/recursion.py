"""Recursive terms (ownership chains) for tables: decided by the reference, once for each distinct entity."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from tidewaiter.engine.facts import Instance
from tidewaiter.engine.program import Program
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.vocabulary import ROOT

__all__ = ["recursive_column"]


def recursive_column(
    program: Program,
    term: str,
    keys: pl.Series,
    instance_of: Callable[[object], Instance | None],
    *,
    root: Instance | None = None,
    profile: str | None = None,
) -> pl.Series:
    """The truth of a recursive term for each of `keys`, named by the term: a column for the table of its subject.

    `instance_of` gives the instance (with its relations) behind a key; None, and a null key, stay unknown. The term
    is decided once a distinct key, on one transaction `root` (by default one of which nothing is known): where it
    rests on facts of the transaction, call this once for each transaction that differs in them.
    """
    reference = Reference(program, root or Instance(ROOT), profile)
    distinct = keys.drop_nulls().unique(maintain_order=True)
    decided = []
    for key in distinct.to_list():
        instance = instance_of(key)
        value = None if instance is None else reference.value(term, instance)
        decided.append(value if isinstance(value, bool) else None)
    found = pl.DataFrame({"key": distinct, term: pl.Series(decided, dtype=pl.Boolean)})
    return pl.DataFrame({"key": keys}).join(found, on="key", how="left", maintain_order="left")[term]
