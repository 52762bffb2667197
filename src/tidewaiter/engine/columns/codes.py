"""Codes per row: a tree of choices whose leaves are columns of codes, single codes, or nothing known.

A code of which only some candidates are known is a choice under an unknown condition. Every question about a code
(is it this one, is it in that set, is it known) becomes the same question about the leaves, put together again by
Kleene's choice; so nothing is lost that the reference keeps in a `OneOf`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from tidewaiter.engine.columns import truths as t
from tidewaiter.engine.columns.truths import FALSE, TRUE, UNKNOWN, Truth

__all__ = [
    "NOTHING",
    "Choice",
    "Code",
    "Leaf",
    "Single",
    "choose",
    "dictionary",
    "equal",
    "first",
    "known",
    "leaves",
    "mapped",
    "member",
    "parts",
    "rebuilt",
    "stated",
    "text",
]


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """A column of positions in `codes` (`dtype` is its integer type); null is unknown. Codes may repeat."""

    expr: pl.Expr
    dtype: pl.DataType
    codes: pl.Series


@dataclass(frozen=True, slots=True)
class Single:
    """The same code on every row; None is unknown."""

    code: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """`then` where `cond`, else `other`; one of both where `cond` is unknown."""

    cond: Truth
    then: Code
    other: Code


Code = Leaf | Single | Choice

NOTHING = Single(None)


def leaves(code: Code) -> Iterator[Leaf | Single]:
    """The leaves of the tree."""
    if isinstance(code, Choice):
        yield from leaves(code.then)
        yield from leaves(code.other)
    else:
        yield code


def parts(code: Code) -> tuple[pl.Expr, ...]:
    """The expressions to compute, from the root of the tree down."""
    if isinstance(code, Choice):
        return (*code.cond.parts(), *parts(code.then), *parts(code.other))
    return (code.expr,) if isinstance(code, Leaf) else ()


def rebuilt(code: Code, columns: Iterator[pl.Expr]) -> Code:
    """The same tree over computed columns, taken in the order of `parts`."""
    if isinstance(code, Choice):
        cond = code.cond if code.cond.constant else Truth(next(columns), code.cond.certain)
        return Choice(cond, rebuilt(code.then, columns), rebuilt(code.other, columns))
    return replace(code, expr=next(columns)) if isinstance(code, Leaf) else code


def choose(cond: Truth, then: Code, other: Code) -> Code:
    """`then` if `cond`, else `other`."""
    if cond.constant and cond.value is not None:
        return then if cond.value else other
    return then if isinstance(then, Single) and then == other else Choice(cond, then, other)


def member(code: Code, codes: frozenset[str]) -> Truth:
    """Whether the code is one of `codes`; even an unknown one is not in an empty set."""
    if not codes:
        return FALSE
    if isinstance(code, Choice):
        return t.choose(code.cond, member(code.then, codes), member(code.other, codes))
    if isinstance(code, Single):
        return UNKNOWN if code.code is None else (TRUE if code.code in codes else FALSE)
    return _among(code, pl.Series([held in codes for held in code.codes.to_list()], dtype=pl.Boolean).arg_true())


def _among(leaf: Leaf, positions: pl.Series) -> Truth:
    """Whether the position is one of `positions`."""
    count = len(positions)
    if count in (0, len(leaf.codes)):
        return Truth(pl.when(leaf.expr.is_not_null()).then(pl.lit(count > 0)))
    if count == 1:
        return Truth(leaf.expr == pl.lit(positions[0], dtype=leaf.dtype))
    return Truth(leaf.expr.is_in(positions.cast(leaf.dtype).implode()))


def equal(left: Code, right: Code) -> Truth:
    """Whether both are the same code."""
    for code, against in ((left, right), (right, left)):
        if isinstance(code, Choice):
            return t.choose(code.cond, equal(code.then, against), equal(code.other, against))
    if isinstance(left, Single) and left.code is not None:
        return member(right, frozenset((left.code,)))
    if isinstance(right, Single) and right.code is not None:
        return member(left, frozenset((right.code,)))
    if not (isinstance(left, Leaf) and isinstance(right, Leaf)):
        return UNKNOWN
    every = pl.concat([left.codes, right.codes]).unique(maintain_order=True)
    return Truth(_positions(left, every) == _positions(right, every))


def _positions(leaf: Leaf, every: pl.Series) -> pl.Expr:
    """Positions in `every` (no code twice) instead of the leaf's own."""
    if leaf.codes.equals(every):
        return leaf.expr.cast(pl.UInt32)
    index = {code: position for position, code in enumerate(every.to_list())}
    table = pl.Series([index[code] for code in leaf.codes.to_list()], dtype=pl.UInt32)
    return _looked_up(table, leaf.expr)


