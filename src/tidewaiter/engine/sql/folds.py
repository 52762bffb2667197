"""Sums, largest and smallest per outer row: `engine.folds` as aggregate functions. An open end is NULL."""

from __future__ import annotations

from dataclasses import dataclass

from tidewaiter.engine.sql import scalars as s
from tidewaiter.engine.sql.frames import Frame
from tidewaiter.engine.sql.intervals import negated
from tidewaiter.engine.sql.numbers import larger, smaller
from tidewaiter.engine.sql.scalars import NOTHING, ZERO, Scalar
from tidewaiter.engine.sql.truths import Truth

__all__ = ["Entries", "fold"]

_Ends = tuple[Scalar, Scalar]


@dataclass(frozen=True, slots=True)
class Entries:
    """The rows of `inner` for each row of `outer`: whether one counts, the ends of its value, and its key."""

    outer: Frame
    inner: Frame
    held: Truth
    low: Scalar
    high: Scalar
    key: Scalar | None = None

    def total(self, value: Scalar) -> Scalar:
        """An aggregate expression on the outer rows."""
        return s.aggregate(self.outer, value)

    def over(self, name: str, *args: Scalar) -> Scalar:
        """An aggregate function over the inner rows."""
        return s.grouped(name, self.inner, *args)

    @property
    def certain(self) -> Scalar:
        """Where a row certainly counts; never NULL."""
        return s.coalesce(self.held.scalar, s.FALSE)

    @property
    def possible(self) -> Scalar:
        """Where a row may count; never NULL."""
        return s.coalesce(self.held.scalar, s.TRUE)

    def only(self, where: Scalar, value: Scalar) -> Scalar:
        """A value where something holds, else NULL."""
        return s.case((where, value))


def fold(how: str, entries: Entries, complete: Truth, unseen: _Ends) -> _Ends:
    """The low and high end of a fold on each outer row; `unseen` are those of a row that nobody listed."""
    if how == "sum":
        low, high = _sums(entries) if entries.key is None else _sums_per(entries)
        return _opened(low, high, complete, unseen)
    if how == "max":
        return _largest(entries, complete, unseen)
    low, high = negated(entries.low, entries.high)
    mirrored = Entries(entries.outer, entries.inner, entries.held, low, high)
    return negated(*_largest(mirrored, complete, negated(*unseen)))


def _opened(low: Scalar, high: Scalar, complete: Truth, unseen: _Ends) -> _Ends:
    """A sum, with the ends that unseen rows open."""
    sealed = s.either([complete.scalar, s.compare(">=", unseen[0], ZERO)])
    capped = s.either([complete.scalar, s.compare("<=", unseen[1], ZERO)])
    return s.case((sealed, low)), s.case((capped, high))


# sums ---------------------------------------------------------------------------------------------


def _sums(entries: Entries) -> _Ends:
    """Rows that only may count add what they could take away or bring."""
    low = _part(entries, entries.low, smaller(entries.low, ZERO))
    high = _part(entries, entries.high, larger(entries.high, ZERO))
    return _sum(entries, low), _sum(entries, high)


def _part(entries: Entries, sure: Scalar, unsure: Scalar) -> Scalar:
    held = entries.held.scalar
    return s.case((held, sure), (s.negation(held), ZERO), other=unsure)


def _sum(entries: Entries, part: Scalar) -> Scalar:
    """The sum on the outer rows: zero without rows, open where a part is."""
    rows = entries.total(entries.over("count rows"))
    return s.case((s.is_null(rows), ZERO), other=entries.total(_unless_open(entries, "sum", part)))


def _unless_open(entries: Entries, function: str, part: Scalar) -> Scalar:
    """An aggregate function of a part, NULL where the part is somewhere."""
    whole = s.op("=", entries.over("count rows"), entries.over("count", part))
    return s.case((whole, entries.over(function, part)))


def _sums_per(entries: Entries) -> _Ends:
    """Rows of equal key count once, the largest; a row without a key may repeat any other, or none."""
    assert entries.key is not None
    group = (entries.key, entries.possible)
    sure = entries.only(entries.certain, entries.low)
    some = s.op(">", entries.over("count", entries.only(entries.certain, s.literal(1.0))), ZERO)
    keyed = s.negation(s.is_null(entries.key))
    key = entries.over("max", s.case((keyed, s.literal(1.0))))
    low = s.case((s.is_null(key), ZERO), (s.negation(some), ZERO), other=entries.over("max", sure))
    high = s.case(
        (s.is_null(key), _unless_open(entries, "sum", entries.high)), other=_unless_open(entries, "max", entries.high)
    )

    def total(name: str, inner: Scalar) -> Scalar:
        """An aggregate over the groups of equal key, on the outer rows."""
        part = s.grouped("per", entries.inner, inner, *group)
        whole = s.op("=", entries.over("count rows"), s.grouped("count", entries.inner, part))
        made = s.grouped(name, entries.inner, part)
        return s.aggregate(entries.outer, made if name == "max" else s.case((whole, made)), group)

    rows = total("max", entries.over("count rows"))
    lows = s.case((s.is_null(rows), ZERO), other=total("sum", low))
    highs = s.case((s.is_null(rows), ZERO), other=total("sum", high))
    most = total("max", entries.over("max", sure))
    beside = s.coalesce(lows, most)
    return s.case((s.compare(">=", lows, most), lows), (s.compare(">", most, lows), most), other=beside), highs


# extremes -----------------------------------------------------------------------------------------


def _largest(entries: Entries, complete: Truth, unseen: _Ends) -> _Ends:
    """The largest: at least what certainly counts; that of no rows at all is unknown."""
    certain, possible = entries.certain, entries.possible
    sure = entries.total(entries.over("max", entries.only(certain, entries.low)))
    found = entries.total(entries.over("max", entries.only(certain, s.literal(1.0))))
    rows = entries.total(entries.over("max", entries.only(possible, s.literal(1.0))))
    lowest, highest = _counted(entries, "min", entries.low), _counted(entries, "max", entries.high)
    some, any_row = s.negation(s.is_null(found)), s.negation(s.is_null(rows))
    open_low = s.case((any_row, smaller(unseen[0], lowest)), other=unseen[0])
    open_high = s.case((any_row, larger(unseen[1], highest)), other=unseen[1])
    low = s.case((some, sure), (complete.scalar, NOTHING), other=open_low)
    sealed = s.case((some, highest))
    return low, s.case((complete.scalar, sealed), other=open_high)


def _counted(entries: Entries, function: str, end: Scalar) -> Scalar:
    """The extreme of an end over the rows that may count, NULL where it is open for one of them."""
    held = entries.only(entries.possible, end)
    number = entries.over("count", entries.only(entries.possible, s.literal(1.0)))
    whole = s.op("=", number, entries.over("count", held))
    return entries.total(s.case((whole, entries.over(function, held))))
