"""Whether more of a figure ever frees: proved for all facts within bounds, or shown wrong by an example.

The law is asked about the same facts twice, once with the figure as it is and once with more of it; the solver looks
for facts under which the first is caught and the second is not. What it finds is replayed by the reference evaluator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.solve import Answer, Bounds, can_hold
from tidewaiter.engine.types import Type
from tidewaiter.engine.vocabulary import Fact, subject_of

__all__ = ["MORE", "freed_by_more"]

MORE = "more"
"""The name of the fact, on the subject of the figure, that says by how much the figure is larger."""
_TWIN = "'"


def freed_by_more(program: Program, figure: str, caught: Sequence[str], bounds: Bounds | None = None) -> Answer:
    """Facts under which some of the terms in `caught` hold, and none of them does with more of a decided figure.

    "none" is the proof that there are no such facts within the bounds. The terms are truths of the figure's subject.
    """
    doubled = _with_twins(program, figure)
    subject = subject_of(figure)
    held = n.Or(tuple(n.Ref(term, 0, program.definition(term).type) for term in caught))
    freed = n.And(tuple(n.Not(n.Ref(_twin(term, doubled), 0, program.definition(term).type)) for term in caught))
    return can_hold(doubled, n.And((held, freed)), True, subject=subject, bounds=bounds)


def _twin(term: str, program: Program) -> str:
    return term + _TWIN if term + _TWIN in program.definitions else term


def _with_twins(program: Program, figure: str) -> Program:
    """The program with a twin of every term that rests on the figure; the twin of the figure is larger."""
    kind = program.definition(figure).type
    subject = subject_of(figure)
    more = f"{subject}.{MORE}"
    twins = {term: term + _TWIN for term in program.affected_by((figure,)) if term in program.definitions}
    made = {
        twins[term]: replace(definition, term=twins[term], node=_renamed(definition.node, twins))
        for term, definition in program.definitions.items()
        if term in twins
    }
    grown = n.Arith("+", n.Ref(figure, 0, kind), n.Ref(more, 0, kind), kind)
    made[twins[figure]] = Definition(twins[figure], subject, kind, grown)
    vocabulary = replace(
        program.vocabulary,
        facts={**program.vocabulary.facts, more: _fact(more, subject, kind)},
        decided={**program.vocabulary.decided, **{name: made[name].type for name in made}},
    )
    return replace(program, vocabulary=vocabulary, definitions={**program.definitions, **made})


def _fact(term: str, subject: str, kind: Type) -> Fact:
    return Fact(term, subject, kind, low=0.0)


def _renamed(node: n.Node, twins: Mapping[str, str]) -> n.Node:
    """The node with references to terms that have twins led to these."""
    if isinstance(node, n.Ref):
        return replace(node, term=twins.get(node.term, node.term))
    changed: dict[str, Any] = {}
    for name in node.__dataclass_fields__:
        value = getattr(node, name)
        if isinstance(value, tuple) and value and all(_is_node(part) for part in value):
            changed[name] = tuple(_renamed(part, twins) for part in value)
        elif _is_node(value):
            changed[name] = _renamed(value, twins)
    return cast(n.Node, replace(cast(Any, node), **changed)) if changed else node


def _is_node(value: object) -> bool:
    return isinstance(value, n.Node)
