"""Truths as scalars: NULL is unknown; SQL's AND, OR and NOT are Kleene's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tidewaiter.engine.sql import scalars as s
from tidewaiter.engine.sql.scalars import Scalar

__all__ = ["FALSE", "TRUE", "UNKNOWN", "Truth", "choose", "conj", "decided", "disj", "established", "first", "known"]


@dataclass(frozen=True, slots=True)
class Truth:
    """A truth per row. `certain`: it is NULL on no row.

    `pair`: where it may be true and where it may be false, if it was made of these; long chains of choices grow as
    pairs, or each link would hold the rest twice.
    """

    scalar: Scalar
    certain: bool = False
    pair: tuple[Scalar, Scalar] | None = None

    @property
    def constant(self) -> bool:
        """Whether every row has the same value."""
        return self.scalar.constant

    @property
    def value(self) -> bool | None:
        """The value of a constant."""
        return {s.TRUE: True, s.FALSE: False}.get(self.scalar)

    def __invert__(self) -> Truth:
        return Truth(s.negation(self.scalar), self.certain, self.pair and (self.pair[1], self.pair[0]))

    def possible(self) -> tuple[Scalar, Scalar]:
        """Where it may be true, and where it may be false; neither is ever NULL."""
        if self.certain:
            return self.scalar, s.negation(self.scalar)
        return self.pair or (s.coalesce(self.scalar, s.TRUE), s.coalesce(s.negation(self.scalar), s.TRUE))


TRUE, FALSE, UNKNOWN = Truth(s.TRUE, True), Truth(s.FALSE, True), Truth(s.UNSURE)


def conj(args: Iterable[Truth]) -> Truth:
    """Kleene's and."""
    held = tuple(args)
    scalar = s.both(arg.scalar for arg in held)
    return Truth(scalar, scalar is s.FALSE or all(arg.certain for arg in held))


def disj(args: Iterable[Truth]) -> Truth:
    """Kleene's or."""
    held = tuple(args)
    scalar = s.either(arg.scalar for arg in held)
    return Truth(scalar, scalar is s.TRUE or all(arg.certain for arg in held))


def choose(cond: Truth, then: Truth, other: Truth) -> Truth:
    """`then` if `cond`, else `other`; with an unknown `cond` what both have in common."""
    if cond.value is not None:
        return then if cond.value else other
    if not then.pair and not other.pair:
        if then.value is not None:
            return disj([cond, other]) if then.value else conj([~cond, other])
        if other.value is not None:
            return disj([~cond, then]) if other.value else conj([cond, then])
        if cond.certain:
            chosen = s.case((cond.scalar, then.scalar), other=other.scalar)
            return Truth(chosen, then.certain and other.certain)
    (yes, no), (a, not_a), (b, not_b) = cond.possible(), then.possible(), other.possible()
    maybe = s.either([s.both([yes, a]), s.both([no, b])])
    maybe_not = s.either([s.both([yes, not_a]), s.both([no, not_b])])
    return Truth(s.case((s.compare("<>", maybe, maybe_not), maybe)), False, (maybe, maybe_not))


def decided(holds: Scalar, fails: Scalar) -> Truth:
    """True where `holds`, false where `fails`, else unknown; a NULL of either does not count."""
    return Truth(s.case((holds, s.TRUE), (fails, s.FALSE)))


def established(arg: Truth) -> Truth:
    """True where shown, else false: burden of proof."""
    return arg if arg.certain else Truth(s.coalesce(arg.scalar, s.FALSE), True)


def known(arg: Truth) -> Truth:
    """Where the truth is certain."""
    return TRUE if arg.certain else Truth(s.negation(s.is_null(arg.scalar)), True)


def first(args: Iterable[Truth]) -> Truth:
    """The first that is known."""
    held = [arg for arg in args if arg.scalar is not s.UNSURE]
    stop = next((i for i, arg in enumerate(held) if arg.certain), len(held) - 1)
    held = held[: stop + 1]
    if not held:
        return UNKNOWN
    return Truth(s.coalesce(*(arg.scalar for arg in held)), held[-1].certain)
