"""Facts for real law, drawn at random: missing values, thresholds and one step beside them, dates around amendments.

facts = Facts(programs, ("outcome",), days)
instance = facts.transaction(random.Random(7))
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from tidewaiter.engine import nodes as n
from tidewaiter.engine.facts import Instance, Row, Rows
from tidewaiter.engine.program import Program
from tidewaiter.engine.values import Interval, Value, ordinal
from tidewaiter.engine.vocabulary import ROOT, Fact, Relationship

__all__ = ["Facts"]

_MISSING, _PARTIAL = 0.3, 0.05
_SIZES = (0, 1, 1, 1, 2, 3)


class Facts:
    """Draws transactions of the facts that some terms of some programs rest on."""

    def __init__(self, programs: Sequence[Program], terms: Sequence[str], days: Iterable[dt.date]) -> None:
        self.vocabulary = programs[0].vocabulary
        self.days = [float(ordinal(day) + shift) for day in days for shift in (-1, 0, 1)]
        self._held: dict[str, list[Fact]] = {}
        self._relations: dict[str, list[Relationship]] = {}
        self._pools: dict[str, set[float | str]] = {}
        for term in sorted({term for program in programs for term in program.closure(tuple(terms))}):
            if term in self.vocabulary.facts:
                fact = self.vocabulary.facts[term]
                self._held.setdefault(fact.subject, []).append(fact)
        for program in programs:
            self._learn(program, terms)

    def _learn(self, program: Program, terms: Sequence[str]) -> None:
        """The relations and the thresholds of the law."""
        for node in _nodes(program, terms):
            if isinstance(node, (n.Any, n.All, n.Count, n.Fold)):
                relation = self.vocabulary.relations[node.relation.term]
                known = self._relations.setdefault(relation.subject, [])
                known += [] if relation in known else [relation]
            elif isinstance(node, n.Member) and isinstance(node.item, n.Ref):
                self._pools.setdefault(node.item.term, set()).update(sorted(program.members(node.members))[:8])
            elif isinstance(node, n.Compare):
                for side, other in ((node.left, node.right), (node.right, node.left)):
                    if isinstance(side, n.Ref) and isinstance(other, n.Const) and other.value is not None:
                        self._pools.setdefault(side.term, set()).update(_beside(other.value))

    def transaction(self, rng: Random) -> Instance:
        """A transaction with its rows."""
        return self._instance(rng, ROOT, 3)

    def _instance(self, rng: Random, subject: str, generations: int) -> Instance:
        drawn = {fact.term: self._value(rng, fact) for fact in self._held.get(subject, ())}
        relations = {}
        for relation in self._relations.get(subject, ()):
            if generations and rng.random() < 0.8:
                relations[relation.term] = self._rows(rng, relation, generations - 1)
        return Instance(subject, {term: value for term, value in drawn.items() if value is not None}, relations)

    def _rows(self, rng: Random, relation: Relationship, generations: int) -> Rows:
        rows = []
        for _ in range(rng.choice(_SIZES)):
            link = self._instance(rng, relation.link, 0) if relation.link else None
            rows.append(Row(self._instance(rng, relation.to, generations), link))
        return Rows(tuple(rows), rng.choice((True, True, True, False, None)))

    def _value(self, rng: Random, fact: Fact) -> Value:
        if rng.random() < _MISSING:
            return None
        match fact.type.kind:
            case "boolean":
                return rng.random() < 0.3
            case "code" | "text":
                return self._code(rng, fact)
        low, high = self._number(rng, fact), self._number(rng, fact)
        if rng.random() < _PARTIAL and low != high:
            return Interval(min(low, high), max(low, high))
        return low

    def _code(self, rng: Random, fact: Fact) -> str:
        domain = self.vocabulary.domains.get(fact.type.domain)
        every = list(domain.codes) if domain else ["alpha", "beta"]
        near = sorted(str(code) for code in self._pools.get(fact.term, ()))
        return rng.choice(near if near and rng.random() < 0.6 else every)

    def _number(self, rng: Random, fact: Fact) -> float:
        if fact.type.kind == "date":
            return min(max(rng.choice(self.days), fact.low), fact.high)
        near = sorted(v for v in self._pools.get(fact.term, ()) if isinstance(v, float) and fact.low <= v <= fact.high)
        if near and rng.random() < 0.6:
            return rng.choice(near)
        low, high = max(fact.low, 0.0), min(fact.high, 1e6)
        return min(max(round(math.exp(rng.uniform(0, math.log(high + 1))) - 1, 2), low), high)


def _nodes(program: Program, terms: Sequence[str]) -> Iterator[n.Node]:
    for term in sorted(program.closure(tuple(terms))):
        if term in program.definitions:
            yield from n.walk(program.definitions[term].node)


def _beside(value: bool | float | str) -> Iterator[float | str]:
    """A threshold with one step to either side; a code as it is."""
    if isinstance(value, str):
        yield value
    elif not isinstance(value, bool):
        step = 1.0 if float(value).is_integer() else 0.01
        yield from (value - step, float(value), value + step)
