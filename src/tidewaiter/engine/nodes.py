"""The expression tree: frozen, typed nodes. Everything that a condition of law can say, and nothing else.

A scope is a stack of subjects, innermost first, the transaction last; `depth` counts from the innermost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal

from tidewaiter.engine.types import BOOLEAN, DATE, Type, numeric

__all__ = [
    "AddMonths",
    "All",
    "And",
    "Any",
    "Arith",
    "ArithOp",
    "AsOf",
    "Compare",
    "CompareOp",
    "Const",
    "Count",
    "Established",
    "First",
    "Fold",
    "Ite",
    "Known",
    "Lookup",
    "Member",
    "Node",
    "Not",
    "Or",
    "Ref",
    "Relation",
    "SetCodes",
    "SetName",
    "SetNode",
    "SetOp",
    "Year",
    "children",
    "type_of",
    "walk",
]

CompareOp = Literal["<", "<=", "==", "!=", ">=", ">"]
ArithOp = Literal["+", "-", "*", "/"]


@dataclass(frozen=True, slots=True)
class Const:
    """A literal: truth, number, code; a date is its ordinal. None is unknown."""

    value: bool | float | str | None
    type: Type


@dataclass(frozen=True, slots=True)
class Ref:
    """The value of a term (fact or decided) on the subject `depth` levels out."""

    term: str
    depth: int
    type: Type


@dataclass(frozen=True, slots=True)
class AsOf:
    """The date asked about."""


@dataclass(frozen=True, slots=True)
class Compare:
    """`left op right` over numbers, dates or codes (codes: == and != only)."""

    op: CompareOp
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class SetName:
    """A dated group by name."""

    name: str


@dataclass(frozen=True, slots=True)
class SetCodes:
    """A literal set of codes."""

    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class SetOp:
    """Union `|`, intersection `&` or difference `-` of two sets."""

    op: Literal["|", "&", "-"]
    left: SetNode
    right: SetNode


SetNode = SetName | SetCodes | SetOp


@dataclass(frozen=True, slots=True)
class Member:
    """Whether a code belongs to a set on the date asked about."""

    item: Node
    members: SetNode


@dataclass(frozen=True, slots=True)
class And:
    """All hold (Kleene). `chain` marks a chained comparison, printed as one."""

    args: tuple[Node, ...]
    chain: bool = False


@dataclass(frozen=True, slots=True)
class Or:
    """At least one holds (Kleene)."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Does not hold (Kleene)."""

    arg: Node


@dataclass(frozen=True, slots=True)
class Arith:
    """Interval arithmetic; division by an interval that holds zero opens up."""

    op: ArithOp
    left: Node
    right: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of the subject `depth` levels out; `to` and `link` are the subjects of its rows."""

    term: str
    depth: int
    to: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Any:
    """Some row satisfies `body`; none found in an incomplete relation is unknown."""

    relation: Relation
    body: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every row satisfies `body`; all found in an incomplete relation is unknown."""

    relation: Relation
    body: Node


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows satisfy `body`, as an interval; an incomplete relation has no upper end."""

    relation: Relation
    body: Node


@dataclass(frozen=True, slots=True)
class Fold:
    """Sum, largest or smallest of `value` over the rows where `where`; rows of equal `per` count once (the largest)."""

    how: Literal["sum", "max", "min"]
    relation: Relation
    value: Node
    where: Node | None
    per: Node | None
    type: Type


@dataclass(frozen=True, slots=True)
class Established:
    """True when `arg` is true, else false: burden of proof."""

    arg: Node


@dataclass(frozen=True, slots=True)
class Known:
    """True when the value of `arg` is certain, else false."""

    arg: Node


@dataclass(frozen=True, slots=True)
class First:
    """The first of `args` of which something is known; the last one where nothing is.

    A fact counts as soon as it is stated, be it as an interval; anything else when its value is certain.
    """

    args: tuple[Node, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Ite:
    """`then` if `cond`, else `other`; with an unknown `cond` what both have in common."""

    cond: Node
    then: Node
    other: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Lookup:
    """A code through a dated table; codes that it does not hold stay themselves."""

    table: str
    item: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Year:
    """The calendar year of a date."""

    arg: Node


@dataclass(frozen=True, slots=True)
class AddMonths:
    """A date so many calendar months on (or back); a day that the month lacks becomes the month's last."""

    arg: Node
    months: int


Node = (
    Const | Ref | AsOf | Compare | Member | And | Or | Not | Arith | Any | All | Count | Fold
    | Established | Known | First | Ite | Lookup | Year | AddMonths
)  # fmt: skip

_TRUTHS = (Compare, Member, And, Or, Not, Any, All, Established, Known)
_NODES = (Const, Ref, AsOf, *_TRUTHS, Arith, Count, Fold, First, Ite, Lookup, Year, AddMonths)


def type_of(node: Node) -> Type:
    """The type of the value that a node yields."""
    if isinstance(node, _TRUTHS):
        return BOOLEAN
    if isinstance(node, (AsOf, AddMonths)):
        return DATE
    if isinstance(node, Count):
        return numeric()
    return numeric(None) if isinstance(node, Year) else node.type


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below, in order."""
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, _NODES))
        elif isinstance(value, _NODES):
            yield value


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, outermost first."""
    yield node
    for child in children(node):
        yield from walk(child)
