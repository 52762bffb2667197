"""Codes that two laws cannot tell apart: what holds for one of a class holds for all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tidewaiter.analysis.sides import Side
from tidewaiter.determine.specification import Specification
from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Program

__all__ = ["CodeClasses"]


_Test = frozenset[str] | Mapping[str, str]


class CodeClasses:
    """The codes of a domain in classes that no side's law distinguishes under the outcome of a question."""

    def __init__(self, sides: Sequence[Side], spec: Specification, domain: str) -> None:
        tests: dict[object, _Test] = {}
        for side in sides:
            tests |= {_key(test): test for test in _tests(side.program, spec, domain)}
        classes: dict[tuple[object, ...], list[str]] = {}
        for code in sides[0].decider.law.vocabulary.domains[domain].codes:
            classes.setdefault(tuple(_image(test, code) for test in tests.values()), []).append(code)
        self.classes = tuple(tuple(held) for held in classes.values())

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


def _image(test: _Test, code: str) -> object:
    return test.get(code, "") if isinstance(test, Mapping) else code in test


def _tests(program: Program, spec: Specification, domain: str) -> Iterator[_Test]:
    """The sets and tables that the law under the outcome asks about codes of the domain."""
    for term in program.closure((spec.outcome,)):
        definition = program.definitions.get(term)
        for node in n.walk(definition.node) if definition else ():
            test = _test(node, program, domain)
            if test is not None:
                yield test


def _key(test: _Test) -> object:
    return tuple(sorted(test.items())) if isinstance(test, Mapping) else test


def _test(node: n.Node, program: Program, domain: str) -> _Test | None:
    match node:
        case n.Member(item=item, members=members) if _is(item, domain):
            return program.members(members)
        case n.Lookup(table=table, item=item) if _is(item, domain):
            return program.tables[table]
        case n.Const(value=str(value), type=kind) if kind.kind == "code" and kind.domain == domain:
            return frozenset((value,))
    return None


def _is(node: n.Node, domain: str) -> bool:
    kind = n.type_of(node)
    return kind.kind == "code" and kind.domain == domain
