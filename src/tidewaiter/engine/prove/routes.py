"""What is missing: the shortest sets of unknown facts that would make a proof true or false, and all it waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Definition
from tidewaiter.engine.prove.run import MISSING, Extent, Frame, Proof
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


def route(proof: Proof, wanted: Callable[[Any], bool | None]) -> Route | None:
    """The shortest set of open conditions that would give the proof a wanted value; None when nothing can.

    `wanted` says of a value whether it is wanted (True, False) or open (None).
    """
    return _Search().find(proof, wanted)


def missing(proof: Proof) -> list[Waits]:
    """Every unknown fact and incomplete relation that an unknown proof waits for, each once."""
    found: dict[tuple[str, int], Waits] = {}
    for item, frame in _leaves(proof, set()):
        found.setdefault((item.term, id(frame.instance) if frame else 0), (item, frame))
    return list(found.values())


def _is_open(value: Any) -> bool:
    return value is None or isinstance(value, (Interval, OneOf))


def _leaves(proof: Proof, seen: set[int]) -> Iterator[Waits]:
    value, what, parts = proof
    if not _is_open(value) or id(proof) in seen:
        return
    seen.add(id(proof))
    if isinstance(what, Fact):
        if parts[0] is MISSING or _is_open(value):
            yield what, parts[1]
        return
    for part in parts:
        if isinstance(part, Extent):
            if not part.complete:
                yield part.relation, None
        elif isinstance(part, tuple):
            yield from _leaves(part, seen)


class _Search:
    def __init__(self) -> None:
        self._open: set[int] = set()

    def find(self, proof: Proof, wanted: Callable[[Any], bool | None]) -> Route | None:
        value, what, parts = proof
        verdict = wanted(value)
        if verdict is not None:
            return () if verdict else None
        if isinstance(what, Definition):
            return self._definition(proof, wanted)
        if isinstance(what, n.Ite):
            return self._choice(parts, wanted)
        if isinstance(value, (bool, type(None))) and wanted(True) is not None:
            return self._truth(proof, bool(wanted(True)))
        return self._leaf(proof, bool(wanted(True)))

    def _definition(self, proof: Proof, wanted: Callable[[Any], bool | None]) -> Route | None:
        body = proof[2][0]
        if id(proof) in self._open or body[1] is None:
            return None
        self._open.add(id(proof))
        found = self.find(body, wanted)
        self._open.discard(id(proof))
        return found

    def _choice(self, parts: tuple[Proof, ...], wanted: Callable[[Any], bool | None]) -> Route | None:
        if len(parts) == 2:
            return self.find(parts[1], wanted)
        ways = [
            _joined([self.find(parts[0], _is(held)), self.find(branch, wanted)])
            for held, branch in ((True, parts[1]), (False, parts[2]))
        ]
        return _shortest(ways)

    def _truth(self, proof: Proof, want: bool) -> Route | None:
        _, what, parts = proof
        match what:
            case n.Not():
                return self.find(parts[0], _is(not want))
            case n.And() | n.Or():
                ways = [self.find(part, _is(want)) for part in parts]
                return _joined(ways) if isinstance(what, n.And) is want else _shortest(ways)
            case n.Any() | n.All():
                return self._rows(what, parts, want)
        return self._leaf(proof, want)

    def _rows(self, what: n.Any | n.All, parts: tuple[Any, ...], want: bool) -> Route | None:
        extent, rows = parts[0], parts[1:]
        ways = [self.find(row, _is(want)) for row in rows]
        if isinstance(what, n.Any) is want:
            unseen: Route | None = None if extent.complete else (Literal(what, want, ((extent.relation, None),)),)
            return _shortest([*ways, unseen])
        closing: Route = () if extent.complete else (Literal(extent.relation, True, ((extent.relation, None),)),)
        return _joined([*ways, closing])

    @staticmethod
    def _leaf(proof: Proof, want: bool) -> Route:
        return (Literal(proof[1], want, tuple(missing(proof))),)


def _is(want: bool) -> Callable[[Any], bool | None]:
    return lambda value: None if value is None else value is want


def _joined(ways: Iterable[Route | None]) -> Route | None:
    found: dict[tuple[Any, ...], Literal] = {}
    for way in ways:
        if way is None:
            return None
        found.update((literal.key, literal) for literal in way)
    return tuple(found.values())


def _shortest(ways: Iterable[Route | None]) -> Route | None:
    possible = [way for way in ways if way is not None]
    return min(possible, key=len) if possible else None
