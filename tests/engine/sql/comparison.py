"""Whether a database's rows say what the reference says."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import polars as pl
from tests.engine.columns.cases import tables
from tests.engine.sql.databases import Database, flattened, source_of

from tidewaiter.engine.facts import Instance
from tidewaiter.engine.program import Program
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.sql import Period, query
from tidewaiter.engine.types import Type
from tidewaiter.engine.values import Value, bounds, date_of, is_known
from tidewaiter.engine.vocabulary import ROOT

__all__ = ["agrees", "differences"]


def agrees(kind: Type, expected: Value, row: Mapping[str, object], term: str, layer: str = "") -> bool:
    """Whether a row says what the reference says of a term; an open end is NULL."""
    after = f"@{layer}" if layer else ""
    found = row[term + after]
    if kind.kind in ("boolean", "code", "text"):
        return found == (expected if is_known(expected) else None)
    ends = [end if math.isfinite(end) else None for end in bounds(expected)]
    held = [row[f"{term}{ending}{after}"] for ending in ("__low", "__high")]
    if kind.kind == "date":
        days = [None if end is None else date_of(end) for end in ends]
        return held == days and found == (days[0] if ends[0] == ends[1] else None)
    if (found is None) == is_known(expected):
        return False
    return all(_close(a, b) for a, b in zip(held, ends, strict=True))


def _close(found: object, expected: float | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return math.isclose(float(str(found)), expected, rel_tol=1e-9)


def differences(database: Database, program: Program, roots: Sequence[Instance], profile: str | None) -> list[str]:
    """Where a database says something else than the reference about a transaction's terms."""
    terms = [held.term for held in program.definitions.values() if held.subject == ROOT]
    table, relations = tables(program, roots, pl.String, profile)
    asked = query(
        [Period(None, None, {"": program})],
        terms,
        dialect=database.dialect,
        source=source_of(table, relations),
        profile=profile,
    )
    rows = {row["_row"]: row for row in database.run(asked, dict(flattened(table, relations)))}
    found = []
    for i, root in enumerate(roots):
        reference = Reference(program, root, profile)
        for term in terms:
            expected = reference.value(term)
            if not agrees(program.definitions[term].type, expected, rows[i], term):
                shown = {name: value for name, value in rows[i].items() if name.startswith(term)}
                found.append(f"{database.dialect} {term}: reference {expected}, query {shown}")
    return found
