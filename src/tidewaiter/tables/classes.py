"""What the law can tell apart: codes by the sets and codes they are tested against, numbers by the lines drawn.

Two values of a fact in the same class lead every rule of a period the same way, so rows that differ only in these
share a verdict. A fact that is used in any other way (arithmetic, another fact beside it) stays exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Program
from tidewaiter.engine.vocabulary import SameAs

__all__ = ["Classes", "classes"]

_CODES = ("code", "text")


@dataclass(slots=True)
class Classes:
    """For the facts of some rules: the sets that codes are tested against, the lines through numbers.

    A fact that stands in neither, or in `exact`, is told apart by its value.
    """

    sets: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    lines: dict[str, list[float]] = field(default_factory=dict)
    exact: set[str] = field(default_factory=set)
    _known: dict[str, dict[tuple[bool, ...], int]] = field(default_factory=dict)

    def tells_codes(self, fact: str) -> bool:
        """Whether codes of a fact are told apart by sets alone."""
        return fact in self.sets and fact not in self.exact

    def of_code(self, fact: str, code: str) -> int:
        """The class of a code, the same number whenever it is asked for."""
        known = self._known.setdefault(fact, {})
        return known.setdefault(tuple(code in held for held in self.sets[fact]), len(known))

    def lines_of(self, fact: str) -> list[float] | None:
        """The lines through a number, ascending; None where its value matters."""
        return None if fact in self.exact or fact not in self.lines else self.lines[fact]


def classes(programs: Iterable[tuple[Program, frozenset[str]]], outcome: str) -> Classes:
    """What some programs (each with the terms that matter) tell apart on the way to an outcome."""
    found = Classes()
    sets: dict[str, set[frozenset[str]]] = {}
    lines: dict[str, set[float]] = {}
    for program, terms in programs:
        flow = _Flow(program, terms)
        flow.exactly(n.Ref(outcome, 0, program.definitions[outcome].type))
        for term in terms & program.definitions.keys():
            flow.read(program.definitions[term].node)
        flow.copies()
        for fact, tests in flow.tests.items():
            if fact in program.vocabulary.facts:
                sets.setdefault(fact, set()).update(tests)
        for fact, drawn in flow.lines.items():
            lines.setdefault(fact, set()).update(drawn)
        found.exact |= flow.exact
    found.sets = {fact: sorted(tests, key=sorted) for fact, tests in sets.items()}
    found.lines = {fact: sorted(drawn) for fact, drawn in lines.items()}
    return found


class _Flow:
    """Carries each test back to the facts whose codes reach it."""

    def __init__(self, program: Program, terms: frozenset[str]) -> None:
        self.program, self.terms = program, terms
        self.tests: dict[str, set[frozenset[str]]] = {}
        self.lines: dict[str, set[float]] = {}
        self.exact: set[str] = set()
        self._domains = program.vocabulary.domains

    def read(self, node: n.Node) -> None:
        """Note every test in a rule."""
        match node:
            case n.Member(item=item, members=members):
                self.push(item, self.program.members(members))
                self.inside(item)
            case n.Compare(left=left, right=right):
                self._compare(node, left, right)
            case n.Known(arg=n.Ref()):
                pass  # whether a fact is stated is told apart anyhow
            case n.Ref(term=term, type=kind) if kind.kind not in (*_CODES, "boolean"):
                self.exact.add(term)  # a number in arithmetic
            case n.Ref():
                pass
            case n.Fold(per=per) if per is not None:
                self.exactly(per)
                self._parts(node)
            case _:
                self._parts(node)

    def inside(self, item: n.Node) -> None:
        """Tests within an expression whose own value is tested: the conditions of its cases."""
        for node in n.walk(item):
            if isinstance(node, n.Ite):
                self.read(node.cond)

    def _parts(self, node: n.Node) -> None:
        for part in n.children(node):
            self.read(part)

    def _compare(self, node: n.Compare, left: n.Node, right: n.Node) -> None:
        kinds = {n.type_of(left).kind, n.type_of(right).kind}
        for side, other in ((left, right), (right, left)):
            if kinds & set(_CODES):
                if isinstance(other, n.Const) and isinstance(other.value, str):
                    self.push(side, frozenset((other.value,)))
                elif not isinstance(side, n.Const):
                    self.exactly(side)
                self.inside(side)
            elif isinstance(side, n.Ref) and isinstance(other, n.Const) and _is_number(other.value):
                self.lines.setdefault(side.term, set()).add(float(str(other.value)))
            else:
                self.read(side)

    def push(self, node: n.Node, tested: frozenset[str]) -> None:
        """A test of an expression's code, carried back to where the code comes from."""
        waiting = [(node, tested)]
        while waiting:
            node, tested = waiting.pop()
            match node:
                case n.Ref(term=term):
                    held = self.tests.setdefault(term, set())
                    if tested not in held:
                        held.add(tested)
                        if term in self.program.definitions:
                            waiting.append((self.program.definitions[term].node, tested))
                case n.Lookup(table=table, item=item):
                    waiting.append((item, self._before(table, item, tested)))
                case n.Ite(then=then, other=other):
                    waiting += [(then, tested), (other, tested)]
                case n.First(args=args):
                    waiting += [(arg, tested) for arg in args]
                case n.Const():
                    pass
                case _:
                    self.exactly(node)

    def _before(self, table: str, item: n.Node, tested: frozenset[str]) -> frozenset[str]:
        """The codes that a table leads into a set."""
        led = self.program.tables[table]
        domain = self._domains.get(n.type_of(item).domain)
        codes = set(domain.codes) if domain else set(tested) | set(led)
        return frozenset(code for code in codes if led.get(code, code) in tested)

    def exactly(self, node: n.Node) -> None:
        """Every fact that reaches an expression is told apart by its value."""
        waiting, seen = [node], set()
        while waiting:
            for part in n.walk(waiting.pop()):
                if isinstance(part, n.Ref) and n.type_of(part).kind in (*_CODES, "number", "date"):
                    self.exact.add(part.term)
                    if part.term in self.program.definitions and part.term not in seen:
                        seen.add(part.term)
                        waiting += _codes_of(self.program.definitions[part.term].node)

    def copies(self) -> None:
        """What is assumed as a copy of another fact is tested like it."""
        for term in self.terms & self.program.vocabulary.facts.keys():
            fact = self.program.vocabulary.facts[term]
            for assumed in fact.assume.values():
                if isinstance(assumed, SameAs) and fact.type.kind in _CODES:
                    self.tests.setdefault(assumed.term, set()).update(self.tests.get(term, ()))
                    if term in self.exact:
                        self.exact.add(assumed.term)
                elif isinstance(assumed, SameAs):
                    self.exact |= {term, assumed.term}


def _codes_of(node: n.Node) -> Iterator[n.Node]:
    """The parts of a rule that its code comes from; the conditions between them are tests of their own."""
    match node:
        case n.Ite(then=then, other=other):
            yield from _codes_of(then)
            yield from _codes_of(other)
        case n.First(args=args):
            for arg in args:
                yield from _codes_of(arg)
        case n.Const():
            pass
        case _:
            yield node


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
