"""SQL expressions as a shared graph: equal expressions are one object, so that what is used twice is computed once.

A scalar belongs to a frame (the rows on which it can be computed), or to none where it is a constant. `grouped` ones
hold aggregate functions and stand only inside of `AGGREGATE`. NULL is unknown; a NULL end of a number is open.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

__all__ = [
    "AGGREGATE",
    "COLUMN",
    "FALSE",
    "IMPORT",
    "INFINITY",
    "LITERAL",
    "MINUS_INFINITY",
    "NOTHING",
    "TRUE",
    "UNSURE",
    "ZERO",
    "Scalar",
    "aggregate",
    "both",
    "case",
    "coalesce",
    "column",
    "compare",
    "either",
    "greatest",
    "grouped",
    "imported",
    "is_in",
    "is_null",
    "least",
    "literal",
    "negation",
    "null",
    "op",
    "text",
]

COLUMN, IMPORT, AGGREGATE, LITERAL = "column", "import", "aggregate", "literal"

_serial = itertools.count()
_interned: WeakValueDictionary[tuple[object, ...], Scalar] = WeakValueDictionary()


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Scalar:
    """An operation on other scalars. `detail` is what distinguishes it besides these; `serial` grows with creation."""

    op: str
    args: tuple[Scalar, ...]
    detail: Hashable
    frame: object
    grouped: bool
    serial: int = field(default_factory=lambda: next(_serial))

    @property
    def constant(self) -> bool:
        """Whether it is a literal."""
        return self.op == LITERAL


def _made(op: str, args: tuple[Scalar, ...], detail: Hashable, frame: object, grouped: bool) -> Scalar:
    key = (op, tuple(arg.serial for arg in args), type(detail), detail, id(frame), grouped)
    found = _interned.get(key)
    if found is None:
        found = _interned[key] = Scalar(op, args, detail, frame, grouped)
    return found


def op(name: str, *args: Scalar, detail: Hashable = None) -> Scalar:
    """An operation on scalars of one frame."""
    frames = {id(arg.frame): arg.frame for arg in args if arg.frame is not None}
    assert len(frames) <= 1, "an operation over two frames"
    frame = next(iter(frames.values()), None)
    return _made(name, args, detail, frame, any(arg.grouped for arg in args))


def grouped(name: str, frame: object, *args: Scalar, detail: Hashable = None) -> Scalar:
    """An aggregate function over the rows of a frame."""
    return _made(name, args, detail, frame, True)


def column(frame: object, name: str) -> Scalar:
    """A column of a frame's base."""
    return _made(COLUMN, (), name, frame, False)


def imported(frame: object, key: str, inner: Scalar) -> Scalar:
    """A scalar of another frame, on the rows of this one, which leads there by its column `key`."""
    return _made(IMPORT, (inner,), key, frame, False)


def aggregate(frame: object, inner: Scalar, keys: Hashable = None) -> Scalar:
    """An aggregate of an inner frame on the rows of the outer one; NULL where it has no rows."""
    return _made(AGGREGATE, (inner,), keys, frame, False)


def literal(value: bool | float | str) -> Scalar:
    """A constant."""
    held = value if isinstance(value, (bool, str)) else float(value)
    return _made(LITERAL, (), held, None, False)


def null(kind: str) -> Scalar:
    """An unknown of a kind: boolean, number, text."""
    return _made(LITERAL, (), ("null", kind), None, False)


def text(value: str) -> Scalar:
    """A code."""
    return literal(value)


TRUE, FALSE, UNSURE = literal(True), literal(False), null("boolean")
ZERO, NOTHING = literal(0.0), null("number")
INFINITY, MINUS_INFINITY = op("infinity"), op("infinity", detail="-")


def negation(arg: Scalar) -> Scalar:
    """Not."""
    if arg is TRUE or arg is FALSE:
        return FALSE if arg is TRUE else TRUE
    if arg is UNSURE:
        return arg
    return arg.args[0] if arg.op == "not" else op("not", arg)


def both(args: Iterable[Scalar]) -> Scalar:
    """Kleene's and; parts that are conjunctions are merged."""
    return _joined("and", args, FALSE, TRUE)


def either(args: Iterable[Scalar]) -> Scalar:
    """Kleene's or; parts that are disjunctions are merged."""
    return _joined("or", args, TRUE, FALSE)


def _joined(name: str, args: Iterable[Scalar], absorbing: Scalar, neutral: Scalar) -> Scalar:
    held = tuple(dict.fromkeys(arg for arg in args if arg is not neutral))
    if absorbing in held:
        return absorbing
    if len(held) < 2:
        return held[0] if held else neutral
    return op(name, *held)


def compare(operator: str, left: Scalar, right: Scalar) -> Scalar:
    """`left operator right`, NULL where one is."""
    if NOTHING in (left, right):
        return UNSURE
    if operator == "=" and left is right and left.constant:
        return TRUE
    return op(operator, left, right)


def is_null(arg: Scalar) -> Scalar:
    """Where it is NULL; itself never."""
    if arg.constant:
        return TRUE if isinstance(arg.detail, tuple) else FALSE
    return op("is null", arg)


def is_in(arg: Scalar, codes: Iterable[str]) -> Scalar:
    """Whether a code is one of several."""
    held = sorted(codes)
    return op("=", arg, literal(held[0])) if len(held) == 1 else op("in", arg, detail=tuple(held))


def coalesce(*args: Scalar) -> Scalar:
    """The first that is not NULL."""
    held = [arg for arg in dict.fromkeys(args) if not (arg.constant and isinstance(arg.detail, tuple))] or [args[-1]]
    stop = next((i for i, arg in enumerate(held) if arg.constant), len(held) - 1)
    held = held[: stop + 1]
    return held[0] if len(held) == 1 else op("coalesce", *held)


def case(*whens: tuple[Scalar, Scalar], other: Scalar | None = None) -> Scalar:
    """The first value whose condition is true, else `other` (NULL)."""
    held: list[tuple[Scalar, Scalar]] = []
    for when, value in whens:
        if when is TRUE:
            other = value
            break
        if when is not FALSE and when is not UNSURE:
            held.append((when, value))
    while held and other is not None and held[-1][1] is other:
        held.pop()
    if not held:
        return null(_kind(whens)) if other is None else other
    flat = tuple(part for pair in held for part in pair)
    return op("case", *flat, *(() if other is None else (other,)))


def _kind(whens: tuple[tuple[Scalar, Scalar], ...]) -> str:
    """The kind of a choice that nothing can decide; what is no literal here is a number."""
    value = whens[0][1]
    if not value.constant:
        return "number"
    if isinstance(value.detail, tuple):
        return str(value.detail[1])
    return "text" if isinstance(value.detail, str) else ("boolean" if value in (TRUE, FALSE) else "number")


def least(args: Iterable[Scalar]) -> Scalar:
    """The smallest of numbers, none of which is NULL."""
    return _extreme("least", args)


def greatest(args: Iterable[Scalar]) -> Scalar:
    """The largest of numbers, none of which is NULL."""
    return _extreme("greatest", args)


def _extreme(name: str, args: Iterable[Scalar]) -> Scalar:
    held = tuple(dict.fromkeys(args))
    return held[0] if len(held) == 1 else op(name, *held)
