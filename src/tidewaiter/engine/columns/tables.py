"""Tables of facts: what they may hold, their faults, and the entities made of them.

The root table has a row a transaction; facts stand in columns named by term. `<term>__low` and `<term>__high` give an
interval where the number or date itself is null; `<relation>__complete` says whether the rows of a relation are all.
A child table leads to its parent's `_row` by `_parent`, and has a `_row` of its own where it has child tables.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.engine.columns.frames import INDEX, Entity
from tidewaiter.engine.types import Type
from tidewaiter.engine.vocabulary import ROOT, Vocabulary, subject_of

__all__ = ["COMPLETE", "HIGH", "LOW", "PARENT", "ROW", "Related", "entities"]

ROW, PARENT = "_row", "_parent"
LOW, HIGH, COMPLETE = "__low", "__high", "__complete"

_KINDS = {"boolean": "true, false or null", "number": "a number", "date": "a date", "code": "text", "text": "text"}


@dataclass(frozen=True, slots=True)
class Related:
    """The rows of a relation (`_parent`, facts of the targets and of their links), and the relations of the rows."""

    table: pl.DataFrame
    relations: Mapping[str, Related] = field(default_factory=dict)


def entities(vocabulary: Vocabulary, table: pl.DataFrame, relations: Mapping[str, Related]) -> Entity:
    """The root entity with its children. Raises InputFaults with every fault of every table."""
    faults: list[Fault] = []
    root = Entity(table, table.height, frozenset((ROOT,)))
    _fill(vocabulary, root, relations, faults)
    if faults:
        raise InputFaults(faults)
    return root


def _fill(vocabulary: Vocabulary, entity: Entity, relations: Mapping[str, Related], faults: list[Fault]) -> None:
    for name, series in zip(entity.table.columns, entity.table.get_columns(), strict=True):
        faults += _column_faults(vocabulary, entity, name, series)
    faults += _interval_faults(vocabulary, entity)
    if relations:
        faults += _key_faults(entity)
    for term, related in relations.items():
        relation = vocabulary.relations.get(term)
        if relation is None or relation.subject not in entity.subjects:
            owner = "/".join(sorted(entity.subjects))
            faults.append(Fault(_path(entity, term), f"is no relation of {owner}", "give a declared relation"))
            continue
        subjects = frozenset(name for name in (relation.to, relation.link) if name)
        child = _child(entity, term, related, subjects, faults)
        if child is not None:
            entity.children[term] = child
            _fill(vocabulary, child, related.relations, faults)


def _path(entity: Entity, name: str) -> str:
    return f"{entity.where}: {name}" if entity.where else name


# columns ------------------------------------------------------------------------------------------


def _column_faults(vocabulary: Vocabulary, entity: Entity, name: str, series: pl.Series) -> Iterator[Fault]:
    term, suffix = name, ""
    for ending in (LOW, HIGH, COMPLETE):
        if name.endswith(ending):
            term, suffix = name.removesuffix(ending), ending
    place = _path(entity, name)
    kind = Type("boolean") if suffix == COMPLETE and term in vocabulary.relations else vocabulary.type_of(term)
    if kind is None:
        return
    if subject_of(term) not in entity.subjects:
        yield Fault(place, f"stands in a table of {'/'.join(sorted(entity.subjects))}", f"'{term}' belongs elsewhere")
    elif suffix in (LOW, HIGH) and kind.kind not in ("number", "date"):
        yield Fault(place, f"'{term}' has no ends, it is a {kind.kind}", f"give '{term}' itself")
    elif not _fits(kind, series.dtype):
        yield Fault(place, f"holds {series.dtype}", f"give {_KINDS[kind.kind]}, null where unknown")
    elif kind.kind == "number":
        yield from _number_faults(place, series, ends=bool(suffix))
    elif kind.kind == "code":
        yield from _code_faults(vocabulary, place, kind, series)


def _fits(kind: Type, dtype: pl.DataType) -> bool:
    if dtype == pl.Null:
        return True
    if kind.kind == "number":
        return dtype.is_numeric()
    if kind.kind in ("code", "text"):
        return dtype in (pl.String, pl.Categorical, pl.Enum)
    return dtype == (pl.Boolean if kind.kind == "boolean" else pl.Date)


def _number_faults(place: str, series: pl.Series, ends: bool) -> Iterator[Fault]:
    if not series.dtype.is_float() or math.isfinite(series.sum()):
        return  # one pass over the column settles the usual case
    if series.is_nan().any():
        row = series.is_nan().arg_true()[0]
        yield Fault(place, f"row {row} is not a number (NaN)", "give a number, or null where unknown")
    if not ends and series.is_infinite().any():
        row = series.is_infinite().arg_true()[0]
        yield Fault(place, f"row {row} is infinite", "give a finite number, or null where unknown")


def _code_faults(vocabulary: Vocabulary, place: str, kind: Type, series: pl.Series) -> Iterator[Fault]:
    domain = vocabulary.domains.get(kind.domain)
    if domain is None or series.dtype == pl.Null:
        return
    if isinstance(series.dtype, pl.Enum) and set(series.dtype.categories.to_list()) <= domain.codes.keys():
        return
    used = series.drop_nulls().unique().cast(pl.String).sort().to_list()
    for code in [code for code in used if code not in domain.codes][:20]:
        yield Fault(place, f"'{code}' is no code of {kind.domain}", "give a listed code, or null where unknown")


def _interval_faults(vocabulary: Vocabulary, entity: Entity) -> Iterator[Fault]:
    table = entity.table
    for term in sorted({name.removesuffix(LOW).removesuffix(HIGH) for name in table.columns}):
        ends = [table[term + ending] for ending in (LOW, HIGH) if term + ending in table.columns]
        if not ends or term not in vocabulary.facts:
            continue
        place, none = _path(entity, term), pl.Series([False], dtype=pl.Boolean)
        if len(ends) == 2 and len({_comparable(end) for end in ends}) == 1 and _comparable(ends[0]):
            for row in (ends[0] > ends[1]).fill_null(False).arg_true().head(1):
                yield Fault(place, f"row {row}: the low end is above the high end", "swap the ends")
        stated = table[term].is_not_null() if term in table.columns else none
        for row in (stated & (ends[0].is_not_null() | ends[-1].is_not_null())).arg_true().head(1):
            yield Fault(place, f"row {row} has a value and an interval", "give one of them")


def _comparable(series: pl.Series) -> str:
    return "number" if series.dtype.is_numeric() else ("date" if series.dtype == pl.Date else "")


# keys ---------------------------------------------------------------------------------------------


def _key_faults(entity: Entity) -> Iterator[Fault]:
    place = _path(entity, ROW)
    if ROW not in entity.table.columns:
        yield Fault(place, "is missing", f"number the rows in '{ROW}', so that child tables can lead to them")
    elif _numbered(entity.table[ROW]):
        return
    elif entity.table[ROW].null_count():
        yield Fault(place, "has nulls", "give every row a key")
    elif entity.table[ROW].n_unique() < entity.height:
        yield Fault(place, "has keys twice", "give every row a key of its own")


def _child(parent: Entity, term: str, related: Related, subjects: frozenset[str], faults: list[Fault]) -> Entity | None:
    """The entity of a relation's rows, ordered by parent; None (with faults) where they lead to none."""
    table, where = related.table, _path(parent, term)
    if PARENT not in table.columns:
        faults.append(Fault(where, f"has no column '{PARENT}'", f"name the '{ROW}' of the parent of each row"))
        return None
    if ROW not in parent.table.columns:
        return None
    keys, own = table[PARENT], parent.table[ROW]
    if keys.dtype != own.dtype and not (keys.dtype.is_integer() and own.dtype.is_integer()):
        faults.append(Fault(where, f"'{PARENT}' is {keys.dtype}, '{ROW}' of its parent {own.dtype}", "use one type"))
        return None
    found = _found(keys, own)
    if found is None:
        faults.append(Fault(where, f"'{PARENT}' has keys that no parent has", "lead every row to one parent"))
        return None
    if not found.is_sorted():
        order = found.to_frame("at").with_row_index("row").sort("at", maintain_order=True)
        table, found = table[order["row"]], order["at"]
    return Entity(table, table.height, subjects, where, parent, found, _offsets(found, parent.height))


