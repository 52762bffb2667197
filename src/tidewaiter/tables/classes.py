"""What the law can tell apart: codes by the sets and codes they are tested against, numbers by the lines drawn.

Two values of a fact in the same class lead every rule of a period the same way, so rows that differ only in these
share a verdict, unless it looked at a rule that uses the very value: arithmetic, another fact beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tidewaiter.engine import nodes as n
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.program import Program
from tidewaiter.engine.prove import Prover, Run
from tidewaiter.engine.values import bounds
from tidewaiter.engine.vocabulary import ROOT, SameAs, subject_of

__all__ = ["Classes", "classes"]

_CODES, _NUMBERS = ("code", "text"), ("number", "date")


@dataclass(slots=True)
class Classes:
    """For the facts of some rules: the sets that codes are tested against, the lines through numbers.

    `exact`: for a fact, where its very value is used; each use is the terms that are all looked at by then.
    """

    sets: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    lines: dict[str, list[float]] = field(default_factory=dict)
    exact: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    _known: dict[str, dict[tuple[bool, ...], int]] = field(default_factory=dict)

    def tells_codes(self, fact: str) -> bool:
        """Whether codes of a fact are told apart by sets alone."""
        return fact in self.sets and not self.exact.get(fact)

    def of_code(self, fact: str, code: str) -> int:
        """The class of a code, the same number whenever it is asked for."""
        known = self._known.setdefault(fact, {})
        return known.setdefault(tuple(code in held for held in self.sets[fact]), len(known))

    def looks_exactly(self, fact: str, seen: frozenset[str]) -> bool:
        """Whether one of the terms that were looked at uses the very value of a fact."""
        return any(use <= seen for use in self.exact.get(fact, ()))


def classes(
    programs: Iterable[tuple[Program, frozenset[str]]],
    outcome: str,
    profile: str | None = None,
    unstated: frozenset[str] = frozenset(),
) -> Classes:
    """What some programs (each with the terms that matter) tell apart on the way to an outcome.

    `unstated`: relations of which no row of the table states anything.
    """
    found = Classes()
    sets: dict[str, set[frozenset[str]]] = {}
    lines: dict[str, set[float]] = {}
    for program, terms in programs:
        flow = _Flow(program, terms, profile, unstated)
        flow.exactly(n.Ref(outcome, 0, program.definitions[outcome].type))
        for term in sorted(terms & program.definitions.keys()):
            flow.rule(term, program.definitions[term].node)
        flow.copies()
        for fact, tests in flow.tests.items():
            if fact in program.vocabulary.facts:
                sets.setdefault(fact, set()).update(tests)
        for fact, drawn in flow.lines.items():
            lines.setdefault(fact, set()).update(drawn)
        for fact, users in flow.exact.items():
            found.exact.setdefault(fact, set()).update(users)
    found.sets = {fact: sorted(tests, key=sorted) for fact, tests in sets.items()}
    found.lines = {fact: sorted(drawn) for fact, drawn in lines.items()}
    return found


class _Flow:
    """Carries each test back to the facts whose codes reach it."""

    def __init__(self, program: Program, terms: frozenset[str], profile: str | None, unstated: frozenset[str]) -> None:
        self.program, self.terms, self.profile, self.unstated = program, terms, profile, unstated
        self.tests: dict[str, set[frozenset[str]]] = {}
        self.lines: dict[str, set[float]] = {}
        self.exact: dict[str, set[frozenset[str]]] = {}
        self._user, self._beside = "", frozenset[str]()
        self._domains = program.vocabulary.domains

    def rule(self, term: str, node: n.Node) -> None:
        """Note every test in the rule of a term."""
        self._user = term
        self.passed(node) if n.type_of(node).kind in _NUMBERS else self.read(node)
        self._user = ""

    def passed(self, node: n.Node) -> None:
        """A number handed on as it is: its tests come back to it from where it is used."""
        match node:
            case n.Ref() | n.Const():
                pass
            case n.First(args=args):
                for arg in args:
                    self.passed(arg)
            case n.Ite(cond=cond, then=then, other=other):
                self.read(cond)
                self.passed(then)
                self.passed(other)
            case _:
                self.read(node)

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
            case n.Arith():
                before, self._beside = self._beside, self._beside | frozenset(_operands(node))
                self._parts(node)
                self._beside = before
            case n.Ref(type=kind) if kind.kind in _NUMBERS:
                self.exactly(node)  # a number in arithmetic
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
            elif isinstance(other, n.Const) and _is_number(other.value):
                self.line(side, float(str(other.value)))
            elif isinstance(other, n.Fold) and (ends := self._fixed(other)) is not None:
                for end in ends:
                    self.line(side, end)
            else:
                self.read(side)

    def _fixed(self, node: n.Fold) -> tuple[float, float] | None:
        """The ends of a fold over rows that nobody ever states: the same on every row of the table."""
        refs = [part for part in n.walk(node) if isinstance(part, n.Ref)]
        facts = self.program.vocabulary.facts
        if node.relation.term not in self.unstated or any(ref.term not in facts or ref.depth for ref in refs):
            return None
        run = Run(Prover(self.program), self.program, Instance(ROOT), self.profile)
        scope = run.frame(Instance(subject_of(self._user))).scope
        return bounds(run.prover.compile(node)(scope)[0])

    def line(self, node: n.Node, drawn: float) -> None:
        """A line through an expression's number, carried back to where the number comes from."""
        waiting = [(node, True)]
        while waiting:
            node, own = waiting.pop()
            match node:
                case n.Ref(term=term):
                    held = self.lines.setdefault(term, set())
                    if drawn not in held:
                        held.add(drawn)
                        if term in self.program.definitions:
                            waiting.append((self.program.definitions[term].node, False))
                case n.Ite(cond=cond, then=then, other=other):
                    if own:
                        self.read(cond)
                    waiting += [(then, own), (other, own)]
                case n.First(args=args):
                    waiting += [(arg, own) for arg in args]
                case _ if own:
                    self.read(node)

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
        waiting, seen = [node], set[str]()
        use = self._beside | ({self._user} if self._user else frozenset())
        while waiting:
            for part in n.walk(waiting.pop()):
                if isinstance(part, n.Ref) and n.type_of(part).kind in (*_CODES, *_NUMBERS):
                    self.exact.setdefault(part.term, set()).add(use)
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
                    self.exact.setdefault(assumed.term, set()).update(self.exact.get(term, ()))
                elif isinstance(assumed, SameAs):
                    for each in (term, assumed.term):
                        self.exact.setdefault(each, set()).add(frozenset())


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


def _operands(node: n.Node) -> Iterator[str]:
    """The terms that an arithmetic expression looks at in any case."""
    for part in n.children(node):
        if isinstance(part, n.Ref):
            yield part.term
        elif isinstance(part, n.Arith):
            yield from _operands(part)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
