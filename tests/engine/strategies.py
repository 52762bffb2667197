"""Hypothesis strategies for programs and facts: well-typed trees of every node, facts with holes, intervals and limits.

`programs()` draws layers of definitions over one small, lawless vocabulary (`lawless`); `transactions()` draws
facts for it, with rows hanging on relations. Numbers are multiples of a quarter near the constants that programs
compare with, so that thresholds are met exactly and sums do not depend on their order.

    @given(programs(), st.lists(transactions(), min_size=1), profiles())
    def test(program, roots, profile): ...
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from hypothesis import strategies as st
from tests.engine.lawless import (
    COLOR,
    COLORS,
    DAYS,
    FACTS,
    GROUPS,
    NUMBER,
    NUMBERS,
    PROFILE,
    RELATIONS,
    TABLES,
    VOCABULARY,
    WORDS,
)

from tidewaiter.engine import nodes as n
from tidewaiter.engine.facts import Instance, Row, Rows
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.types import BOOLEAN, DATE, TEXT, Type
from tidewaiter.engine.values import Interval, OneOf, Value
from tidewaiter.engine.vocabulary import ROOT, Fact, Relationship, qualified, subject_of

__all__ = ["COLORS", "PROFILE", "VOCABULARY", "profiles", "programs", "transactions"]

# expressions --------------------------------------------------------------------------------------

T = TypeVar("T")
_ORDER: tuple[n.CompareOp, ...] = ("<", "<=", "==", "!=", ">=", ">")
_EQUALITY: tuple[n.CompareOp, ...] = ("==", "!=")
_ARITH: tuple[n.ArithOp, ...] = ("+", "-", "*", "/")
_SET: tuple[Literal["|", "&", "-"], ...] = ("|", "&", "-")
_FOLDS: tuple[Literal["sum", "max", "min"], ...] = ("sum", "max", "min")


@dataclass(frozen=True, slots=True)
class _Scope:
    """What an expression may use: subjects (innermost first), decided terms so far, whether folds are allowed.

    `inexact`: decided numbers that hold quotients, whose sums could depend on the order.
    """

    levels: tuple[str, ...]
    decided: dict[str, Type] = field(default_factory=dict)
    inexact: frozenset[str] = frozenset()
    folds: bool = True

    def refs(self, kind: str) -> list[n.Ref]:
        """References to every term of a kind within reach."""
        types = {fact.term: fact.type for fact in FACTS} | self.decided
        return [
            n.Ref(term, depth, found)
            for depth, subject in enumerate(self.levels)
            for term, found in types.items()
            if subject_of(term) == subject and found.kind == kind
        ]

    def relations(self) -> list[n.Relation]:
        """Every relation within reach, unless the scope is deep already."""
        if len(self.levels) > 5:
            return []
        return [
            n.Relation(relation.term, depth, relation.to, relation.link)
            for depth, subject in enumerate(self.levels)
            for relation in RELATIONS
            if relation.subject == subject
        ]

    def inside(self, relation: n.Relation) -> _Scope:
        """The scope of a row of a relation."""
        link = (relation.link,) if relation.link else ()
        return replace(self, levels=(*link, relation.to, *self.levels))


class _Grower:
    """Draws expressions of a type; `budget` bounds their depth."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def pick(self, *options: T) -> T:
        """One of the options."""
        return self._draw(st.sampled_from(options))

    def chance(self, times: int, out_of: int) -> bool:
        """True so many times out of so many."""
        return self._draw(st.integers(1, out_of)) <= times

    def expression(self, kind: Type, scope: _Scope, budget: int) -> n.Node:
        """An expression of a type."""
        match kind.kind:
            case "boolean":
                return self.truth(scope, budget)
            case "number":
                return self.number(scope, budget)
            case "date":
                return self.date(scope, budget)
            case "text":
                return self._leaf("text", scope, WORDS, TEXT)
        return self.color(scope, budget)

    def _leaf(
        self, kind: str, scope: _Scope, constants: tuple[bool | float | str, ...], of: Type, exact: bool = False
    ) -> n.Node:
        refs = [ref for ref in scope.refs(kind) if not (exact and ref.term in scope.inexact)]
        if refs and self.chance(3, 4):
            return self.pick(*refs)
        return n.Const(self.pick(*constants, None), of)

    # truths

    def truth(self, scope: _Scope, budget: int) -> n.Node:
        """A truth."""
        if budget <= 0:
            return self._leaf("boolean", scope, (True, False), BOOLEAN)
        below = budget - 1
        shape = self.pick("compare", "compare", "same", "member", "and", "or", "not", "any", "all", "other", "leaf")
        match shape:
            case "compare":
                return self._compare(scope, below)
            case "same":
                return self._same(scope, below)
            case "member":
                return n.Member(self.color(scope, below), self._set(2))
            case "and":
                return n.And(self._truths(scope, below))
            case "or":
                return n.Or(self._truths(scope, below))
            case "not":
                return n.Not(self.truth(scope, below))
            case "any" | "all":
                return self.quantified(scope, below, every=shape == "all")
            case "other":
                return self._other_truth(scope, below)
        return self.truth(scope, 0)

    def _truths(self, scope: _Scope, budget: int) -> tuple[n.Node, ...]:
        return tuple(self.truth(scope, budget) for _ in range(self.pick(2, 2, 3)))

    def _compare(self, scope: _Scope, budget: int) -> n.Node:
        op = self.pick(*_ORDER)
        grow = self.pick(self.number, self.number, self.date)
        return n.Compare(op, grow(scope, budget), grow(scope, self.pick(0, budget)))

    def _same(self, scope: _Scope, budget: int) -> n.Node:
        op = self.pick(*_EQUALITY)
        if self.chance(2, 3):
            return n.Compare(op, self.color(scope, budget), self.color(scope, budget))
        return n.Compare(op, self.expression(TEXT, scope, 0), self.expression(TEXT, scope, 0))

    def _set(self, budget: int) -> n.SetNode:
        if budget and self.chance(1, 3):
            return n.SetOp(self.pick(*_SET), self._set(budget - 1), self._set(budget - 1))
        if self.chance(1, 2):
            return n.SetName(self.pick(*GROUPS))
        return n.SetCodes(self._draw(st.frozensets(st.sampled_from(COLORS), max_size=3)))

    def _other_truth(self, scope: _Scope, budget: int) -> n.Node:
        match self.pick("established", "known", "first", "ite"):
            case "established":
                return n.Established(self.truth(scope, budget))
            case "known":
                kind = self.pick(BOOLEAN, NUMBER, COLOR, DATE)
                return n.Known(self.expression(kind, scope, budget))
            case "first":
                return n.First(self._truths(scope, budget), BOOLEAN)
        return n.Ite(*self._truths3(scope, budget), BOOLEAN)

    def _truths3(self, scope: _Scope, budget: int) -> tuple[n.Node, n.Node, n.Node]:
        return self.truth(scope, budget), self.truth(scope, budget), self.truth(scope, budget)

    def quantified(self, scope: _Scope, budget: int, *, every: bool) -> n.Node:
        """Some or every row of a relation."""
        relations = scope.relations()
        if not relations:
            return self.truth(scope, 0)
        relation = self.pick(*relations)
        body = self.truth(scope.inside(relation), budget)
        return n.All(relation, body) if every else n.Any(relation, body)

    # numbers, dates, codes

    def number(self, scope: _Scope, budget: int, exact: bool = False) -> n.Node:
        """A number; an `exact` one holds no quotient."""
        below = budget - 1
        if budget <= 0:
            return self._leaf("number", scope, NUMBERS, NUMBER, exact)
        match self.pick("arith", "arith", "fold", "count", "ite", "first", "days", "year", "leaf"):
            case "arith":
                op = self.pick(*(_ARITH[:3] if exact else _ARITH))
                sides = self.number(scope, below, exact), self.number(scope, self.pick(0, below), exact)
                return n.Arith(op, *sides, NUMBER)
            case "fold" if scope.folds:
                return self.fold(scope, below)
            case "count" if scope.relations():
                relation = self.pick(*scope.relations())
                return n.Count(relation, self.truth(scope.inside(relation), below))
            case "ite":
                branches = self.number(scope, below, exact), self.number(scope, below, exact)
                return n.Ite(self.truth(scope, below), *branches, NUMBER)
            case "first":
                return n.First((self.number(scope, below, exact), self.number(scope, below, exact)), NUMBER)
            case "days":
                return n.Arith("-", self.date(scope, below), self.date(scope, below), NUMBER)
            case "year":
                return n.Year(self.date(scope, below))
        return self.number(scope, 0, exact)

    def fold(self, scope: _Scope, budget: int) -> n.Node:
        """A sum or an extreme over the rows of a relation."""
        relations = scope.relations()
        if not relations:
            return self.number(scope, 0, exact=True)
        relation = self.pick(*relations)
        inner = scope.inside(relation)
        how = self.pick(*_FOLDS)
        value = self.number(inner, budget, exact=True)
        where = self.truth(inner, budget) if self.chance(1, 2) else None
        per = None
        if how == "sum" and self.chance(1, 2):
            per = self.expression(self.pick(COLOR, NUMBER, BOOLEAN), inner, 1)
            value = n.Ite(n.Compare(">=", value, n.Const(0.0, NUMBER)), value, n.Const(0.0, NUMBER), NUMBER)
        return n.Fold(how, relation, value, where, per, NUMBER)

    def date(self, scope: _Scope, budget: int) -> n.Node:
        """A date, never far from the present century."""
        below = budget - 1
        if budget <= 0:
            return self._leaf("date", scope, DAYS, DATE) if self.chance(2, 3) else n.AsOf()
        match self.pick("add_days", "add_months", "ite", "first", "leaf"):
            case "add_days":
                days = n.Const(self.pick(-30.0, 1.0, 366.0), NUMBER)
                return n.Arith("+", self.date(scope, below), days, DATE)
            case "add_months":
                return n.AddMonths(self.date(scope, below), self.pick(-13, -1, 1, 6))
            case "ite":
                return n.Ite(self.truth(scope, below), self.date(scope, below), self.date(scope, below), DATE)
            case "first":
                return n.First((self.date(scope, below), self.date(scope, below)), DATE)
        return self.date(scope, 0)

    def color(self, scope: _Scope, budget: int) -> n.Node:
        """A code."""
        below = budget - 1
        if budget <= 0:
            return self._leaf("code", scope, COLORS, COLOR)
        match self.pick("ite", "ite", "lookup", "first", "leaf"):
            case "ite":
                return n.Ite(self.truth(scope, below), self.color(scope, below), self.color(scope, below), COLOR)
            case "lookup":
                return n.Lookup(self.pick(*TABLES), self.color(scope, below), COLOR)
            case "first":
                return n.First((self.color(scope, below), self.color(scope, below)), COLOR)
        return self.color(scope, 0)


