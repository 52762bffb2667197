"""Where expressions are computed: entities (tables of instances) and frames (rows of a scope over them).

Everything is positional: a frame's row leads to a row of its entity and to a row of the frame around it, so a value
is carried inward by gathering. Columns have generated names; expressions refer to the columns of one frame.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from tidewaiter.engine.columns.values import Value, parts, rebuilt, settled, spanned
from tidewaiter.engine.nodes import Node

__all__ = ["INDEX", "Entity", "Frame", "composed"]

INDEX = pl.UInt32
_names = itertools.count()


@dataclass(slots=True, eq=False)
class Entity:
    """A table of instances, one a row, with their links' facts beside theirs.

    `parent_rows`: the row of `parent` that each hangs on, ascending; `offsets`: where each parent's rows begin
    (one more than there are parents); `values`: what is known of terms so far, over `columns`.
    """

    table: pl.DataFrame
    height: int
    subjects: frozenset[str]
    where: str = ""
    parent: Entity | None = None
    parent_rows: pl.Series | None = None
    offsets: pl.Series | None = None
    children: dict[str, Entity] = field(default_factory=dict)
    columns: dict[str, pl.Series] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    assumed: dict[str, pl.Series] = field(default_factory=dict)

    @property
    def root(self) -> Entity:
        """The entity of transactions."""
        return self if self.parent is None else self.parent.root

    @property
    def root_rows(self) -> pl.Series | None:
        """The transaction's row for each row; None: the same."""
        if self.parent is None:
            return None
        return composed(self.parent_rows, self.parent.root_rows)

    def child(self, relation: str, subjects: frozenset[str]) -> Entity:
        """The entity of a relation's rows; an empty one where the tables have none."""
        if relation not in self.children:
            none = pl.Series([], dtype=INDEX)
            offsets = pl.zeros(self.height + 1, dtype=INDEX, eager=True)
            self.children[relation] = Entity(pl.DataFrame(), 0, subjects, relation, self, none, offsets)
        return self.children[relation]


def composed(outer: pl.Series | None, inner: pl.Series | None) -> pl.Series | None:
    """Row numbers through two steps; None is the identity."""
    if outer is None:
        return inner
    return outer if inner is None else inner.gather(outer)


@dataclass(slots=True, eq=False)
class Frame:
    """Rows of a scope. `rows`: each one's row in `entity`; `outer_rows`: its row in `outer`; None is the identity.

    `width` is how many levels of scope the innermost step adds (two when a link stands before its target).
    """

    entity: Entity
    height: int
    columns: dict[str, pl.Series]
    rows: pl.Series | None = None
    outer: Frame | None = None
    outer_rows: pl.Series | None = None
    width: int = 1
    memo: dict[Node, Value] = field(default_factory=dict)

    def at(self, depth: int) -> tuple[Frame, pl.Series | None]:
        """The frame of the scope's level `depth`, and its row for each row of this frame."""
        frame, rows = self, None
        while depth >= frame.width:
            depth -= frame.width
            rows = composed(rows, frame.outer_rows)
            assert frame.outer is not None, "a reference leads out of its scope"
            frame = frame.outer
        return frame, rows

    def entity_at(self, depth: int) -> tuple[Entity, pl.Series | None]:
        """The entity of the scope's level `depth`, and its row for each row of this frame."""
        frame, rows = self.at(depth)
        return frame.entity, composed(rows, frame.rows)

    def outermost(self) -> tuple[Entity, pl.Series | None]:
        """The entity of transactions, and its row for each row of this frame."""
        frame, rows = self, None
        while frame.outer is not None:
            rows, frame = composed(rows, frame.outer_rows), frame.outer
        return frame.entity, composed(rows, frame.rows)

    def carried(self, value: Value, entity: Entity, rows: pl.Series | None) -> Value:
        """A value of an entity's term, on the rows of this frame."""
        if self.columns is entity.columns and rows is None:
            return value
        return rebuilt(value, [self._carried(expr, entity, rows) for expr in parts(value)])

    def _carried(self, expr: pl.Expr, entity: Entity, rows: pl.Series | None) -> pl.Expr:
        roots = expr.meta.root_names()
        if not roots:
            return expr
        series = entity.columns[roots[0]]
        return self.put(series if rows is None else series.gather(rows))

    def put(self, series: pl.Series) -> pl.Expr:
        """Keep a column; the expression that refers to it."""
        name = f"~{next(_names)}"
        self.columns[name] = series.alias(name)
        return pl.col(name)

    def run(self, exprs: Sequence[pl.Expr]) -> list[pl.Series]:
        """Compute expressions, each as long as the frame."""
        found: dict[int, pl.Series] = {}
        work = []
        for i, expr in enumerate(exprs):
            if expr.meta.is_column():
                found[i] = self.columns[expr.meta.root_names()[0]]
            else:
                work.append(expr.alias(str(i)))
        if work:
            needed = dict.fromkeys(name for expr in work for name in expr.meta.root_names())
            data = pl.DataFrame([self.columns[name] for name in needed])
            for series in data.lazy().select(work).collect().get_columns():
                full = series if len(series) == self.height else series.new_from_index(0, self.height)
                found[int(series.name)] = full
        return [found[i] for i in range(len(exprs))]

    def computed(self, values: Mapping[str, Value], spans: frozenset[str] = frozenset()) -> dict[str, Value]:
        """The same values over columns of this frame, all computed at once; those in `spans` with their span."""
        open_values = {term: parts(value) for term, value in values.items()}
        open_values = {term: held for term, held in open_values.items() if any(e.meta.root_names() for e in held)}
        columns = iter(self.run([expr for held in open_values.values() for expr in held]))
        result = dict(values)
        for term, held in open_values.items():
            series = [next(columns) for _ in held]
            value = settled(rebuilt(values[term], [self.put(column) for column in series]), series)
            result[term] = spanned(value, series) if term in spans else value
        return result
