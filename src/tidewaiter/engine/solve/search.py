"""One search: goals put to Z3, models read back as facts, and every one of them checked by the reference evaluator."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import z3

from tidewaiter.base.errors import EngineError
from tidewaiter.engine import nodes as n
from tidewaiter.engine.facts import Instance, Rows, reachable
from tidewaiter.engine.program import Program, references
from tidewaiter.engine.solve.answers import Answer, Bounds, Witness
from tidewaiter.engine.solve.cases import Case, Facts, Given, Slot
from tidewaiter.engine.solve.logic import Bit
from tidewaiter.engine.solve.lowering import Lowering
from tidewaiter.engine.solve.symbols import Span, Symbol

__all__ = ["Claim", "Search", "relevant_terms"]

Claim = Callable[[Instance, Instance], bool]
"""What the reference evaluator must confirm about a root and the instance asked about."""

_LOCK = threading.RLock()
_MOST_TIDYING = 60


class Search:
    """Symbolic facts and the values of programs over them, lowered once for any number of goals.

    Z3 is not safe between threads: one search runs at a time.
    """

    def __init__(self, programs: Sequence[Program], bounds: Bounds) -> None:
        self.programs, self.bounds = tuple(programs), bounds
        self.facts = Facts(self.programs, bounds)
        self.lowerings = tuple(Lowering(program, self.facts) for program in self.programs)
        self._places: dict[str, tuple[Case, tuple[Slot, ...], frozenset[str]]] = {}

    def values(self, nodes: Iterable[n.Node], subject: str, which: int = 0) -> list[Symbol]:
        """Values of expressions about a subject under one of the programs."""
        with _LOCK:
            return [self.lowerings[which].on(node, self._place(subject)[0]) for node in nodes]

    def _place(self, subject: str) -> tuple[Case, tuple[Slot, ...], frozenset[str]]:
        if subject not in self._places:
            self._places[subject] = self.facts.place(subject)
        return self._places[subject]

    def ask(self, goal: Bit, subject: str, terms: frozenset[str], claim: Claim, *, concise: bool = True) -> Answer:
        """Facts under which the goal holds; `claim` is the goal as the reference evaluator sees it.

        `terms`: what the goal rests on. Raises EngineError when the facts found do not bear it out. A `concise`
        witness has round numbers and leaves out what does not matter.
        """
        if goal is False:
            return Answer("none", self.bounds)
        with _LOCK:
            focus, slots, way = self._place(subject)
            terms |= way
            solver = z3.Solver()
            solver.set("timeout", max(1, int(self.bounds.seconds * 1000)))
            solver.add(*(limit for term, limit in self.facts.limits if term in terms), goal)
            solver.add(*(slot.present for slot in slots))
            verdict = solver.check()
            if verdict != z3.sat:
                return Answer("none" if verdict == z3.unsat else "undecided", self.bounds)
            root, found = self._confirmed(solver, focus, terms, claim, concise)
        if concise:
            _pare(root, found, claim)
        return Answer("found", self.bounds, Witness(self.facts.vocabulary, root, found))

    def _confirmed(
        self, solver: Any, focus: Case, terms: frozenset[str], claim: Claim, concise: bool
    ) -> tuple[Instance, Instance]:
        """The facts of the first model, or of one with rounder numbers where floats spoil those."""
        model = solver.model()
        found = self.facts.read(model, focus, terms)
        if not concise and claim(*found):
            return found
        tidy = self.facts.read(self._tidied(solver, model, terms), focus, terms)
        if claim(*tidy):
            return tidy
        if claim(*found):
            return found
        shown = Witness(self.facts.vocabulary, *tidy)
        raise EngineError(f"the solver's example does not hold in the reference evaluator: {shown}")

    def _tidied(self, solver: Any, model: Any, terms: frozenset[str]) -> Any:
        """The model with as many numbers as possible made round."""
        solver.set("timeout", 200)
        tried = 0
        for given in self._numbers(self.facts.root, terms):
            for candidate in _round_values(model.eval(given.variable, model_completion=True)):
                if tried >= _MOST_TIDYING:
                    return model
                tried += 1
                solver.push()
                solver.add(given.variable == candidate)
                if solver.check() == z3.sat:
                    model = solver.model()
                    break
                solver.pop()
        return model

    def _numbers(self, case: Case, terms: frozenset[str]) -> Iterator[Given]:
        for term, given in case.facts.items():
            if term in terms and given.fact.type.kind == "number" and isinstance(given.when_stated, Span):
                yield given
        for slots in case.relations.values():
            for slot in slots:
                for part in (slot.target, slot.link):
                    if part is not None:
                        yield from self._numbers(part, terms)


def relevant_terms(program: Program, nodes: Iterable[n.Node]) -> frozenset[str]:
    """The terms and relations that expressions rest on."""
    listed = list(nodes)
    terms = program.closure(tuple(term for node in listed for term in references(node)))
    listed += [program.definitions[term].node for term in terms if term in program.definitions]
    parts = (part for node in listed for part in n.walk(node))
    return terms | {part.relation.term for part in parts if isinstance(part, (n.Any, n.All, n.Count, n.Fold))}


def _round_values(held: Any) -> list[Any]:
    """Rounder numbers near a value that is no whole number, roundest first."""
    if z3.is_algebraic_value(held):
        held = held.approx(20)
    value: Fraction = held.as_fraction()
    if value.denominator == 1:
        return []
    whole = math.floor(value)
    tries = [Fraction(whole), Fraction(whole + 1), Fraction(round(value * 10), 10), Fraction(round(value * 100), 100)]
    return [z3.RealVal(str(each)) for each in dict.fromkeys(tries) if each != value]


# paring -------------------------------------------------------------------------------------------


def _pare(root: Instance, focus: Instance, claim: Claim) -> None:
    """Take away rows and facts as long as the claim holds without them."""
    for instance in reachable(root):
        for term, rows in list(instance.relations.items()):
            while instance.relations[term].rows and focus not in _below(rows):
                rows = Rows(rows.rows[:-1], rows.complete)
                if not _holds_with(instance, root, focus, claim, relations={**instance.relations, term: rows}):
                    break
    for instance in {id(each): each for each in (*reachable(root), *reachable(focus))}.values():
        for term in list(instance.facts):
            _holds_with(
                instance, root, focus, claim, facts={key: held for key, held in instance.facts.items() if key != term}
            )
        for term in list(instance.relations):
            if not instance.relations[term].rows:
                fewer = {key: held for key, held in instance.relations.items() if key != term}
                _holds_with(instance, root, focus, claim, relations=fewer)


def _below(rows: Rows) -> list[Instance]:
    """Every instance from the last row on."""
    if not rows.rows:
        return []
    last = rows.rows[-1]
    return [each for part in (last.target, last.link) if part is not None for each in reachable(part)]


def _holds_with(instance: Instance, root: Instance, focus: Instance, claim: Claim, **changes: Any) -> bool:
    """Try an instance with other facts or relations; keep them when the claim still holds."""
    before = {name: getattr(instance, name) for name in changes}
    for name, value in changes.items():
        setattr(instance, name, value)
    if claim(root, focus):
        return True
    for name, value in before.items():
        setattr(instance, name, value)
    return False
