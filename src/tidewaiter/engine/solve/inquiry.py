"""Questions to one or two programs: each becomes a goal for Z3 and the same claim for the reference evaluator."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from tidewaiter.base.errors import EngineError
from tidewaiter.engine import nodes as n
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.solve.answers import Answer, Bounds, Witness
from tidewaiter.engine.solve.cases import Facts
from tidewaiter.engine.solve.logic import Bit, all_of, any_of, equal, negation, real
from tidewaiter.engine.solve.relevance import direct, relevant_terms
from tidewaiter.engine.solve.search import Search
from tidewaiter.engine.solve.symbols import Choice, Span, Symbol, Truth3, identical, is_certain, same_code
from tidewaiter.engine.types import BOOLEAN, Type
from tidewaiter.engine.values import Truth, Value, is_known
from tidewaiter.engine.vocabulary import ROOT, subject_of

__all__ = ["Inquiry"]


class Inquiry:
    """Any number of questions to the same program, which is lowered once; `other` is the one to compare it with."""

    def __init__(self, program: Program, other: Program | None = None, bounds: Bounds | None = None) -> None:
        self.program, self.other = program, other
        self.search = Search((program,) if other is None else (program, other), bounds or Bounds())

    # conditions -----------------------------------------------------------------------------------

    def overlap(self, conditions: Sequence[n.Node], subject: str = ROOT, *, concise: bool = True) -> Answer:
        """Facts under which two conditions hold; `which` are the positions of those that do."""
        held = self._truths(conditions, subject)
        goal = any_of(all_of((one.holds, two.holds)) for i, one in enumerate(held) for two in held[i + 1 :])
        return self._ask(goal, conditions, subject, lambda truths: truths.count(True) >= 2, concise)

    def gap(self, conditions: Sequence[n.Node], subject: str = ROOT, *, concise: bool = True) -> Answer:
        """Facts under which every condition is false."""
        goal = all_of(one.fails for one in self._truths(conditions, subject))
        return self._ask(goal, conditions, subject, lambda truths: truths.count(False) == len(truths), concise)

    def first_holds(
        self, conditions: Sequence[n.Node], index: int, subject: str = ROOT, *, concise: bool = True
    ) -> Answer:
        """Facts under which the condition at `index` holds and every earlier one is false."""
        asked = conditions[: index + 1]
        *earlier, last = self._truths(asked, subject)
        goal = all_of((last.holds, *(one.fails for one in earlier)))
        return self._ask(goal, asked, subject, lambda truths: truths == (*(False,) * index, True), concise)

    def can_hold(self, condition: n.Node, truth: Truth, subject: str = ROOT, *, concise: bool = True) -> Answer:
        """Facts under which a condition is true, false, or (None) unknown."""
        (held,) = self._truths([condition], subject)
        goal = held.open if truth is None else held.holds if truth else held.fails
        pared = concise and truth is not None  # with fewer facts it would be unknown for want of them
        return self._ask(goal, [condition], subject, lambda truths: truths[0] is truth, concise, pared)

    def _truths(self, conditions: Sequence[n.Node], subject: str) -> list[Truth3]:
        probed = frozenset[str]().union(*(direct(node).probed for node in conditions))
        if not probed <= self.search.facts.probed:  # facts already made could not be missing
            self.search = Search(self.search.programs, self.search.bounds, probed | self.search.facts.probed)
        found = self.search.values(conditions, subject)
        truths = [symbol for symbol in found if isinstance(symbol, Truth3)]
        if len(truths) < len(found):
            raise EngineError("only conditions can overlap, hold or leave gaps")
        return truths

    def _ask(
        self,
        goal: Bit,
        conditions: Sequence[n.Node],
        subject: str,
        confirms: Callable[[tuple[Truth, ...]], bool],
        concise: bool,
        pared: bool = True,
    ) -> Answer:
        program, names = _with_conditions(self.program, conditions, subject)

        def truths(root: Instance, focus: Instance) -> tuple[Truth, ...]:
            reference = Reference(program, root)
            values = [reference.value(name, focus) for name in names]
            return tuple(value if isinstance(value, bool) else None for value in values)

        terms = relevant_terms(self.program, conditions)
        answer = self.search.ask(
            goal, subject, terms, lambda *case: confirms(truths(*case)), tidy=concise, pared=concise and pared
        )
        if answer.witness is None:
            return answer
        values = truths(answer.witness.root, answer.witness.focus)
        return replace(answer, which=tuple(i for i, value in enumerate(values) if value), values=values)

    # terms ----------------------------------------------------------------------------------------

    def can_be(self, term: str, value: Value, *, concise: bool = True) -> Answer:
        """Facts under which a decided term certainly has a value (a date as its ordinal)."""
        kind, subject = self.program.definition(term).type, subject_of(term)
        node = n.Ref(term, 0, kind)
        (symbol,) = self.search.values([node], subject)
        goal = _is(symbol, value, kind, self.search.facts)

        def confirms(root: Instance, focus: Instance) -> bool:
            return _same(Reference(self.program, root).value(term, focus), value)

        answer = self.search.ask(
            goal, subject, relevant_terms(self.program, [node]), confirms, tidy=concise, pared=concise
        )
        return replace(answer, values=(value,)) if answer.witness else answer

    def difference(self, term: str, *, concise: bool = True) -> Answer:
        """Facts under which the two programs decide a term differently; `values` are the two values."""
        if self.other is None:
            raise EngineError("one program alone has no difference")
        first, second, subject = self.program, self.other, subject_of(term)
        nodes = [n.Ref(term, 0, each.definition(term).type) for each in (first, second)]
        one, two = (self.search.values([node], subject, which)[0] for which, node in enumerate(nodes))

        def values(root: Instance, focus: Instance) -> tuple[Value, Value]:
            return Reference(first, root).value(term, focus), Reference(second, root).value(term, focus)

        def differ(root: Instance, focus: Instance) -> bool:
            held = values(root, focus)
            return held[0] != held[1]

        def differ_surely(root: Instance, focus: Instance) -> bool:
            return differ(root, focus) and all(is_known(value) for value in values(root, focus))

        terms = relevant_terms(first, nodes) | relevant_terms(second, nodes)
        unlike = negation(identical(one, two))
        surely = all_of((is_certain(one), is_certain(two), unlike))
        answer = self.search.ask(surely, subject, terms, differ_surely, tidy=concise, pared=concise)
        if answer.verdict == "none":
            answer = self.search.ask(unlike, subject, terms, differ, tidy=concise, pared=False)
        return _with_values(answer, values)


def _with_values(answer: Answer, values: Callable[[Instance, Instance], tuple[Value, Value]]) -> Answer:
    witness: Witness | None = answer.witness
    return replace(answer, values=values(witness.root, witness.focus)) if witness else answer


def _with_conditions(program: Program, conditions: Sequence[n.Node], subject: str) -> tuple[Program, list[str]]:
    """The program with the conditions as terms, so that the reference evaluator can be asked for them."""
    names = [f"?{i}" for i in range(len(conditions))]
    added = {name: Definition(name, subject, BOOLEAN, node) for name, node in zip(names, conditions, strict=True)}
    return replace(program, definitions={**program.definitions, **added}), names


def _is(symbol: Symbol, value: Value, kind: Type, facts: Facts) -> Bit:
    """Where a symbol certainly has a value."""
    match symbol, value:
        case Truth3(), bool():
            return symbol.holds if value else symbol.fails
        case Span(), int() | float():
            return all_of((is_certain(symbol), equal(symbol.low.value, real(float(value)))))
        case Choice(), str():
            index = facts.codes(kind.domain).get(value)
            if index is None:
                return False
            there = any_of(all_of((guard, same_code(code, index))) for guard, code in symbol.options)
            return all_of((is_certain(symbol), there))
    raise EngineError(f"{value!r} is no value of {kind}")


def _same(found: Value, value: Value) -> bool:
    if isinstance(found, float) and isinstance(value, (int, float)):
        return math.isclose(found, value)
    return is_known(found) and found == value
