"""The meaning of the law language: a small evaluator, obviously right, slow. Every back end is tested against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from tidewaiter.engine import nodes as n
from tidewaiter.engine.arithmetic import add_months, arith, common, compare, member, year
from tidewaiter.engine.facts import Instance, Row, Rows
from tidewaiter.engine.folds import Entry, fold
from tidewaiter.engine.program import Program
from tidewaiter.engine.values import (
    OneOf,
    Truth,
    Value,
    bounds,
    is_known,
    kleene_and,
    kleene_not,
    kleene_or,
    number,
    one_of,
    ordinal,
    says_something,
)
from tidewaiter.engine.vocabulary import SameAs

__all__ = ["Reference"]

_Scope = tuple[Instance, ...]
_Key = tuple[str, int]
"""A term and the identity of the instance it is about."""


class Reference:
    """Decides terms of one case under a program. `profile` names the assumptions allowed; None allows none.

    `supposed` gives terms, by name and identity of the instance, a value that nothing has to be decided for.
    """

    def __init__(
        self,
        program: Program,
        root: Instance,
        profile: str | None = None,
        supposed: Mapping[tuple[str, int], Value] = MappingProxyType({}),
    ) -> None:
        self.program, self.root, self.profile, self.supposed = program, root, profile, supposed
        self._memo: dict[_Key, Value] = {}
        self._certain: set[_Key] = set()
        self._possible: set[_Key] | None = None
        self._asked: dict[_Key, Instance] | None = None
        self._found: list[tuple[str, Instance, Truth]] = []
        self._asking: _Key = ("", 0)
        self._edges: dict[_Key, dict[_Key, None]] = {}
        self._order: list[_Key] = []

    def value(self, term: str, instance: Instance | None = None) -> Value:
        """The value of a term on an instance (the transaction by default)."""
        instance = instance or self.root
        if (term, id(instance)) in self.supposed:
            return self.supposed[term, id(instance)]
        if term in self.program.definitions:
            return self._decided(term, instance)
        return self._fact(term, instance)

    def recursive_values(self, term: str, instance: Instance) -> list[tuple[str, Instance, Truth]]:
        """A recursive term on an instance, with every other one that its two fixpoints decided.

        Each comes after those it rests on, as far as they form no ring.
        """
        self._fixpoints((term, id(instance)), instance)
        return self._found

    # facts ----------------------------------------------------------------------------------------

    def _fact(self, term: str, instance: Instance) -> Value:
        fact = self.program.vocabulary.facts[term]
        value = instance.facts.get(term)
        assumed = None if term in instance.facts else fact.assume.get(self.profile or "")
        if assumed is not None:
            value = self._same_as(assumed.term, instance) if isinstance(assumed, SameAs) else assumed
        if value is None and fact.type.kind in ("number", "date"):
            return number(fact.low, fact.high)
        return value

    def _same_as(self, term: str, instance: Instance) -> Value:
        other = self.program.vocabulary.facts[term]
        return self.value(term, instance if other.subject == instance.subject else self.root)

    # decided terms --------------------------------------------------------------------------------

    def _decided(self, term: str, instance: Instance) -> Value:
        definition, key = self.program.definitions[term], (term, id(instance))
        if key in self._memo:
            return self._memo[key]
        scope = (instance,) if instance is self.root else (instance, self.root)
        if not definition.recursive:
            self._memo[key] = self._eval(definition.node, scope)
        elif self._asked is not None:
            if key not in self._asked:
                self._asked[key] = instance
                self._order.append(key)
            self._edges.setdefault(self._asking, {})[key] = None
            return self._approximation(key)
        else:
            self._fixpoints(key, instance)
        return self._memo[key]

    def _approximation(self, key: _Key) -> Truth:
        if key in self._certain:
            return True
        return None if self._possible is not None and key in self._possible else False

    def _fixpoints(self, key: _Key, instance: Instance) -> None:
        """Two least fixpoints: what certainly holds, then what possibly holds; between them is unknown."""
        self._asked, self._certain, self._possible = {key: instance}, set(), None
        self._edges, self._order = {}, [key]
        outer = dict(self._memo)
        while self._grow(self._certain, lambda value: value is True, outer):
            pass
        self._possible = set(self._certain)
        while self._grow(self._possible, lambda value: value is not False, outer):
            pass
        found = {asked: self._approximation(asked) for asked in self._asked}
        self._found = [(each[0], self._asked[each], found[each]) for each in _after(key, self._edges)]
        self._asked, self._memo = None, {**outer, **found}

    def _grow(self, held: set[_Key], holds: Callable[[Value], bool], outer: dict[_Key, Value]) -> bool:
        """Decide once more all that was asked, what was asked last first, then what this asks anew; whether it grew."""
        assert self._asked is not None
        before, known = (len(held), len(self._order)), len(self._order)
        todo = list(reversed(self._order))
        while todo:
            for key in todo:
                instance = self._asked[key]
                self._memo, self._asking = dict(outer), key
                scope = (instance,) if instance is self.root else (instance, self.root)
                if holds(self._eval(self.program.definitions[key[0]].node, scope)):
                    held.add(key)
            todo, known = self._order[known:], len(self._order)
        return (len(held), known) != before

    # expressions ----------------------------------------------------------------------------------

    def _truth(self, node: n.Node, scope: _Scope) -> Truth:
        value = self._eval(node, scope)
        return value if isinstance(value, bool) else None

    def _eval(self, node: n.Node, scope: _Scope) -> Value:
        match node:
            case n.Const(value=value):
                return value
            case n.Ref(term=term, depth=depth):
                return self.value(term, scope[depth])
            case n.AsOf():
                return float(ordinal(self.program.as_of))
            case n.Compare(op=op, left=left, right=right):
                return compare(op, self._eval(left, scope), self._eval(right, scope))
            case n.Member(item=item, members=members):
                return member(self._eval(item, scope), self.program.members(members))
            case n.And(args=args):
                return kleene_and([self._truth(arg, scope) for arg in args])
            case n.Or(args=args):
                return kleene_or([self._truth(arg, scope) for arg in args])
            case n.Not(arg=arg):
                return kleene_not(self._truth(arg, scope))
            case n.Arith(op=op, left=left, right=right):
                return arith(op, self._eval(left, scope), self._eval(right, scope))
            case n.Established(arg=arg):
                return self._eval(arg, scope) is True
            case n.Known(arg=arg):
                return is_known(self._eval(arg, scope))
            case n.First(args=args):
                values = [self._eval(arg, scope) for arg in args]
                return next((v for arg, v in zip(args, values, strict=True) if self._stated(arg, v)), values[-1])
            case n.Ite(cond=cond, then=then, other=other):
                return self._choice(self._truth(cond, scope), then, other, scope)
            case n.Lookup(table=table, item=item):
                return self._lookup(self.program.tables[table], self._eval(item, scope))
            case n.Year(arg=arg):
                return year(self._eval(arg, scope))
            case n.AddMonths(arg=arg, months=months):
                return add_months(self._eval(arg, scope), months)
            case _:
                return self._over_rows(node, scope)

    def _stated(self, arg: n.Node, value: Value) -> bool:
        fact = self.program.vocabulary.facts.get(arg.term) if isinstance(arg, n.Ref) else None
        return says_something(value, fact.low, fact.high) if fact else is_known(value)

    def _choice(self, cond: Truth, then: n.Node, other: n.Node, scope: _Scope) -> Value:
        if cond is None:
            return common([self._eval(then, scope), self._eval(other, scope)])
        return self._eval(then if cond else other, scope)

    @staticmethod
    def _lookup(table: Mapping[str, str], item: Value) -> Value:
        if isinstance(item, str):
            return table.get(item, item)
        return one_of(frozenset(table.get(code, code) for code in item.codes)) if isinstance(item, OneOf) else None

    # relations ------------------------------------------------------------------------------------

    def _rows(self, relation: n.Relation, scope: _Scope) -> Rows:
        rows = scope[relation.depth].relations.get(relation.term, Rows())
        if rows.complete is None:
            declared = self.program.vocabulary.relations[relation.term]
            return Rows(rows.rows, declared.assumed(self.profile, len(rows.rows)))
        return rows

    @staticmethod
    def _inner(row: Row, relation: n.Relation, scope: _Scope) -> _Scope:
        link = (row.link or Instance(relation.link),) if relation.link else ()
        return (*link, row.target, *scope)

    def _over_rows(self, node: n.Node, scope: _Scope) -> Value:
        assert isinstance(node, (n.Any, n.All, n.Count, n.Fold))
        rows = self._rows(node.relation, scope)
        inner = [self._inner(row, node.relation, scope) for row in rows.rows]
        if isinstance(node, n.Fold):
            return self._fold(node, inner, bool(rows.complete), scope)
        truths = [self._truth(node.body, row) for row in inner]
        if isinstance(node, n.Any):
            return kleene_or([*truths, False if rows.complete else None])
        if isinstance(node, n.All):
            return kleene_and([*truths, True if rows.complete else None])
        low, open_rows = truths.count(True), truths.count(None)
        return number(low, low + open_rows if rows.complete else float("inf"))

    def _fold(self, node: n.Fold, inner: Iterable[_Scope], complete: bool, scope: _Scope) -> Value:
        entries = []
        for row in inner:
            held = True if node.where is None else self._truth(node.where, row)
            if held is not False:
                key = None if node.per is None else self._eval(node.per, row)
                low, high = bounds(self._eval(node.value, row))
                entries.append(Entry(held is True, low, high, key if is_known(key) else None))
        anyone = self._inner(Row(Instance(node.relation.to)), node.relation, scope)
        unseen = None if complete else bounds(self._eval(node.value, anyone))
        return fold(node.how, entries, unseen, per=node.per is not None)


def _after(start: _Key, edges: Mapping[_Key, Iterable[_Key]]) -> list[_Key]:
    """What can be reached from `start`, each after what it leads to; without recursion, for long chains."""
    done: dict[_Key, None] = {}
    seen = {start}
    waiting = [(start, iter(edges.get(start, ())))]
    while waiting:
        _, rest = waiting[-1]
        following = next((other for other in rest if other not in seen), None)
        if following is None:
            done[waiting.pop()[0]] = None
        else:
            seen.add(following)
            waiting.append((following, iter(edges.get(following, ()))))
    return list(done)