# programs -----------------------------------------------------------------------------------------

_HELD = Definition(
    "party.held",
    "party",
    BOOLEAN,
    n.Or((n.Ref("party.flag", 0, BOOLEAN), n.Any(n.Relation("party.owners", 0, "party", "stake"),
        n.And((n.Ref("party.held", 1, BOOLEAN),
            n.Compare(">=", n.Ref("stake.share", 0, NUMBER), n.Const(50.0, NUMBER)))))),
    ),
    recursive=True,
)  # fmt: skip


@st.composite
def programs(
    draw: st.DrawFn,
    *,
    terms: int = 6,
    budget: int = 3,
    recursive: bool = False,
    folds: bool = True,
    focus: Literal["", "fold", "quantifier"] = "",
) -> Program:
    """A program of up to `terms` decided terms, each free to rest on the ones before it; the last are the root's.

    `recursive` adds a term that refers to itself along owners; without `folds` there are no sums and extremes;
    `focus` makes the last term one over the rows of a relation.
    """
    grower, scope = _Grower(draw), _Scope((), {_HELD.term: BOOLEAN} if recursive else {}, frozenset(), folds)
    definitions = {_HELD.term: _HELD} if recursive else {}
    count = draw(st.integers(1, terms))
    for i in range(count):
        subject = ROOT if i >= count - 2 else grower.pick(ROOT, "item", "piece", "party", "stake")
        kind, node = _meaning(grower, replace(scope, levels=_levels(subject)), budget, focus if i == count - 1 else "")
        term = qualified(subject, f"t{i}")
        definitions[term] = Definition(term, subject, kind, node)
        inexact = scope.inexact | ({term} if _inexact(node, scope.inexact) else frozenset())
        scope = replace(scope, decided={**scope.decided, term: kind}, inexact=inexact)
    return Program(replace(VOCABULARY, decided=scope.decided), definitions, GROUPS, TABLES, dt.date(2024, 1, 1))