def _found(keys: pl.Series, own: pl.Series) -> pl.Series | None:
    """The parent's row for each key; None where a key leads nowhere, or to several."""
    if _numbered(own):
        inside = not keys.null_count() and (not len(keys) or (keys.min() >= 0 and keys.max() < len(own)))  # type: ignore[operator]
        return keys.cast(INDEX) if inside else None
    index = pl.DataFrame({"key": own.cast(keys.dtype, strict=False)}).with_row_index("at")
    found = pl.DataFrame({"key": keys}).join(index, on="key", how="left", maintain_order="left")["at"].cast(INDEX)
    return found if len(found) == len(keys) and not found.null_count() else None


def _numbered(own: pl.Series) -> bool:
    """Whether the keys are the row numbers, so that nothing has to be searched."""
    if not own.dtype.is_integer() or own.null_count():
        return False
    return bool((own == pl.int_range(len(own), dtype=INDEX, eager=True)).all())


def _offsets(found: pl.Series, parents: int) -> pl.Series:
    """Where the rows of each parent begin, and after the last where they end."""
    runs = found.rle().struct.unnest()
    counts = pl.zeros(parents, dtype=INDEX, eager=True).scatter(runs["value"], runs["len"].cast(INDEX))
    return pl.concat([pl.Series([0], dtype=INDEX), counts.cum_sum().cast(INDEX)])
