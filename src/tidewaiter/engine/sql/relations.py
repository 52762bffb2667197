"""Quantifiers, counts and folds over the rows of a relation: aggregates of what holds and of what is open.

The rows of a relation are a frame of their own; what is found there is grouped by the outer row and joined back, and
where nothing joins there are no rows. No EXISTS, no FILTER: three values are kept all the way.
"""

from __future__ import annotations

from typing import Protocol

from tidewaiter.engine import nodes as n
from tidewaiter.engine.sql import codes
from tidewaiter.engine.sql import scalars as s
from tidewaiter.engine.sql import truths as t
from tidewaiter.engine.sql.folds import Entries, fold
from tidewaiter.engine.sql.frames import Frame, Level, Scope
from tidewaiter.engine.sql.numbers import ANY, Number, constant, paired
from tidewaiter.engine.sql.scalars import ZERO, Scalar
from tidewaiter.engine.sql.truths import Truth
from tidewaiter.engine.sql.values import Value

__all__ = ["Lowers", "over_rows", "row_count"]


class Lowers(Protocol):
    """What lowers a node on a frame, and knows which relations are complete."""

    def lower(self, node: n.Node, frame: Frame, scope: Scope) -> Value:
        """The value of a node on every row of a frame."""
        ...

    def complete(self, relation: str, frame: Frame, level: Level) -> Truth:
        """Whether the rows of a relation are all; never NULL."""
        ...


def over_rows(node: n.Any | n.All | n.Count | n.Fold, frame: Frame, scope: Scope, lowers: Lowers) -> Value:
    """The value of a quantifier, count or fold on every row of a frame."""
    level = scope[node.relation.depth]
    complete = lowers.complete(node.relation.term, frame, level)
    child = level.entity.child(node.relation.term) if level.entity else None
    if child is None or level.entity is None:
        return _without_rows(node, complete, frame, scope, lowers)
    own = level.entity is frame and level.key == frame.own
    inner = child if own else frame.pair(level.key, child)
    row = Level(child, inner.own)
    inside: Scope = (row, *((row,) if node.relation.link else ()), *scope)
    if isinstance(node, n.Fold):
        entries = _entries(node, frame, inner, inside, lowers)
        return _number(*fold(node.how, entries, complete, _unseen(node, complete, frame, scope, lowers)))
    body = lowers.lower(node.body, inner, inside)
    assert isinstance(body, Truth)
    if isinstance(node, n.Count):
        return _counted(body, frame, inner, complete)
    return _quantified(body, frame, inner, complete, every=isinstance(node, n.All))


def row_count(frame: Frame, inner: Frame) -> Scalar:
    """How many rows of an inner frame each row has; NULL where there is none."""
    return s.aggregate(frame, s.grouped("count rows", inner))


def _quantified(body: Truth, frame: Frame, inner: Frame, complete: Truth, *, every: bool) -> Truth:
    """Two for a row that decides, one for an open one, none for the others: the largest of them says all."""
    wanted = ~body if every else body
    weight = s.op("weight", wanted.scalar)
    found = s.aggregate(frame, s.grouped("max", inner, weight))
    some = s.compare("=", found, s.literal(2.0))
    sealed = s.both([complete.scalar, s.compare("=", s.coalesce(found, ZERO), ZERO)])
    yes, no = (s.FALSE, s.TRUE) if every else (s.TRUE, s.FALSE)
    return Truth(s.case((some, yes), (sealed, no)))


def _counted(body: Truth, frame: Frame, inner: Frame, complete: Truth) -> Number:
    one = s.literal(1.0)
    held = _count(frame, inner, s.case((body.scalar, one)))
    open_or_held = s.case((body.possible()[0], one))
    most = s.coalesce(_count(frame, inner, open_or_held), ZERO)
    return _number(s.coalesce(held, ZERO), s.case((complete.scalar, most)), (0.0, ANY[1]))


def _count(frame: Frame, inner: Frame, value: Scalar) -> Scalar:
    return s.aggregate(frame, s.op("double", s.grouped("count", inner, value)))


def _number(low: Scalar, high: Scalar, span: tuple[float, float] = ANY) -> Number:
    return paired(low, high, span)


def _entries(node: n.Fold, frame: Frame, inner: Frame, inside: Scope, lowers: Lowers) -> Entries:
    held = t.TRUE if node.where is None else lowers.lower(node.where, inner, inside)
    value = lowers.lower(node.value, inner, inside)
    assert isinstance(held, Truth)
    assert isinstance(value, Number)
    key = None if node.per is None else _key(lowers.lower(node.per, inner, inside))
    return Entries(frame, inner, held, value.low, value.high, key)


def _key(value: Value) -> Scalar:
    """A scalar that is equal where the keys are, NULL where a key is not certain."""
    if isinstance(value, Truth):
        return value.scalar
    return value.value if isinstance(value, Number) else codes.text(value)


def _unseen(node: n.Fold, complete: Truth, frame: Frame, scope: Scope, lowers: Lowers) -> tuple[Scalar, Scalar]:
    """The ends of the value on a row that nobody listed."""
    if complete == t.TRUE:
        return ZERO, ZERO
    anyone = Level(None)
    value = lowers.lower(node.value, frame, (anyone, *((anyone,) if node.relation.link else ()), *scope))
    assert isinstance(value, Number)
    return value.low, value.high


def _without_rows(
    node: n.Any | n.All | n.Count | n.Fold, complete: Truth, frame: Frame, scope: Scope, lowers: Lowers
) -> Value:
    """The value over a relation without a table."""
    if isinstance(node, (n.Any, n.All)):
        empty = s.FALSE if isinstance(node, n.Any) else s.TRUE
        return Truth(s.case((complete.scalar, empty)))
    if isinstance(node, n.Count):
        return _number(ZERO, s.case((complete.scalar, ZERO)), (0.0, ANY[1]))
    low, high = _unseen(node, complete, frame, scope, lowers)
    if node.how != "sum":
        return _number(s.case((s.negation(complete.scalar), low)), s.case((s.negation(complete.scalar), high)))
    sealed = s.either([complete.scalar, s.compare(">=", low, ZERO)])
    capped = s.either([complete.scalar, s.compare("<=", high, ZERO)])
    found = _number(s.case((sealed, ZERO)), s.case((capped, ZERO)))
    return constant(0.0) if found.ends == (ZERO, ZERO) else found
