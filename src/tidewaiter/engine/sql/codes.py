"""Codes per row: a tree of choices whose leaves are scalars, single codes, or nothing known.

A code of which only some candidates are known is a choice under an unknown condition. Every question about a code
(is it this one, is it in that set, is it known) becomes the same question about the leaves, put together again by
Kleene's choice; so nothing is lost that the reference keeps in a `OneOf`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tidewaiter.engine.sql import scalars as s
from tidewaiter.engine.sql import truths as t
from tidewaiter.engine.sql.scalars import Scalar
from tidewaiter.engine.sql.truths import FALSE, TRUE, UNKNOWN, Truth

__all__ = ["NOTHING", "Choice", "Code", "Leaf", "Single", "choose", "equal", "first", "known", "mapped", "member",
    "stated", "text"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar of codes, NULL where unknown, seen through a table: codes that it does not hold stay themselves."""

    scalar: Scalar
    table: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Single:
    """The same code on every row; None is unknown."""

    code: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """`then` where `cond`, else `other`; one of both where `cond` is unknown."""

    cond: Truth
    then: Code
    other: Code


Code = Leaf | Single | Choice

NOTHING = Single(None)


def choose(cond: Truth, then: Code, other: Code) -> Code:
    """`then` if `cond`, else `other`."""
    if cond.value is not None:
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
    held = {each for each in codes if each not in code.table} | {k for k, v in code.table.items() if v in codes}
    if held:
        return Truth(s.is_in(code.scalar, held))
    return Truth(s.case((s.negation(s.is_null(code.scalar)), s.FALSE)))


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
    return Truth(s.compare("=", _seen(left), _seen(right)))


def _seen(leaf: Leaf) -> Scalar:
    """The codes of a leaf, through its table."""
    whens = [(s.is_in(leaf.scalar, (code,)), s.text(into)) for code, into in sorted(leaf.table.items())]
    return s.case(*whens, other=leaf.scalar) if whens else leaf.scalar


def known(code: Code) -> Truth:
    """Where the code is certain."""
    if isinstance(code, Leaf):
        return Truth(s.negation(s.is_null(code.scalar)), True)
    if isinstance(code, Single):
        return FALSE if code.code is None else TRUE
    then, other = known(code.then), known(code.other)
    if code.cond.certain:
        return t.choose(code.cond, then, other)
    agreed = t.conj([~t.known(code.cond), t.established(equal(code.then, code.other))])
    return t.disj([*_sides(code, then, other), agreed])


def _sides(code: Choice, then: Truth, other: Truth) -> list[Truth]:
    return [t.conj([t.established(code.cond), then]), t.conj([t.established(~code.cond), other])]


def stated(code: Code) -> Truth:
    """Where at least the candidates of the code are known."""
    if not isinstance(code, Choice):
        return known(code)
    then, other = stated(code.then), stated(code.other)
    return t.disj([*_sides(code, then, other), t.conj([~t.known(code.cond), then, other])])


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
    through = {held: table.get(into, into) for held, into in code.table.items()}
    return Leaf(code.scalar, {**{k: v for k, v in table.items() if k not in code.table}, **through})


def text(code: Code) -> Scalar:
    """The code where it is certain, else NULL."""
    if isinstance(code, Leaf):
        return _seen(code)
    certain = known(code)
    if isinstance(code, Single) or certain == FALSE:
        return _candidate(code) if certain == TRUE else s.null("text")
    return s.case((certain.scalar, _candidate(code)))


def _candidate(code: Code) -> Scalar:
    """One of the candidates; where the code is certain there is no other."""
    if isinstance(code, Leaf):
        return _seen(code)
    if isinstance(code, Single):
        return s.null("text") if code.code is None else s.text(code.code)
    maybe, _ = code.cond.possible()
    return s.case((maybe, _candidate(code.then)), other=_candidate(code.other))
