"""Programs as closures: each node becomes a function from a scope to a proof, made once and called a million times."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from tidewaiter.engine import nodes as n
from tidewaiter.engine.arithmetic import add_months, arith, common, compare, member, year
from tidewaiter.engine.program import Program
from tidewaiter.engine.prove.quantifiers import quantifier
from tidewaiter.engine.prove.run import Closure, Proof, Scope
from tidewaiter.engine.values import OneOf, Value, is_known, kleene_not, one_of, says_something
from tidewaiter.engine.vocabulary import Fact

__all__ = ["Prover"]

_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


class Prover:
    """A compiled program. `base` is the prover of a similar program (a lower layer); unchanged terms share closures.

    `changed` names the terms that differ from the base, where the caller knows them.
    """

    def __init__(self, program: Program, base: Prover | None = None, changed: frozenset[str] | None = None) -> None:
        self.program, self.base = program, base
        self.changed = self._changed(base) if changed is None else changed
        self._same_sets = base is not None and (program.groups, program.tables) == (
            base.program.groups,
            base.program.tables,
        )
        self._closures: dict[str, Closure] = {}

    def _changed(self, base: Prover | None) -> frozenset[str]:
        """Terms whose meaning differs from the base's, by themselves or through what they rest on."""
        if base is None:
            return frozenset()
        own, other = self.program.definitions, base.program.definitions
        changed = {term for term in own if own[term] is not other.get(term)}
        if self.program.groups != base.program.groups or self.program.tables != base.program.tables:
            changed = set(own)
        return self.program.affected_by(changed)

    def closure(self, term: str) -> Closure:
        """The closure that decides a term."""
        found = self._closures.get(term)
        if found is None:
            if self.base is not None and (term not in self.changed or self._same_rule(term, self.base)):
                found = self.base.closure(term)
            else:
                found = self.compile(self.program.definitions[term].node)
            self._closures[term] = found
        return found

    def _same_rule(self, term: str, base: Prover) -> bool:
        """Whether a term is decided by the very rule of the base, though what it rests on may differ."""
        own, other = self.program.definitions[term], base.program.definitions.get(term)
        if other is None or own.node is not other.node:
            return False
        return self._same_sets or term not in base.program.set_users

    def compile(self, node: n.Node) -> Closure:
        """The closure of an expression."""
        match node:
            case n.Const(value=value):
                proof: Proof = (value, node, ())
                return lambda scope: proof
            case n.Ref(term=term, depth=depth):
                return _reference(term, depth)
            case n.Compare():
                return _comparison(node, self.compile(node.left), self.compile(node.right))
            case n.Member(item=item, members=members):
                return _membership(node, self.compile(item), self.program.members(members))
            case n.And(args=args):
                return _conjunction(node, tuple(map(self.compile, args)), False)
            case n.Or(args=args):
                return _conjunction(node, tuple(map(self.compile, args)), True)
            case n.Ite(cond=cond, then=then, other=other):
                return _choice(node, self.compile(cond), self.compile(then), self.compile(other))
            case n.Any() | n.All() | n.Count() | n.Fold():
                return quantifier(node, self.compile)
            case n.First(args=args):
                return _first(node, tuple(map(self.compile, args)))
        return self._simple(node)

    def _simple(self, node: n.Node) -> Closure:
        """Nodes whose value is a plain function of the values below."""
        match node:
            case n.AsOf():
                return lambda scope: (scope[0].run.as_of, node, ())
            case n.Arith(op=op):
                return _applied(node, lambda a, b: arith(op, a, b), self.compile(node.left), self.compile(node.right))
            case n.Not(arg=arg):
                return _applied(node, kleene_not, self.compile(arg))
            case n.Established(arg=arg):
                return _applied(node, lambda value: value is True, self.compile(arg))
            case n.Known(arg=arg):
                return _applied(node, is_known, self.compile(arg))
            case n.Year(arg=arg):
                return _applied(node, year, self.compile(arg))
            case n.AddMonths(arg=arg, months=months):
                return _applied(node, lambda value: add_months(value, months), self.compile(arg))
            case n.Lookup(table=table, item=item):
                codes = self.program.tables[table]
                return _applied(node, lambda value: _looked_up(codes, value), self.compile(item))
        raise AssertionError(node)


def _reference(term: str, depth: int) -> Closure:
    if depth == 0:
        return lambda scope: scope[0][term]
    return lambda scope: scope[depth][term]


def _comparison(node: n.Compare, left: Closure, right: Closure) -> Closure:
    op, test = node.op, _TESTS[node.op]

    def run(scope: Scope) -> Proof:
        a, b = left(scope), right(scope)
        x, y = a[0], b[0]
        if x.__class__ is float and y.__class__ is float:
            return (test(x, y), node, (a, b))
        return (compare(op, x, y), node, (a, b))

    return run


def _membership(node: n.Member, item: Closure, codes: frozenset[str]) -> Closure:
    def run(scope: Scope) -> Proof:
        found = item(scope)
        value = found[0]
        return (value in codes if value.__class__ is str else member(value, codes), node, (found,))

    return run


def _conjunction(node: n.Node, parts: tuple[Closure, ...], decisive: bool) -> Closure:
    """And (decisive False) and Or (decisive True): the first decisive part ends it."""
    otherwise = not decisive

    def run(scope: Scope) -> Proof:
        value: bool | None = otherwise
        found = []
        for part in parts:
            proof = part(scope)
            found.append(proof)
            if proof[0] is decisive:
                return (decisive, node, tuple(found))
            if proof[0] is None:
                value = None
        return (value, node, tuple(found))

    return run


def _choice(node: n.Ite, cond: Closure, then: Closure, other: Closure) -> Closure:
    def run(scope: Scope) -> Proof:
        held = cond(scope)
        if held[0] is None:
            a, b = then(scope), other(scope)
            return (common([a[0], b[0]]), node, (held, a, b))
        chosen = then(scope) if held[0] else other(scope)
        return (chosen[0], node, (held, chosen))

    return run


def _first(node: n.First, parts: tuple[Closure, ...]) -> Closure:
    def run(scope: Scope) -> Proof:
        found = []
        for part in parts:
            proof = part(scope)
            found.append(proof)
            what = proof[1]
            if says_something(proof[0], what.low, what.high) if isinstance(what, Fact) else is_known(proof[0]):
                break
        return (found[-1][0], node, tuple(found))

    return run


def _applied(node: n.Node, function: Callable[..., Value], *parts: Closure) -> Closure:
    if len(parts) == 1:
        only = parts[0]

        def run_one(scope: Scope) -> Proof:
            found = only(scope)
            return (function(found[0]), node, (found,))

        return run_one

    def run(scope: Scope) -> Proof:
        found = tuple(part(scope) for part in parts)
        return (function(*(proof[0] for proof in found)), node, found)

    return run


def _looked_up(codes: Mapping[str, str], value: Value) -> Value:
    if isinstance(value, str):
        return codes.get(value, value)
    return one_of(frozenset(codes.get(code, code) for code in value.codes)) if isinstance(value, OneOf) else None
