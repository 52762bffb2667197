"""Codes that two laws cannot tell apart: what holds for one of a class holds for all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tidewaiter.analysis.sides import Side
from tidewaiter.determine.specification import Specification
from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Program

__all__ = ["CodeClasses"]


_Test = tuple[str, frozenset[str]]
"""The codes that pass a test; the text tells apart what a table makes of them."""


class CodeClasses:
    """The codes of a domain, and what the laws of some sides tell apart about them under the outcome of a question."""

    def __init__(self, sides: Sequence[Side], spec: Specification, domain: str) -> None:
        self.codes = tuple(sides[0].decider.law.vocabulary.domains[domain].codes)
        self._numbers: dict[_Test, int] = {}
        self._masks: dict[str, int] = {}
        for side in sides:
            self._read(side.program, spec, domain)
        self._bits = {
            code: sum(1 << number for (_, codes), number in self._numbers.items() if code in codes)
            for code in self.codes
        }

    def _read(self, program: Program, spec: Specification, domain: str) -> None:
        """Number the tests of every term; a recursive term, decided in one go, has the tests of all it rests on."""
        reached = program.closure((spec.outcome,))
        own = {term: self._mask(program, term, domain) for term in reached}
        for term in reached:
            definition = program.definitions.get(term)
            held = program.closure((term,)) if definition and definition.recursive else (term,)
            for each in held:
                self._masks[term] = self._masks.get(term, 0) | own[each]

    def _mask(self, program: Program, term: str, domain: str) -> int:
        definition = program.definitions.get(term)
        mask = 0
        for node in n.walk(definition.node) if definition else ():
            for test in _tests(node, program, domain):
                mask |= 1 << self._numbers.setdefault(test, len(self._numbers))
        return mask

    def mask(self, terms: Iterable[str]) -> int:
        """The tests that some decided terms have made."""
        mask = 0
        for term in terms:
            mask |= self._masks.get(term, 0)
        return mask

    def alike(self, one: str, other: str, mask: int) -> bool:
        """Whether two codes pass the same ones of some tests."""
        return (self._bits[one] ^ self._bits[other]) & mask == 0

    @property
    def classes(self) -> tuple[tuple[str, ...], ...]:
        """The codes in classes that no test tells apart."""
        found: dict[int, list[str]] = {}
        for code in self.codes:
            found.setdefault(self._bits[code], []).append(code)
        return tuple(tuple(held) for held in found.values())

    def apart(self, codes: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """The classes, but codes that other facts of a case hold stand alone, since facts may be compared."""
        alone = frozenset(codes)
        found = []
        for held in self.classes:
            if alone.isdisjoint(held):
                found.append(held)
            else:
                found += [(code,) for code in held if code in alone]
                found += [rest] if (rest := tuple(code for code in held if code not in alone)) else []
        return tuple(found)


def _tests(node: n.Node, program: Program, domain: str) -> Iterator[_Test]:
    """What a node asks about codes of a domain: membership, equality with a code, what a table makes of each code."""
    match node:
        case n.Member(item=item, members=members) if _is(item, domain):
            yield "", program.members(members)
        case n.Lookup(table=table, item=item) if _is(item, domain):
            for image in set(program.tables[table].values()):
                yield image, frozenset(code for code, to in program.tables[table].items() if to == image)
        case n.Const(value=str(value), type=kind) if kind.kind == "code" and kind.domain == domain:
            yield "", frozenset((value,))


def _is(node: n.Node, domain: str) -> bool:
    kind = n.type_of(node)
    return kind.kind == "code" and kind.domain == domain
