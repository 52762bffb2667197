"""Which decided terms are needed on which entity, in layers: each layer rests only on the ones before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tidewaiter.engine import nodes as n
from tidewaiter.engine.columns.frames import Entity
from tidewaiter.engine.columns.relations import inner_subjects
from tidewaiter.engine.program import Program

__all__ = ["Layer", "calculated", "layers"]

Layer = dict[Entity, list[str]]
_Need = tuple[Entity, str]


def layers(program: Program, root: Entity, terms: Iterable[str]) -> tuple[list[Layer], list[_Need]]:
    """The layers of the decided terms that `terms` need, and the recursive terms that the tables must bring."""
    needs: dict[str, dict[Entity, list[_Need]]] = {term: {root: []} for term in terms}
    given: dict[_Need, None] = {(root, term): None for term in terms if _recursive(program, term)}
    for term in reversed(program.order):
        for entity, below in needs.get(term, {}).items():
            if _recursive(program, term):
                continue
            scope = (entity,) if entity.parent is None else (entity, root)
            for other, name in _references(program.definitions[term].node, scope):
                if name not in program.definitions:
                    continue
                if _recursive(program, name):
                    given[other, name] = None
                else:
                    needs.setdefault(name, {}).setdefault(other, [])
                    below.append((other, name))
    return _layered(program, needs), list(given)


def _recursive(program: Program, term: str) -> bool:
    return term in program.definitions and program.definitions[term].recursive


def _layered(program: Program, needs: dict[str, dict[Entity, list[_Need]]]) -> list[Layer]:
    depth: dict[_Need, int] = {}
    found: list[Layer] = []
    for term in program.order:
        if _recursive(program, term):
            continue
        for entity, below in needs.get(term, {}).items():
            level = depth[entity, term] = max((depth[need] + 1 for need in below), default=0)
            found += [{} for _ in range(level + 1 - len(found))]
            found[level].setdefault(entity, []).append(term)
    return found


def _references(node: n.Node, scope: tuple[Entity, ...]) -> Iterator[_Need]:
    if isinstance(node, n.Ref):
        yield scope[node.depth], node.term
    inner = scope
    if isinstance(node, (n.Any, n.All, n.Count, n.Fold)):
        relation = node.relation
        child = scope[relation.depth].child(relation.term, inner_subjects(relation))
        inner = (child, *((child,) if relation.link else ()), *scope)
    for part in n.children(node):
        yield from _references(part, inner)


def calculated(program: Program, terms: Iterable[str]) -> frozenset[str]:
    """The terms that arithmetic is done with: for these it pays to know the span of the data."""
    held = (program.definitions[term].node for term in terms if term in program.definitions)
    sums = (part for node in held for part in n.walk(node) if isinstance(part, n.Arith))
    return frozenset(part.term for node in sums for part in n.walk(node) if isinstance(part, n.Ref))