def _levels(subject: str) -> tuple[str, ...]:
    return (ROOT,) if subject == ROOT else (subject, ROOT)


def _meaning(grower: _Grower, scope: _Scope, budget: int, focus: str) -> tuple[Type, n.Node]:
    if focus == "fold":
        return NUMBER, grower.fold(scope, budget - 1)
    if focus == "quantifier":
        return BOOLEAN, grower.quantified(scope, budget - 1, every=grower.chance(1, 2))
    kind = grower.pick(BOOLEAN, BOOLEAN, NUMBER, COLOR, DATE)
    return kind, grower.expression(kind, scope, budget)


def _inexact(node: n.Node, held: frozenset[str]) -> bool:
    return any(
        (isinstance(part, n.Arith) and part.op == "/") or (isinstance(part, n.Ref) and part.term in held)
        for part in n.walk(node)
    )


# facts --------------------------------------------------------------------------------------------


@st.composite
def transactions(draw: st.DrawFn, *, one_of: bool = True) -> Instance:
    """A transaction with rows: about two facts in five missing, numbers also as intervals, relations of every state.

    With `one_of`, a code may be one of several.
    """
    return _instance(_Grower(draw), ROOT, one_of, generations=2)


def profiles() -> st.SearchStrategy[str | None]:
    """No profile, or the one under which the vocabulary lets things be assumed."""
    return st.sampled_from((None, PROFILE))


