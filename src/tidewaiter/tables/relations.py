"""Rows of relations from child files: one row a line, led to its parent by the parent's key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.determine.options import parsed_option
from tidewaiter.engine.syntax import nearest
from tidewaiter.engine.types import Type
from tidewaiter.engine.vocabulary import ROOT, Relationship, Vocabulary, qualified
from tidewaiter.tables.sources import CHUNK_ROWS, Position, file_digest, open_source

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Relations", "read_relations"]

_KEY, _ROWS = "key", "rows"


class Relations:
    """The rows of relations as JSON text by key; they stand in memory."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], digest: str) -> None:
        self.tables, self.digest = tables, digest

    @property
    def names(self) -> tuple[str, ...]:
        """The relations, which stand as columns beside the table's own."""
        return tuple(self.tables)

    def joined(self, frame: pl.DataFrame, key: str) -> pl.DataFrame:
        """The table with a column of rows for each relation; null where a key has none."""
        import polars as pl

        for name, table in self.tables.items():
            keys = frame.select(pl.col(key).cast(pl.String).alias(_KEY))
            found = keys.join(table, on=_KEY, how="left", maintain_order="left")[_ROWS]
            frame = frame.with_columns(found.alias(name))
        return frame


def read_relations(places: Mapping[str, str], key: str, vocabulary: Vocabulary) -> Relations:
    """The relations of some child files. Raises InputFaults with every fault of them."""
    faults: list[Fault] = []
    tables, digests = {}, []
    for name, place in places.items():
        relation = vocabulary.relations.get(name)
        if relation is None or relation.subject != ROOT:
            own = [each.term for each in vocabulary.relations.values() if each.subject == ROOT]
            remedy = nearest(name, own) or f"one of {', '.join(own)}"
            faults.append(Fault(f"--relation {name}", "is no relation of a transaction", remedy))
            continue
        if not key:
            faults.append(Fault(f"--relation {name}", "needs a key in the table", "name its column: --key COLUMN"))
            continue
        try:
            tables[name] = _read(relation, place, key, vocabulary)
            digests.append(file_digest(place))
        except InputFaults as error:
            faults += error.faults
    if faults:
        raise InputFaults(faults)
    return Relations(tables, "".join(digests))


def _read(relation: Relationship, place: str, key: str, vocabulary: Vocabulary) -> pl.DataFrame:
    import polars as pl

    source = open_source(place)
    faults = [*source.faults(), *_name_faults(relation, source.names, place, key, vocabulary)]
    if faults:
        raise InputFaults(faults)
    held = []
    for chunk in source.chunks(Position(), CHUNK_ROWS):
        faults += [Fault(f"{place}:{row.line}", row.reason, "mend or remove the row") for row in chunk.unread[:20]]
        parts = [_member(relation, series, vocabulary) for series in chunk.frame.drop(key).get_columns()]
        row = pl.concat_str(["{" + pl.concat_str(parts, separator=",", ignore_nulls=True) + "}"])
        held.append(chunk.frame.select(pl.col(key).cast(pl.String).alias(_KEY), row.alias(_ROWS)))
    if faults:
        raise InputFaults(faults)
    rows = pl.concat(held)
    missing = rows[_KEY].null_count()
    if missing:
        raise InputFaults([Fault(f"{place}: {key}", f"{missing} rows have no key", "lead every row to its parent")])
    joined = "[" + pl.col(_ROWS).str.join(",") + "]"
    return rows.group_by(_KEY, maintain_order=True).agg(joined.alias(_ROWS))


def _name_faults(
    relation: Relationship, names: tuple[str, ...], place: str, key: str, vocabulary: Vocabulary
) -> Iterator[Fault]:
    if key not in names:
        yield Fault(f"{place}: {key}", "is no column", f"name the parent's key '{key}' in the child file too")
    for name in names:
        if name != key and _type(relation, name, vocabulary) is None:
            own = [term.rpartition(".")[2] for term, fact in vocabulary.facts.items() if fact.subject == relation.to]
            remedy = nearest(name, own) or f"facts of {relation.to}"
            yield Fault(f"{place}: {name}", f"'{name:.60}' is no fact of {relation.to}", remedy)


def _type(relation: Relationship, name: str, vocabulary: Vocabulary) -> Type | None:
    """The type of a column of a child table; text for rows within the row (as JSON)."""
    for subject in (relation.to, relation.link):
        term = qualified(subject, name)
        if subject and term in vocabulary.facts:
            return vocabulary.facts[term].type
        if subject and term in vocabulary.relations:
            return Type("text")
    return None


def _member(relation: Relationship, series: pl.Series, vocabulary: Vocabulary) -> pl.Expr:
    """The column as members of JSON objects; null where a cell is empty."""
    import polars as pl

    kind = _type(relation, series.name, vocabulary)
    nested = any(qualified(subject, series.name) in vocabulary.relations for subject in (relation.to, relation.link))
    distinct = series.drop_nulls().unique()
    texts = [_text(cell, kind, nested) for cell in distinct.to_list()]
    members = [None if text is None else f"{json.dumps(series.name)}:{text}" for text in texts]
    found = series.replace_strict(distinct, pl.Series(members, dtype=pl.String), default=None, return_dtype=pl.String)
    return pl.lit(found)


def _text(cell: Any, kind: Type | None, nested: bool) -> str | None:
    if isinstance(cell, str):
        if not cell.strip():
            return None
        if nested:
            return cell
        cell = parsed_option(cell, kind)
    return json.dumps(cell, ensure_ascii=False, default=str)
