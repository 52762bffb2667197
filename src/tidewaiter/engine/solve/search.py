"""One search: goals put to Z3, models read back as facts, and every one of them checked by the reference evaluator."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import z3

from tidewaiter.base.errors import EngineError
from tidewaiter.engine import nodes as n
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.program import Program
from tidewaiter.engine.solve.answers import Answer, Bounds, Witness
from tidewaiter.engine.solve.cases import Case, Facts, Given, Slot
from tidewaiter.engine.solve.logic import Bit, lift
from tidewaiter.engine.solve.lowering import Lowering
from tidewaiter.engine.solve.paring import Claim, pare
from tidewaiter.engine.solve.symbols import Span, Symbol

__all__ = ["Search"]

_LOCK = threading.RLock()
_MOST_TIDYING = 60
_NEAR = 1_000_000


class Search:
    """Symbolic facts and the values of programs over them, lowered once for any number of goals.

    Z3 is not safe between threads: one search runs at a time.
    """

    def __init__(self, programs: Sequence[Program], bounds: Bounds, probed: frozenset[str] = frozenset()) -> None:
        self.programs, self.bounds = tuple(programs), bounds
        self.facts = Facts(self.programs, bounds, probed)
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

    def ask(
        self, goal: Bit, subject: str, terms: frozenset[str], claim: Claim, *, tidy: bool = True, pared: bool = True
    ) -> Answer:
        """Facts under which the goal holds; `claim` is the goal as the reference evaluator sees it.

        `terms`: what the goal rests on. `tidy` prefers round numbers; `pared` leaves out what does not matter. Raises
        EngineError when the facts found do not bear the goal out.
        """
        if goal is False:
            return Answer("none", self.bounds)
        with _LOCK:
            focus, slots, way = self._place(subject)
            terms |= way
            limits = [limit for term, limit in self.facts.limits if term in terms]
            verdict, solver = self._checked([*limits, *(slot.present for slot in slots), goal])
            if verdict == z3.unsat:
                return Answer("none", self.bounds)
            if verdict != z3.sat:
                return Answer("undecided", self.bounds, why=f"no answer within {self.bounds.seconds:g} s")
            found = self._confirmed(solver, focus, terms, claim, tidy)
        if found is None:
            return Answer("undecided", self.bounds, why="only numbers that rounding moves across a threshold")
        if pared:
            pare(*found, claim, self.facts.vocabulary)
        return Answer("found", self.bounds, Witness(self.facts.vocabulary, *found))

    def _checked(self, parts: Sequence[Bit]) -> tuple[Any, Any]:
        """The verdict, and the solver that reached it: the lean one first, by far the faster, then the full."""
        for make in (z3.SimpleSolver, z3.Solver):
            solver = make()
            solver.set("timeout", max(1, int(self.bounds.seconds * 500)))
            solver.add(*parts)
            verdict = solver.check()
            if verdict != z3.unknown:
                break
        return verdict, solver

    def _confirmed(
        self, solver: Any, focus: Case, terms: frozenset[str], claim: Claim, tidy: bool
    ) -> tuple[Instance, Instance] | None:
        """The facts of a model that the reference confirms; None when there are such only where rounding decides.

        Z3 reckons without rounding, the reference with floats: where an example sits so near a threshold that this
        tells, one with rounder numbers is looked for, then one that keeps clear of all thresholds.
        """
        for model in self._models(solver, terms, tidy):
            found = self.facts.read(model, focus, terms)
            if claim(*found):
                return found
        if not self._keeps_clear(solver, terms):
            return None
        for model in (solver.model(), self._tidied(solver, solver.model(), terms)):
            found = self.facts.read(model, focus, terms)
            if claim(*found):
                return found
        shown = Witness(self.facts.vocabulary, *found)
        raise EngineError(f"the solver's example does not hold in the reference evaluator: {shown}")

    def _models(self, solver: Any, terms: frozenset[str], tidy: bool) -> Iterator[Any]:
        first = solver.model()
        if not tidy:
            yield first
        yield self._tidied(solver, first, terms)
        solver.pop(solver.num_scopes())
        if tidy:
            yield first

    def _keeps_clear(self, solver: Any, terms: frozenset[str]) -> bool:
        solver.set("timeout", max(1, int(self.bounds.seconds * 1000)))
        solver.add(*self._clear_of_thresholds(terms))
        return bool(solver.check() == z3.sat)

    def _clear_of_thresholds(self, terms: frozenset[str]) -> Iterator[Any]:
        """Numbers that are compared differ by a millionth of their size at least."""
        for lowering in self.lowerings:
            for named, left, right in lowering.compared:
                if named <= terms and not (isinstance(left, Fraction) and isinstance(right, Fraction)):
                    one, two = lift(left), lift(right)
                    size = z3.If(one >= 0, one, -one) + z3.If(two >= 0, two, -two)
                    yield z3.Or(one - two >= size / _NEAR, two - one >= size / _NEAR)

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
