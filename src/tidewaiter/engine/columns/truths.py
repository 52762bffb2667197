"""Truths as Polars expressions: null is unknown, `&` and `|` are Kleene's, constants are folded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

__all__ = ["FALSE", "TRUE", "UNKNOWN", "Truth", "choose", "conj", "decided", "disj", "established", "first", "known"]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """A truth per row: an expression, or (where that is None) the same `value` on every row.

    `certain`: the expression is null on no row. `pair`: where it may be true and where it may be false, if the
    expression was made of these; long chains of choices grow as pairs, or each link would hold the rest twice.
    """

    expr: pl.Expr | None
    certain: bool = False
    value: bool | None = None
    pair: tuple[pl.Expr, pl.Expr] | None = None

    @property
    def constant(self) -> bool:
        """Whether every row has the same `value`."""
        return self.expr is None

    @property
    def column(self) -> pl.Expr:
        """The expression, a literal where it is constant."""
        return pl.lit(self.value, dtype=pl.Boolean) if self.expr is None else self.expr

    def parts(self) -> tuple[pl.Expr, ...]:
        """The expressions to compute."""
        return () if self.expr is None else (self.expr,)

    def rebuilt(self, parts: tuple[pl.Expr, ...]) -> Truth:
        """The same truth over computed columns."""
        return Truth(parts[0], self.certain) if parts else self

    def __invert__(self) -> Truth:
        if self.expr is None:
            return Truth(None, self.certain, None if self.value is None else not self.value)
        return Truth(~self.expr, self.certain, None, self.pair and (self.pair[1], self.pair[0]))

    def possible(self) -> tuple[Truth, Truth]:
        """Where it may be true, and where it may be false; both certain."""
        if self.expr is None:
            return (FALSE if self.value is False else TRUE), (FALSE if self.value is True else TRUE)
        if self.certain:
            return self, ~self
        maybe, maybe_not = self.pair or (self.expr.fill_null(True), (~self.expr).fill_null(True))
        return Truth(maybe, True), Truth(maybe_not, True)


TRUE = Truth(None, True, True)
FALSE = Truth(None, True, False)
UNKNOWN = Truth(None, False, None)


def conj(args: Iterable[Truth]) -> Truth:
    """Kleene's and."""
    held = [arg for arg in args if not (arg.constant and arg.value is True)]
    if any(arg.constant and arg.value is False for arg in held):
        return FALSE
    exprs = [arg.expr for arg in held if arg.expr is not None]
    if not exprs:
        return UNKNOWN if held else TRUE
    if len(exprs) < len(held):
        exprs.append(UNKNOWN.column)
    total = exprs[0]
    for expr in exprs[1:]:
        total = total & expr
    return Truth(total, all(arg.certain for arg in held))


def disj(args: Iterable[Truth]) -> Truth:
    """Kleene's or."""
    held = [arg for arg in args if not (arg.constant and arg.value is False)]
    if any(arg.constant and arg.value is True for arg in held):
        return TRUE
    exprs = [arg.expr for arg in held if arg.expr is not None]
    if not exprs:
        return UNKNOWN if held else FALSE
    if len(exprs) < len(held):
        exprs.append(UNKNOWN.column)
    total = exprs[0]
    for expr in exprs[1:]:
        total = total | expr
    return Truth(total, all(arg.certain for arg in held))


def choose(cond: Truth, then: Truth, other: Truth) -> Truth:
    """`then` if `cond`, else `other`; with an unknown `cond` what both have in common."""
    if cond.constant and cond.value is not None:
        return then if cond.value else other
    if not then.pair and not other.pair:
        if then.constant and then.value is not None:
            return disj([cond, other]) if then.value else conj([~cond, other])
        if other.constant and other.value is not None:
            return disj([~cond, then]) if other.value else conj([cond, then])
        if cond.certain:
            return Truth(pl.when(cond.column).then(then.column).otherwise(other.column), then.certain and other.certain)
    (yes, no), (a, not_a), (b, not_b) = cond.possible(), then.possible(), other.possible()
    maybe, maybe_not = disj([conj([yes, a]), conj([no, b])]), disj([conj([yes, not_a]), conj([no, not_b])])
    pair = maybe.column, maybe_not.column
    return Truth(pl.when(pair[0] != pair[1]).then(pair[0]), False, None, pair)


def decided(holds: pl.Expr, fails: pl.Expr) -> pl.Expr:
    """True where `holds`, false where `fails`, else unknown; neither is ever null."""
    return pl.when(holds | fails).then(holds)


def established(arg: Truth) -> Truth:
    """True where shown, else false."""
    if arg.expr is None:
        return TRUE if arg.value else FALSE
    return arg if arg.certain else Truth(arg.expr.fill_null(False), True)


def known(arg: Truth) -> Truth:
    """Where the truth is certain."""
    if arg.expr is None:
        return FALSE if arg.value is None else TRUE
    return TRUE if arg.certain else Truth(arg.expr.is_not_null(), True)


def first(args: Iterable[Truth]) -> Truth:
    """The first that is known."""
    held = [arg for arg in args if not (arg.constant and arg.value is None)]
    stop = next((i for i, arg in enumerate(held) if arg.certain), len(held) - 1)
    held = held[: stop + 1]
    if len(held) <= 1:
        return held[0] if held else UNKNOWN
    return Truth(pl.coalesce([arg.column for arg in held]), held[-1].certain)
