"""A program: what every decided term means on one date and layer. The engine's whole input besides the facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from tidewaiter.base.errors import EngineError
from tidewaiter.engine.nodes import Lookup, Member, Node, Ref, SetCodes, SetName, SetNode, walk
from tidewaiter.engine.types import Type
from tidewaiter.engine.vocabulary import Vocabulary

__all__ = ["Definition", "Program", "references"]


@dataclass(frozen=True)
class Definition:
    """How one term is decided. `unsettled`: by one of several readings; `origin` is handed through to the proof."""

    term: str
    subject: str
    type: Type
    node: Node
    recursive: bool = False
    presumption: bool = False
    unsettled: bool = False
    origin: object = None

    @cached_property
    def rests_on(self) -> tuple[str, ...]:
        """The terms that the rule refers to directly."""
        return references(self.node)

    @cached_property
    def asks_sets(self) -> bool:
        """Whether the rule asks a group or a table."""
        return any(isinstance(part, (Member, Lookup)) for part in walk(self.node))


@dataclass(frozen=True)
class Program:
    """Definitions by term, groups and tables as of one date. Immutable."""

    vocabulary: Vocabulary
    definitions: Mapping[str, Definition]
    groups: Mapping[str, frozenset[str]]
    tables: Mapping[str, Mapping[str, str]]
    as_of: dt.date

    def members(self, node: SetNode) -> frozenset[str]:
        """The codes of a set on the program's date."""
        if isinstance(node, SetName):
            return self.groups[node.name]
        if isinstance(node, SetCodes):
            return node.codes
        left, right = self.members(node.left), self.members(node.right)
        return {"|": left | right, "&": left & right, "-": left - right}[node.op]

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Decided terms, each after the ones it refers to; recursive ones stand among their own."""
        done: dict[str, None] = {}
        for term in self.definitions:
            self._visit(term, done, set())
        return tuple(done)

    def _visit(self, term: str, done: dict[str, None], open_terms: set[str]) -> None:
        if term in done or term in open_terms:
            return
        open_terms.add(term)
        for other in self.definitions[term].rests_on:
            if other in self.definitions:
                self._visit(other, done, open_terms)
        done[term] = None

    def closure(self, terms: Iterator[str] | tuple[str, ...]) -> frozenset[str]:
        """The given terms and every term, fact or decided, that they rest on."""
        found: set[str] = set()
        waiting = list(terms)
        while waiting:
            term = waiting.pop()
            if term not in found:
                found.add(term)
                definition = self.definitions.get(term)
                waiting += definition.rests_on if definition else ()
        return frozenset(found)

    @cached_property
    def users(self) -> Mapping[str, frozenset[str]]:
        """The decided terms that refer directly to each term."""
        found: dict[str, set[str]] = {}
        for term, definition in self.definitions.items():
            for used in definition.rests_on:
                found.setdefault(used, set()).add(term)
        return {term: frozenset(held) for term, held in found.items()}

    @cached_property
    def set_users(self) -> frozenset[str]:
        """The decided terms whose own rule asks a group or a table."""
        return frozenset(term for term, definition in self.definitions.items() if definition.asks_sets)

    def on(self, day: dt.date) -> Program:
        """The same law asked about another day; what was worked out about its terms is kept."""
        made = replace(self, as_of=day)
        for name in ("order", "users", "set_users"):
            made.__dict__[name] = getattr(self, name)
        return made

    def affected_by(self, terms: Iterable[str]) -> frozenset[str]:
        """The given terms and every decided term that rests on one of them.

        One pass is enough where definitions stand after those they rest on; in any other order it takes more.
        """
        found = set(terms)
        size = -1
        while size != len(found):
            size = len(found)
            for term, definition in self.definitions.items():
                if not found.isdisjoint(definition.rests_on):
                    found.add(term)
        return frozenset(found)

    def definition(self, term: str) -> Definition:
        """The definition of a decided term; EngineError when it has none."""
        try:
            return self.definitions[term]
        except KeyError:
            raise EngineError(f"no provision decides '{term}'") from None


def references(node: Node) -> tuple[str, ...]:
    """The terms that a node refers to directly."""
    return tuple(dict.fromkeys(part.term for part in walk(node) if isinstance(part, Ref)))
