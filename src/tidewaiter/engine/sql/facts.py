"""Facts as values: input columns, the vocabulary's range where they are missing, or what a profile lets be assumed."""

from __future__ import annotations

from tidewaiter.engine.sql import scalars as s
from tidewaiter.engine.sql.codes import NOTHING, Leaf, Single
from tidewaiter.engine.sql.frames import Frame
from tidewaiter.engine.sql.numbers import Number, hull, nullable, paired
from tidewaiter.engine.sql.scalars import Scalar
from tidewaiter.engine.sql.truths import FALSE, UNKNOWN, Truth, disj
from tidewaiter.engine.sql.values import Value, choose
from tidewaiter.engine.vocabulary import Fact

__all__ = ["HIGH", "LOW", "assumed", "given", "stated"]

LOW, HIGH = "__low", "__high"


def given(fact: Fact, frame: Frame | None) -> Value:
    """The value of a fact as the frame's table states it; without a frame nobody stated it."""
    column = _column(frame, fact.term)
    if fact.type.kind in ("number", "date"):
        return _number(fact, frame, column)
    if column is None:
        return UNKNOWN if fact.type.kind == "boolean" else NOTHING
    return Truth(column) if fact.type.kind == "boolean" else Leaf(column)


def _column(frame: Frame | None, name: str) -> Scalar | None:
    return None if frame is None else frame.column(name)


def _ends(fact: Fact, frame: Frame | None) -> list[Scalar | None]:
    if fact.type.kind not in ("number", "date"):
        return []
    return [_column(frame, fact.term + ending) for ending in (LOW, HIGH)]


def _number(fact: Fact, frame: Frame | None, column: Scalar | None) -> Number:
    gap = (fact.low, fact.high)
    low, high = _ends(fact, frame)
    if low is None and high is None:
        return nullable(s.NOTHING if column is None else column, gap, gap)
    whole = Number((s.NOTHING,), gap, gap)
    first = [held for held in (column, low) if held is not None] + [whole.low]
    last = [held for held in (column, high) if held is not None] + [whole.high]
    return paired(s.coalesce(*first), s.coalesce(*last), gap)


def stated(fact: Fact, frame: Frame | None) -> Truth:
    """Where the frame's own table states anything about a fact, be it an interval."""
    held = [_column(frame, fact.term), *_ends(fact, frame)]
    return disj([Truth(s.negation(s.is_null(each)), True) for each in held if each is not None] or [FALSE])


def assumed(value: Value, told: Truth, other: Value) -> Value:
    """The value where it is stated, else the assumed one."""
    if isinstance(value, Truth) and isinstance(other, Truth) and not other.pair:
        return Truth(s.coalesce(value.scalar, other.scalar), other.certain)
    if isinstance(value, Leaf) and isinstance(other, Single) and other.code is not None and not value.table:
        return Leaf(s.coalesce(value.scalar, s.text(other.code)))
    if isinstance(value, Number) and not value.paired:
        if isinstance(other, Number) and not other.paired:
            return Number((s.coalesce(value.ends[0], other.ends[0]),), other.gap, hull(value.span, other.span))
        value = Number(value.ends, None, value.span)  # its NULLs are replaced, so they need no gap
    return choose(told, value, other)
