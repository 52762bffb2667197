"""Relations in proofs: any, all, count, sum, largest and smallest over rows that may be incomplete."""

from __future__ import annotations

from collections.abc import Callable

from tidewaiter.engine import nodes as n
from tidewaiter.engine.facts import Instance, Row
from tidewaiter.engine.folds import Entry, fold
from tidewaiter.engine.prove.run import Closure, Extent, Frame, Proof, Scope
from tidewaiter.engine.values import bounds, is_known, number

__all__ = ["quantifier"]

_Quantifier = n.Any | n.All | n.Count | n.Fold
_Entered = tuple[list[Scope], Extent]


def quantifier(node: _Quantifier, compile_node: Callable[[n.Node], Closure]) -> Closure:
    """The closure of a node over a relation."""
    enter = _entrance(node.relation)
    if isinstance(node, n.Fold):
        return _fold(node, enter, compile_node)
    body = compile_node(node.body)
    return _count(node, enter, body) if isinstance(node, n.Count) else _truth(node, enter, body)


def _entrance(relation: n.Relation) -> Callable[[Scope], _Entered]:
    term, depth, linked = relation.term, relation.depth, bool(relation.link)

    def enter(scope: Scope) -> _Entered:
        outer: Frame = scope[depth]
        rows, extent = outer.run.rows(term, outer)
        frame = outer.run.frame
        if not linked:
            return [(frame(row.target), *scope) for row in rows.rows], extent
        return [(frame(_edge(row, relation)), frame(row.target), *scope) for row in rows.rows], extent

    return enter


def _edge(row: Row, relation: n.Relation) -> Instance:
    return row.link or Instance(relation.link)


def _truth(node: n.Any | n.All, enter: Callable[[Scope], _Entered], body: Closure) -> Closure:
    decisive = isinstance(node, n.Any)

    def run(scope: Scope) -> Proof:
        inner, extent = enter(scope)
        found: list[Proof] = []
        value: bool | None = (not decisive) if extent.complete else None
        for row in inner:
            proof = body(row)
            found.append(proof)
            if proof[0] is decisive:
                return (decisive, node, (extent, *found))
            if proof[0] is None:
                value = None
        return (value, node, (extent, *found))

    return run


def _count(node: n.Count, enter: Callable[[Scope], _Entered], body: Closure) -> Closure:
    def run(scope: Scope) -> Proof:
        inner, extent = enter(scope)
        found = [body(row) for row in inner]
        truths = [proof[0] for proof in found]
        low = float(truths.count(True))
        high = low + truths.count(None) if extent.complete else float("inf")
        return (number(low, high), node, (extent, *found))

    return run


def _fold(node: n.Fold, enter: Callable[[Scope], _Entered], compile_node: Callable[[n.Node], Closure]) -> Closure:
    value = compile_node(node.value)
    where = compile_node(node.where) if node.where is not None else None
    key = compile_node(node.per) if node.per is not None else None
    relation = node.relation

    def run(scope: Scope) -> Proof:
        inner, extent = enter(scope)
        found: list[Proof] = []
        entries: list[Entry] = []
        for row in inner:
            held = where(row) if where else None
            if held is not None:
                found.append(held)
            if held is None or held[0] is not False:
                proof = value(row)
                found.append(proof)
                per = key(row)[0] if key else None
                low, high = bounds(proof[0])
                entries.append(Entry(held is None or held[0] is True, low, high, per if is_known(per) else None))
        unseen = None if extent.complete else bounds(value(_anyone(relation, scope))[0])
        return (fold(node.how, entries, unseen, per=key is not None), node, (extent, *found))

    return run


def _anyone(relation: n.Relation, scope: Scope) -> Scope:
    """The scope of a row of which nothing is known."""
    run = scope[-1].run
    link = (Frame(run, Instance(relation.link), run.root),) if relation.link else ()
    return (*link, Frame(run, Instance(relation.to), run.root), *scope)
