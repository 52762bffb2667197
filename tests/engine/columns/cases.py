"""Facts of instances as tables, and the reference's values as rows of a result."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import polars as pl

from tidewaiter.engine.columns import COMPLETE, HIGH, LOW, PARENT, ROW, Related
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.program import Program
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.types import Type
from tidewaiter.engine.values import Interval, Value, bounds, date_of, is_known
from tidewaiter.engine.vocabulary import ROOT, Vocabulary

__all__ = ["matches", "tables"]

Parent = tuple[int, Instance]
Cells = dict[str, list[object]]


def tables(
    program: Program,
    roots: Sequence[Instance],
    coded: pl.DataType | type[pl.DataType] = pl.String,
    profile: str | None = None,
) -> tuple[pl.DataFrame, dict[str, Related]]:
    """The tables of some transactions; codes in columns of type `coded`, recursive terms as the reference decides."""
    references = {id(root): Reference(program, root, profile) for root in roots}
    held = [(i, root, references[id(root)]) for i, root in enumerate(roots)]
    table = _table(program, (ROOT,), [(None, i, (root,), ref) for i, root, ref in held], coded)
    return table, _related(program, ROOT, held, coded)


Row = tuple[int | None, int, tuple[Instance, ...], Reference]


def _related(
    program: Program, subject: str, parents: Sequence[tuple[int, Instance, Reference]], coded: object
) -> dict[str, Related]:
    found = {}
    for relation in program.vocabulary.relations.values():
        if relation.subject != subject or not parents:
            continue
        rows: list[Row] = []
        for key, parent, reference in parents:
            stated = parent.relations.get(relation.term)
            for row in stated.rows if stated else ():
                link = (row.link or Instance(relation.link),) if relation.link else ()
                rows.append((key, 100 + len(rows), (row.target, *link), reference))
        rows = rows[::2] + rows[1::2]
        subjects = (relation.to, *((relation.link,) if relation.link else ()))
        below = [(key, instances[0], reference) for _, key, instances, reference in rows]
        table = _table(program, subjects, rows, coded)
        found[relation.term] = Related(table, _related(program, relation.to, below, coded))
    return found


def _table(program: Program, subjects: tuple[str, ...], rows: Sequence[Row], coded: object) -> pl.DataFrame:
    vocabulary = program.vocabulary
    columns = {ROW: pl.Series([key for _, key, _, _ in rows], dtype=pl.Int64)}
    if ROOT not in subjects:
        columns[PARENT] = pl.Series([parent for parent, _, _, _ in rows], dtype=pl.Int64)
    for at, subject in enumerate(subjects):
        instances = [held[at] for _, _, held, _ in rows]
        for fact in vocabulary.facts.values():
            if fact.subject == subject:
                columns |= _columns(fact.term, fact.type, [held.facts.get(fact.term) for held in instances], coded)
        for name in _relations(vocabulary, subject):
            states = [held.relations[name].complete if name in held.relations else None for held in instances]
            columns[name + COMPLETE] = pl.Series(states, dtype=pl.Boolean)
        for definition in program.definitions.values():
            if definition.recursive and definition.subject == subject:
                decided = [ref.value(definition.term, held[at]) for _, _, held, ref in rows]
                columns[definition.term] = pl.Series(decided, dtype=pl.Boolean)
    return pl.DataFrame(columns)


def _relations(vocabulary: Vocabulary, subject: str) -> list[str]:
    return [relation.term for relation in vocabulary.relations.values() if relation.subject == subject]


def _columns(term: str, kind: Type, values: Sequence[Value], coded: object) -> dict[str, pl.Series]:
    plain = [value if is_known(value) else None for value in values]
    if kind.kind == "boolean":
        return {term: pl.Series(plain, dtype=pl.Boolean)}
    if kind.kind == "text":
        return {term: pl.Series(plain, dtype=pl.String)}
    if kind.kind == "code":
        return {term: pl.Series(plain, dtype=pl.String).cast(coded)}  # type: ignore[arg-type]
    columns = {term: _numbers(kind, plain)}
    if any(isinstance(value, Interval) for value in values):
        intervals = [value if isinstance(value, Interval) else None for value in values]
        columns[term + LOW] = _numbers(kind, [held.low if held else None for held in intervals])
        columns[term + HIGH] = _numbers(kind, [held.high if held else None for held in intervals])
    return columns


def _numbers(kind: Type, values: Sequence[Value]) -> pl.Series:
    if kind.kind == "date":
        return pl.Series([None if value is None else date_of(float(value)) for value in values], dtype=pl.Date)  # type: ignore[arg-type]
    return pl.Series(values, dtype=pl.Float64)


def matches(kind: Type, expected: Value, row: Mapping[str, object], term: str) -> bool:
    """Whether a row of a result says what the reference says."""
    found = row[term]
    if kind.kind in ("boolean", "code", "text"):
        return found == (expected if is_known(expected) else None)
    low, high = bounds(expected)
    ends = row[term + LOW], row[term + HIGH]
    if kind.kind == "date":
        days = [date_of(end) if math.isfinite(end) else None for end in (low, high)]
        return ends == (days[0], days[1]) and found == (days[0] if low == high else None)
    if (found is None) == is_known(expected):
        return False
    return all(math.isclose(float(a), b, rel_tol=1e-9) for a, b in zip(ends, (low, high), strict=True))  # type: ignore[arg-type]
