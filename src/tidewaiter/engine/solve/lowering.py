"""Programs as symbolic values: one visitor of the same shape as the reference evaluator."""

from __future__ import annotations

from fractions import Fraction

from tidewaiter.base.errors import EngineError, LimitExceeded
from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Program
from tidewaiter.engine.solve import codes, folds, numbers
from tidewaiter.engine.solve.cases import Case, Facts, Slot
from tidewaiter.engine.solve.logic import Bit, Real, all_of, any_of, negation, real
from tidewaiter.engine.solve.relevance import direct
from tidewaiter.engine.solve.symbols import (
    ANYTHING,
    Choice,
    Span,
    Symbol,
    Truth3,
    choose,
    common,
    decided,
    is_certain,
    point,
)
from tidewaiter.engine.types import Type
from tidewaiter.engine.values import ordinal

__all__ = ["Lowering"]

_Scope = tuple[Case, ...]
_MOST_STEPS = 400_000


class Lowering:
    """The values of a program's terms over symbolic facts; each term is lowered once for an instance.

    `compared` are the numbers that were compared, with the terms of the comparison.
    """

    def __init__(self, program: Program, facts: Facts) -> None:
        self.program, self.facts = program, facts
        self._memo: dict[tuple[str, str], Symbol] = {}
        self._open: set[tuple[str, str]] = set()
        self._steps = 0
        self.compared: list[tuple[frozenset[str], Real, Real]] = []

    def value(self, term: str, case: Case) -> Symbol:
        """The value of a term on an instance."""
        if term not in self.program.definitions:
            return self.facts.given(case, term).value
        key = (term, case.path)
        if key not in self._memo:
            if key in self._open:
                raise LimitExceeded(f"'{term}' rests on itself on one and the same row: not a question for the solver")
            self._open.add(key)
            scope = (case,) if case is self.facts.root else (case, self.facts.root)
            self._memo[key] = self.eval(self.program.definitions[term].node, scope)
            self._open.discard(key)
        return self._memo[key]

    def on(self, node: n.Node, case: Case) -> Symbol:
        """The value of an expression about an instance."""
        return self.eval(node, (case,) if case is self.facts.root else (case, self.facts.root))

    def truth(self, node: n.Node, scope: _Scope) -> Truth3:
        """The value of a condition."""
        value = self.eval(node, scope)
        if not isinstance(value, Truth3):
            raise EngineError(f"{type(node).__name__} is no condition")
        return value

    def span(self, node: n.Node, scope: _Scope) -> Span:
        """The value of a number or date."""
        value = self.eval(node, scope)
        if not isinstance(value, Span):
            raise EngineError(f"{type(node).__name__} is no number")
        return value

    def choice(self, node: n.Node, scope: _Scope) -> Choice:
        """The value of a code or text."""
        value = self.eval(node, scope)
        if not isinstance(value, Choice):
            raise EngineError(f"{type(node).__name__} is no code")
        return value

    def eval(self, node: n.Node, scope: _Scope) -> Symbol:
        """The value of an expression in a scope. LimitExceeded when it is too large."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise LimitExceeded("the law unrolls to more than the solver is given: lower the bounds")
        match node:
            case n.Const(value=value, type=kind):
                return self._constant(value, kind)
            case n.Ref(term=term, depth=depth):
                return self.value(term, scope[depth])
            case n.AsOf():
                return point(Fraction(ordinal(self.program.as_of)))
            case n.Compare():
                return self._compare(node, scope)
            case n.Member(item=item, members=members):
                return self._member(item, self.program.members(members), scope)
            case n.And(args=args):
                return _and([self.truth(arg, scope) for arg in args])
            case n.Or(args=args):
                return _or([self.truth(arg, scope) for arg in args])
            case n.Not(arg=arg):
                held = self.truth(arg, scope)
                return Truth3(held.fails, held.open)
            case n.Arith(op=op, left=left, right=right):
                return numbers.arith(op, self.span(left, scope), self.span(right, scope))
            case n.Established(arg=arg):
                return Truth3(self.truth(arg, scope).holds)
            case n.Known(arg=arg):
                return Truth3(is_certain(self.eval(arg, scope)))
            case n.First(args=args):
                return self._first(args, scope)
            case n.Ite(cond=cond, then=then, other=other):
                return self._choice(self.truth(cond, scope), then, other, scope)
            case n.Lookup(table=table, item=item, type=kind):
                return self._lookup(table, self.choice(item, scope), kind)
            case n.Year(arg=arg):
                return self.facts.calendar.year(self.span(arg, scope))
            case n.AddMonths(arg=arg, months=months):
                return self.facts.calendar.add_months(self.span(arg, scope), months)
            case _:
                return self._over_rows(node, scope)

    # leaves and choices ---------------------------------------------------------------------------

    def _constant(self, value: object, kind: Type) -> Symbol:
        match kind.kind:
            case "boolean":
                return Truth3(value is True, value is None)
            case "number" | "date":
                return point(real(value)) if isinstance(value, (int, float)) else ANYTHING
        if value is None:
            return Choice((), True)
        return Choice(((True, self.facts.code(kind.domain, str(value))),))

    def _compare(self, node: n.Compare, scope: _Scope) -> Truth3:
        left, right = self.eval(node.left, scope), self.eval(node.right, scope)
        if isinstance(left, Choice) and isinstance(right, Choice):
            return codes.compare(node.op, left, right)
        if isinstance(left, Span) and isinstance(right, Span):
            terms = direct(node).terms
            self.compared += [(terms, left.high.value, right.low.value), (terms, left.low.value, right.high.value)]
            return numbers.compare(node.op, left, right)
        raise EngineError("a comparison of two kinds")

    def _member(self, item: n.Node, members: frozenset[str], scope: _Scope) -> Truth3:
        index = self.facts.codes(n.type_of(item).domain)
        held = frozenset(index[code] for code in members if code in index)
        return codes.member(self.choice(item, scope), held, len(index))

    def _lookup(self, table: str, item: Choice, kind: Type) -> Choice:
        index = self.facts.codes(kind.domain)
        pairs = self.program.tables[table].items()
        return codes.lookup(
            item, {index[key]: index[to] for key, to in pairs if key in index}, self.facts.bits(kind.domain)
        )

    def _first(self, args: tuple[n.Node, ...], scope: _Scope) -> Symbol:
        found = self.eval(args[-1], scope)
        for arg in reversed(args[:-1]):
            if isinstance(arg, n.Ref) and arg.term not in self.program.definitions:
                given = self.facts.given(scope[arg.depth], arg.term)
                found = choose(given.stated, given.when_stated, found)
            else:
                value = self.eval(arg, scope)
                found = choose(is_certain(value), value, found)
        return found

    def _choice(self, cond: Truth3, then: n.Node, other: n.Node, scope: _Scope) -> Symbol:
        if cond.open is False and isinstance(cond.holds, bool):
            return self.eval(then if cond.holds else other, scope)
        one, two = self.eval(then, scope), self.eval(other, scope)
        chosen = choose(cond.holds, one, two)
        return chosen if cond.open is False else choose(cond.open, common(one, two), chosen)

    # relations ------------------------------------------------------------------------------------

    def _over_rows(self, node: n.Node, scope: _Scope) -> Symbol:
        if not isinstance(node, (n.Any, n.All, n.Count, n.Fold)):
            raise EngineError(f"{type(node).__name__} is unknown to the solver")
        slots = self.facts.slots(scope[node.relation.depth], node.relation.term)
        rows = [(slot.present, _inner(slot, scope)) for slot in slots]
        if isinstance(node, n.Fold):
            return self._fold(node, rows)
        held = [(present, self.truth(node.body, inner)) for present, inner in rows]
        if isinstance(node, n.Any):
            return _or([Truth3(all_of((there, one.holds)), all_of((there, one.open))) for there, one in held])
        if isinstance(node, n.All):
            return _and([_unless(negation(there), one) for there, one in held])
        return folds.count(held)

    def _fold(self, node: n.Fold, rows: list[tuple[Bit, _Scope]]) -> Span:
        entries = []
        for present, inner in rows:
            held = Truth3(True) if node.where is None else self.truth(node.where, inner)
            key = None if node.per is None else self.eval(node.per, inner)
            certain, maybe = all_of((present, held.holds)), all_of((present, held.open))
            entries.append(folds.Entry(certain, maybe, self.span(node.value, inner), key))
        if not entries:
            return point(Fraction(0)) if node.how == "sum" else ANYTHING
        return folds.fold(node.how, entries, per=node.per is not None)


def _inner(slot: Slot, scope: _Scope) -> _Scope:
    return (*((slot.link,) if slot.link is not None else ()), slot.target, *scope)


def _unless(cond: Bit, truth: Truth3) -> Truth3:
    return Truth3(any_of((cond, truth.holds)), all_of((negation(cond), truth.open)))


def _and(truths: list[Truth3]) -> Truth3:
    holds = all_of(truth.holds for truth in truths)
    if all(truth.open is False for truth in truths):
        return Truth3(holds)
    return decided(holds, any_of(truth.fails for truth in truths))


def _or(truths: list[Truth3]) -> Truth3:
    holds = any_of(truth.holds for truth in truths)
    if all(truth.open is False for truth in truths):
        return Truth3(holds)
    return decided(holds, all_of(truth.fails for truth in truths))