def _looked_up(table: pl.Series, positions: pl.Expr) -> pl.Expr:
    return pl.lit(table).gather(positions) if len(table) else pl.lit(None, dtype=table.dtype)


def known(code: Code) -> Truth:
    """Where the code is certain."""
    if isinstance(code, Leaf):
        return Truth(code.expr.is_not_null(), True)
    if isinstance(code, Single):
        return FALSE if code.code is None else TRUE
    then, other = known(code.then), known(code.other)
    if code.cond.certain:
        return t.choose(code.cond, then, other)
    return t.disj(
        [
            t.conj([t.established(code.cond), then]),
            t.conj([t.established(~code.cond), other]),
            t.conj([~t.known(code.cond), t.established(equal(code.then, code.other))]),
        ]
    )


def stated(code: Code) -> Truth:
    """Where at least the candidates of the code are known."""
    if not isinstance(code, Choice):
        return known(code)
    then, other = stated(code.then), stated(code.other)
    sides = [t.conj([t.established(code.cond), then]), t.conj([t.established(~code.cond), other])]
    return t.disj([*sides, t.conj([~t.known(code.cond), then, other])])


def first(args: Sequence[tuple[Truth, Code]]) -> Code:
    """The first code of which its truth says that it is stated, else the last."""
    result = args[-1][1]
    for told, arg in reversed(args[:-1]):
        result = choose(told, arg, result)
    return result


def mapped(code: Code, table: Mapping[str, str]) -> Code:
    """The code through a table; codes that it does not hold stay themselves."""
    if isinstance(code, Choice):
        return Choice(code.cond, mapped(code.then, table), mapped(code.other, table))
    if isinstance(code, Single):
        return code if code.code is None else Single(table.get(code.code, code.code))
    return replace(code, codes=pl.Series([table.get(c, c) for c in code.codes.to_list()], dtype=pl.String))


def text(code: Code, codes: pl.Series) -> pl.Expr:
    """Positions in `codes` (which holds every code of the leaves once) where the code is certain, else null."""
    certain = known(code)
    return _candidate(code, codes) if isinstance(code, Leaf) else pl.when(certain.column).then(_candidate(code, codes))


def _candidate(code: Code, codes: pl.Series) -> pl.Expr:
    """The position of one of the candidates; where the code is certain there is no other."""
    if isinstance(code, Leaf):
        return _positions(code, codes)
    if isinstance(code, Single):
        found = None if code.code is None else codes.index_of(code.code)
        return pl.lit(found, dtype=pl.UInt32)
    maybe, _ = code.cond.possible()
    return pl.when(maybe.column).then(_candidate(code.then, codes)).otherwise(_candidate(code.other, codes))


def dictionary(code: Code, before: Iterable[str] = ()) -> pl.Series:
    """Every code of the leaves once, those in `before` in front."""
    held: dict[str, None] = dict.fromkeys(before)
    for leaf in leaves(code):
        if isinstance(leaf, Leaf):
            held.update(dict.fromkeys(leaf.codes.to_list()))
        elif leaf.code is not None:
            held[leaf.code] = None
    return pl.Series(list(held), dtype=pl.String)