def _instance(grower: _Grower, subject: str, one_of: bool, generations: int) -> Instance:
    facts = {fact.term: _value(grower, fact, one_of) for fact in FACTS if fact.subject == subject}
    stated = {term: value for term, value in facts.items() if value is not None}
    relations = {}
    for relation in RELATIONS:
        if relation.subject == subject and generations and grower.chance(2, 3):
            relations[relation.term] = _rows(grower, relation, one_of, generations - 1)
    return Instance(subject, stated, relations)


def _rows(grower: _Grower, relation: Relationship, one_of: bool, generations: int) -> Rows:
    rows = []
    for _ in range(grower.pick(0, 1, 1, 2, 3, 6)):
        linked = relation.link and grower.chance(2, 3)
        link = _instance(grower, relation.link, one_of, 0) if linked else None
        rows.append(Row(_instance(grower, relation.to, one_of, generations), link))
    return Rows(tuple(rows), grower.pick(True, True, False, None))


def _value(grower: _Grower, fact: Fact, one_of: bool) -> Value:
    state = grower.pick("missing", "missing", "stated", "stated", "partial")
    if state == "missing":
        return None
    match fact.type.kind:
        case "boolean":
            return grower.pick(True, False)
        case "text":
            return grower.pick(*WORDS)
        case "code" if state == "partial" and one_of:
            return OneOf(frozenset((grower.pick("red", "green"), grower.pick("blue", "gray"))))
        case "code":
            return grower.pick(*COLORS)
    pool = DAYS if fact.type == DATE else NUMBERS
    within = [value for value in pool if fact.low <= value <= fact.high]
    low, high = sorted((grower.pick(*within), grower.pick(*within)))
    return Interval(low, high) if state == "partial" and low != high else low
