"""Quantifiers, counts and folds over the rows of a relation: grouped counts of what holds and of what is open.

Every row of a relation becomes a row of an inner frame; what is found there is counted back onto the outer rows by
offsets, so nothing depends on how Polars treats nulls in lists or sums.
"""

from __future__ import annotations

import math
from typing import Protocol

import polars as pl

from tidewaiter.engine import nodes as n
from tidewaiter.engine.columns import codes
from tidewaiter.engine.columns.folds import fold
from tidewaiter.engine.columns.frames import INDEX, Entity, Frame
from tidewaiter.engine.columns.numbers import Number
from tidewaiter.engine.columns.truths import TRUE, Truth
from tidewaiter.engine.columns.values import Value, settled, spanned

__all__ = ["Lowers", "inner_subjects", "over_rows"]


class Lowers(Protocol):
    """What lowers a node on a frame, and knows which relations are complete."""

    def lower(self, node: n.Node, frame: Frame) -> Value:
        """The value of a node on every row of a frame."""
        ...

    def complete(self, entity: Entity, relation: str) -> pl.Series:
        """Whether the rows of a relation are all, for each row of the entity; never null."""
        ...


def inner_subjects(relation: n.Relation) -> frozenset[str]:
    """The subjects of a relation's rows."""
    return frozenset(name for name in (relation.to, relation.link) if name)


def over_rows(node: n.Any | n.All | n.Count | n.Fold, frame: Frame, lowers: Lowers) -> Value:
    """The value of a quantifier, count or fold on every row of a frame."""
    entity, rows = frame.entity_at(node.relation.depth)
    complete = lowers.complete(entity, node.relation.term)
    complete = complete if rows is None else complete.gather(rows)
    inner, offsets = _inner(frame, node.relation, entity, rows)
    if isinstance(node, n.Fold):
        return _folded(node, frame, inner, complete, lowers)
    body = lowers.lower(node.body, inner)
    assert isinstance(body, Truth)
    held = inner.run([body.column])[0]
    return _quantified(node, frame, held, offsets, complete)


def _inner(frame: Frame, relation: n.Relation, entity: Entity, rows: pl.Series | None) -> tuple[Frame, pl.Series]:
    """A frame with a row for each row of the relation, and where the rows of each outer row begin."""
    child = entity.child(relation.term, inner_subjects(relation))
    assert child.offsets is not None
    width = 2 if relation.link else 1
    if rows is None:
        return Frame(child, child.height, {}, None, frame, child.parent_rows, width), child.offsets
    starts, ends = child.offsets.gather(rows), child.offsets.gather(rows + 1)
    pairs = (
        pl.DataFrame({"start": starts, "end": ends})
        .with_row_index("outer")
        .filter(pl.col("end") > pl.col("start"))
        .select(
            pl.col("outer").repeat_by(pl.col("end") - pl.col("start")),
            pl.int_ranges("start", "end", dtype=INDEX).alias("row"),
        )
        .explode("outer", "row")
    )
    offsets = pl.concat([pl.Series([0], dtype=INDEX), (ends - starts).cum_sum().cast(INDEX)])
    outer, inner = pairs["outer"].cast(INDEX), pairs["row"].cast(INDEX)
    return Frame(child, len(inner), {}, inner, frame, outer, width), offsets


def _counted(held: pl.Series, offsets: pl.Series) -> pl.Series:
    """How many hold among the rows of each outer row."""
    running = pl.concat([pl.Series([0], dtype=INDEX), held.cast(INDEX).cum_sum().cast(INDEX)]).gather(offsets)
    return running.slice(1) - running.slice(0, max(len(running) - 1, 0))


def _quantified(
    node: n.Any | n.All | n.Count, frame: Frame, held: pl.Series, offsets: pl.Series, complete: pl.Series
) -> Value:
    wanted = ~held if isinstance(node, n.All) else held
    found = _counted(wanted.fill_null(False), offsets)
    unsure = _counted(held.is_null(), offsets)
    data = pl.DataFrame({"found": found, "unsure": unsure, "complete": complete})
    if isinstance(node, n.Count):
        low = pl.col("found").cast(pl.Float64)
        high = pl.when("complete").then(low + pl.col("unsure")).otherwise(math.inf)
        return _kept(frame, data.select(low.alias("low"), high.alias("high")))
    some, sealed = pl.col("found") > 0, pl.col("complete") & (pl.col("unsure") == 0)
    answer = some if isinstance(node, n.Any) else ~some
    column = data.select(pl.when(some | sealed).then(answer).alias("truth"))["truth"]
    return Truth(frame.put(column), not column.null_count())


def _folded(node: n.Fold, frame: Frame, inner: Frame, complete: pl.Series, lowers: Lowers) -> Number:
    entries = _entries(node, inner, lowers)
    unseen = _unseen(node, frame, complete, lowers)
    return _kept(frame, fold(node.how, entries, unseen, per=node.per is not None))


def _kept(frame: Frame, ends: pl.DataFrame) -> Number:
    held = [ends["low"], ends["high"]]
    number = spanned(settled(Number((frame.put(held[0]), frame.put(held[1]))), held), held)
    assert isinstance(number, Number)
    return number


def _entries(node: n.Fold, inner: Frame, lowers: Lowers) -> pl.DataFrame:
    """A row for each that counts (`certain`) or may count: bounds of its value, and its key."""
    held = TRUE if node.where is None else lowers.lower(node.where, inner)
    value = lowers.lower(node.value, inner)
    assert isinstance(held, Truth)
    assert isinstance(value, Number)
    exprs = [held.column, value.low, value.high]
    if node.per is not None:
        exprs.append(_key(lowers.lower(node.per, inner)))
    names = ["certain", "low", "high", "key"]
    columns = [series.alias(name) for series, name in zip(inner.run(exprs), names, strict=False)]
    data = pl.DataFrame([_outer_rows(inner).alias("outer").set_sorted(), *columns])
    certain = pl.col("certain").fill_null(False)
    return data.filter(pl.col("certain") | pl.col("certain").is_null()).with_columns(certain)


def _outer_rows(inner: Frame) -> pl.Series:
    assert inner.outer_rows is not None
    return inner.outer_rows


def _key(value: Value) -> pl.Expr:
    """A column that is equal where the keys are, null where a key is not certain."""
    if isinstance(value, Truth):
        return value.column
    return value.value if isinstance(value, Number) else codes.text(value, codes.dictionary(value))


def _unseen(node: n.Fold, frame: Frame, complete: pl.Series, lowers: Lowers) -> pl.DataFrame:
    """The bounds of the value on a row that nobody listed, for each outer row."""
    zeros = pl.zeros(frame.height, dtype=pl.Float64, eager=True)
    if complete.all():
        return pl.DataFrame({"complete": complete, "unseen_low": zeros, "unseen_high": zeros})
    outermost, rows = frame.outermost()
    anyone = Entity(pl.DataFrame(), frame.height, inner_subjects(node.relation), "", outermost, rows)
    inner = Frame(anyone, frame.height, {}, None, frame, None, 2 if node.relation.link else 1)
    value = lowers.lower(node.value, inner)
    assert isinstance(value, Number)
    low, high = inner.run([value.low, value.high])
    return pl.DataFrame({"complete": complete, "unseen_low": low, "unseen_high": high})
