"""At any facts, stated or missing, the solver's value of a term is the reference evaluator's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.engine.strategies import VOCABULARY, programs

from tidewaiter.engine.facts import Instance, Row, Rows
from tidewaiter.engine.program import Program
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.solve.answers import Bounds
from tidewaiter.engine.solve.cases import Case, Facts, Given
from tidewaiter.engine.solve.logic import lift
from tidewaiter.engine.solve.search import Search
from tidewaiter.engine.solve.symbols import Choice, End, Span, Symbol, Truth3
from tidewaiter.engine.values import Interval, Value, number, one_of
from tidewaiter.engine.vocabulary import ROOT, subject_of

z3 = pytest.importorskip("z3")

__all__: list[str] = []

Equations = list[Any]
NUMBERS = (-2.0, -0.25, 0.0, 0.25, 1.0, 2.0, 2.25, 3.0, 9.75, 10.0, 50.0)
COLORS = tuple(VOCABULARY.domains["color"].codes)


EXAMPLES = max(120, settings.default.max_examples if settings.default else 0)


# Shrinking is left out: it takes minutes, as each step lowers a program anew.
@settings(max_examples=EXAMPLES, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(programs(recursive=True), st.data())
def test_the_solver_and_the_reference_agree(program: Program, data: st.DataObject) -> None:
    search = Search([program], Bounds(missing="always"))
    terms = [term for term in program.definitions if subject_of(term) == ROOT]
    symbols = {term: search.lowerings[0].value(term, search.facts.root) for term in terms}
    equations: Equations = []
    root = _drawn(data, search.facts, search.facts.root, equations)
    solver = z3.Solver()
    solver.add(*equations)
    assert solver.check() == z3.sat
    model, reference = solver.model(), Reference(program, root)
    for term, symbol in symbols.items():
        codes = list(search.facts.codes("color"))
        assert _alike(_value(symbol, model, codes), reference.value(term)), (term, program.definitions[term].node)


# facts --------------------------------------------------------------------------------------------


def _drawn(data: st.DataObject, facts: Facts, case: Case, equations: Equations) -> Instance:
    """Facts for all variables of a symbolic instance, and the same as equations."""
    stated_facts = {}
    for term, each in case.facts.items():
        stated = data.draw(st.booleans())
        equations.append(each.stated == stated)
        value, equal = data.draw(st.sampled_from(list(_values(facts, each))))
        if stated:
            equations.append(equal)
            stated_facts[term] = value
    relations = {}
    for term, slots in case.relations.items():
        there = data.draw(st.integers(0, len(slots)))
        equations += [slot.present == (i < there) for i, slot in enumerate(slots)]
        rows = []
        for slot in slots[:there]:
            link = None if slot.link is None else _drawn(data, facts, slot.link, equations)
            rows.append(Row(_drawn(data, facts, slot.target, equations), link))
        relations[term] = Rows(tuple(rows), True)
    return Instance(case.subject, stated_facts, relations)


def _values(facts: Facts, each: Given) -> Iterator[tuple[Value, Any]]:
    match each.fact.type.kind:
        case "boolean":
            yield from ((value, each.variable == value) for value in (True, False))
        case "number":
            fitting = [value for value in NUMBERS if each.fact.low <= value <= each.fact.high]
            yield from ((value, each.variable == value) for value in fitting)
        case "date":
            low = int(each.fact.low) if each.fact.low > 0 else 738_900
            yield from ((float(day), each.variable == day) for day in (low, low + 1, low + 400, low + 401))
        case "text":
            yield from ((word, each.variable == facts.code("", word)) for word in ("alpha", "beta", "gamma"))
        case "code":
            yield from ((code, each.variable == i) for i, code in enumerate(COLORS))


# values -------------------------------------------------------------------------------------------


def _value(symbol: Symbol, model: Any, codes: list[str]) -> Value:
    def true(bit: Any) -> bool:
        return bit if isinstance(bit, bool) else bool(z3.is_true(model.eval(bit, model_completion=True)))

    def end(held: End, sign: int) -> float:
        if true(held.infinite):
            return sign * float("inf")
        found = model.eval(lift(held.value), model_completion=True)
        return float(found.as_fraction()) if z3.is_rational_value(found) else float(found.as_long())

    match symbol:
        case Truth3():
            assert not (true(symbol.holds) and true(symbol.open))
            return None if true(symbol.open) else true(symbol.holds)
        case Span():
            return number(end(symbol.low, -1), end(symbol.high, 1))
        case Choice():
            held = {_code(value, model) for guard, value in symbol.options if true(guard)}
            return None if true(symbol.nothing) else one_of(frozenset(codes[i] for i in held))


def _code(value: Any, model: Any) -> int:
    return value if isinstance(value, int) else int(model.eval(value, model_completion=True).as_long())


def _alike(one: Value, two: Value) -> bool:
    if isinstance(one, float | Interval):
        two = Interval(float("-inf"), float("inf")) if two is None else two
        ends = [(each.low, each.high) if isinstance(each, Interval) else (each, each) for each in (one, two)]
        return ends[0] == pytest.approx(ends[1], rel=1e-9, abs=1e-9)
    return one == two
