"""What is missing: the shortest sets of unknown facts that would make a proof true or false, and all it waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Definition
from tidewaiter.engine.prove.run import Extent, Frame, Proof
from tidewaiter.engine.values import Interval, OneOf
from tidewaiter.engine.vocabulary import Fact, Relationship

__all__ = ["Literal", "Route", "Waits", "missing", "route"]

Waits = tuple[Fact | Relationship, Frame | None]


@dataclass(frozen=True, slots=True)
class Literal:
    """An open condition and the truth it would need: a node (or fact, or a relation's completeness) and its facts."""

    what: Any
    want: bool
    waits_for: tuple[Waits, ...]

    @property
    def key(self) -> tuple[Any, ...]:
        """Same condition, same facts."""
        return (id(self.what), self.want, *((item.term, id(frame)) for item, frame in self.waits_for))


Route = tuple[Literal, ...]
_Ways = tuple[Route, ...]
_HERE: _Ways = ((),)
_NOWHERE: _Ways = ()
_WIDTH = 32
"""Alternatives kept where the shortest ones contradict each other."""
_DEPTH = 40
"""Terms within terms past which a route names the term itself."""
_STEPS = 20_000
"""Steps of one search past which a route names the term itself: owners who all own each other have no end of ways."""


def route(proof: Proof, wanted: Callable[[Any], bool | None]) -> Route | None:
    """The shortest set of open conditions that would give the proof a wanted value; None when nothing can.

    `wanted` says of a value whether it is wanted (True, False) or open (None). The shortest parts are put together;
    where these contradict each other, longer ones are tried.
    """
    found = _Search(1).find(proof, wanted) or _Search(_WIDTH).find(proof, wanted)
    return found[0] if found else None


def missing(proof: Proof) -> list[Waits]:
    """Every unknown fact and incomplete relation that an unknown proof waits for, each once."""
    found: dict[tuple[str, int], Waits] = {}
    for item, frame in _leaves(proof):
        found.setdefault((item.term, id(frame.instance) if frame else 0), (item, frame))
    return list(found.values())


def _is_open(value: Any) -> bool:
    return value is None or isinstance(value, (Interval, OneOf))


def _leaves(proof: Proof) -> Iterator[Waits]:
    """Unknown facts and incomplete relations in the order of the proof; without recursion, for long chains."""
    seen: set[int] = set()
    waiting: list[Any] = [proof]
    while waiting:
        step = waiting.pop()
        if isinstance(step, Extent):
            if not step.complete:
                yield step.relation, None
            continue
        value, what, parts = step
        if not _is_open(value) or id(step) in seen:
            continue
        seen.add(id(step))
        if isinstance(what, Fact):
            yield what, parts[1]
        else:
            waiting += [part for part in reversed(parts) if isinstance(part, (tuple, Extent))]


class _Search:
    """Finds the shortest ways, at most `width` of them at every place of the proof."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.steps = 0
        self._open: set[int] = set()
        self._waits: dict[int, tuple[Waits, ...]] = {}

    def find(self, proof: Proof, wanted: Callable[[Any], bool | None]) -> _Ways:
        value, what, parts = proof
        self.steps += 1
        verdict = wanted(value)
        if verdict is not None:
            return _HERE if verdict else _NOWHERE
        if isinstance(what, Definition):
            return self._definition(proof, wanted)
        if isinstance(what, n.Ite):
            return self._choice(parts, wanted)
        if isinstance(value, (bool, type(None))) and wanted(True) is not None:
            return self._truth(proof, bool(wanted(True)))
        return self._leaf(proof, bool(wanted(True)))

    def _definition(self, proof: Proof, wanted: Callable[[Any], bool | None]) -> _Ways:
        body = proof[2][0]
        if id(proof) in self._open or body[1] is None:
            return _NOWHERE
        if len(self._open) == _DEPTH or self.steps > _STEPS:
            return self._leaf(proof, bool(wanted(True)))
        self._open.add(id(proof))
        found = self.find(body, wanted)
        self._open.discard(id(proof))
        return found

    def _choice(self, parts: tuple[Proof, ...], wanted: Callable[[Any], bool | None]) -> _Ways:
        if len(parts) == 2:
            return self.find(parts[1], wanted)
        return self._any_of(
            self._all_of([self.find(parts[0], _is(held)), self.find(branch, wanted)])
            for held, branch in ((True, parts[1]), (False, parts[2]))
        )

    def _truth(self, proof: Proof, want: bool) -> _Ways:
        _, what, parts = proof
        match what:
            case n.Not():
                return self.find(parts[0], _is(not want))
            case n.And() | n.Or():
                ways = [self.find(part, _is(want)) for part in parts]
                return self._all_of(ways) if isinstance(what, n.And) is want else self._any_of(ways)
            case n.Any() | n.All():
                return self._rows(what, parts, want)
        return self._leaf(proof, want)

    def _rows(self, what: n.Any | n.All, parts: tuple[Any, ...], want: bool) -> _Ways:
        extent, rows = parts[0], parts[1:]
        ways = [self.find(row, _is(want)) for row in rows]
        if isinstance(what, n.Any) is want:
            unseen: _Ways = _NOWHERE if extent.complete else ((Literal(what, want, ((extent.relation, None),)),),)
            return self._any_of([*ways, unseen])
        closing: _Ways = _HERE if extent.complete else ((Literal(extent.relation, True, ((extent.relation, None),)),),)
        return self._all_of([*ways, closing])

    def _leaf(self, proof: Proof, want: bool) -> _Ways:
        waits = self._waits.get(id(proof))
        if waits is None:
            waits = self._waits[id(proof)] = tuple(missing(proof))
        return ((Literal(proof[1], want, waits),),)

    def _any_of(self, groups: Iterable[_Ways]) -> _Ways:
        return self._best(way for ways in groups for way in ways)

    def _all_of(self, groups: Iterable[_Ways]) -> _Ways:
        """One way of each group together, where they do not contradict each other."""
        found: _Ways = _HERE
        for ways in groups:
            joined = (_joined(one, other) for one in found for other in ways)
            found = self._best(way for way in joined if way is not None)
        return found

    def _best(self, ways: Iterable[Route]) -> _Ways:
        if self.width == 1:
            shortest = min(ways, key=len, default=None)
            return _NOWHERE if shortest is None else (shortest,)
        found: dict[frozenset[tuple[Any, ...]], Route] = {}
        for way in ways:
            found.setdefault(frozenset(literal.key for literal in way), way)
        return tuple(sorted(found.values(), key=len)[: self.width])


def _is(want: bool) -> Callable[[Any], bool | None]:
    return lambda value: None if value is None else value is want


def _joined(one: Route, other: Route) -> Route | None:
    """Both, each condition once; None where one wants what the other excludes."""
    found = {literal.key: literal for literal in (*one, *other)}
    if any((key[0], not key[1], *key[2:]) in found for key in found):
        return None
    return tuple(found.values())
