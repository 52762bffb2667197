"""Learning more never turns a definite answer around, except through words that ask what has been shown."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.lawless import FACTS, NUMBERS
from tests.engine.strategies import programs, transactions

from tidewaiter.engine import nodes as n
from tidewaiter.engine.facts import Instance, Row, Rows
from tidewaiter.engine.program import Program
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.types import BOOLEAN
from tidewaiter.engine.values import Interval, OneOf, Value, bounds, is_known
from tidewaiter.engine.vocabulary import ROOT, Fact


def without_burdens(node: Any) -> Any:
    """The node without `established`, `known` and `first`."""
    if isinstance(node, n.Established):
        return without_burdens(node.arg)
    if isinstance(node, n.Known):
        return n.Const(True, BOOLEAN)
    if isinstance(node, n.First):
        return without_burdens(node.args[-1])
    if not isinstance(node, n._NODES):
        return node
    changed = {}
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, n._NODES):
            changed[field.name] = without_burdens(value)
        elif isinstance(value, tuple):
            changed[field.name] = tuple(without_burdens(part) for part in value)
    return replace(node, **changed)


class Learner:
    """Draws what somebody might learn about a case: a copy of it that knows more and contradicts nothing."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.made: dict[int, Instance] = {}

    def instance(self, old: Instance) -> Instance:
        if id(old) not in self.made:
            new = self.made[id(old)] = Instance(old.subject)
            facts = {
                fact.term: self.fact(fact, old.facts.get(fact.term)) for fact in FACTS if fact.subject == old.subject
            }
            new.facts = {term: value for term, value in facts.items() if value is not None}
            new.relations = {term: self.rows(rows) for term, rows in old.relations.items()}
        return self.made[id(old)]

    def fact(self, fact: Fact, value: Value) -> Value:
        if is_known(value) or not self.draw(st.booleans()):
            return value
        if fact.type.kind == "boolean":
            return self.draw(st.booleans())
        if fact.type.kind == "text":
            return self.draw(st.sampled_from(("alpha", "beta")))
        if fact.type.kind == "code":
            codes = sorted(value.codes) if isinstance(value, OneOf) else ["red", "green", "blue", "gray"]
            return self.draw(st.sampled_from(codes))
        low, high = bounds(value) if isinstance(value, Interval) else (fact.low, fact.high)
        pool = {max(low, min(high, number)) for number in NUMBERS} if fact.type.kind == "number" else {low, high}
        return self.draw(st.sampled_from(sorted(each for each in pool if abs(each) < 1e9) or [738000.0]))

    def rows(self, old: Rows) -> Rows:
        rows = tuple(Row(self.instance(row.target), row.link and self.instance(row.link)) for row in old.rows)
        if old.complete or not self.draw(st.booleans()):
            return Rows(rows, old.complete)
        more = self.draw(st.integers(0, 1)) if rows else 0
        return Rows(rows + rows[:more], self.draw(st.sampled_from((True, False))))


def narrower(after: Value, before: Value) -> bool:
    """Whether a value says nothing that the one before ruled out."""
    if before is None:
        return True
    if isinstance(before, OneOf):
        held = after.codes if isinstance(after, OneOf) else {after}
        return after is not None and held <= before.codes
    if isinstance(before, (bool, str)):
        return after == before
    low, high = bounds(before)
    a, b = bounds(after)
    slack = 1e-9 * max(abs(end) for end in (1.0, a, b) if end not in (float("inf"), float("-inf")))
    return low - slack <= a and b <= high + slack


@given(programs(), transactions(), st.data())
@settings(max_examples=150)
def test_learning_narrows(program: Program, root: Instance, data: st.DataObject) -> None:
    plain = replace_nodes(program)
    learned = st.composite(lambda draw: Learner(draw).instance(root))()
    more = data.draw(learned)
    before, after = Reference(plain, root), Reference(plain, more)
    for term, definition in plain.definitions.items():
        if definition.subject == ROOT:
            one, other = before.value(term), after.value(term)
            assert narrower(other, one), f"{term}: {one}, then {other}"


@given(programs(recursive=True), transactions(), st.data())
@settings(max_examples=100)
def test_learning_narrows_recursive_terms(program: Program, root: Instance, data: st.DataObject) -> None:
    plain = replace_nodes(program)
    more = data.draw(st.composite(lambda draw: Learner(draw).instance(root))())
    before, after = Reference(plain, root), Reference(plain, more)
    for term, definition in plain.definitions.items():
        if definition.subject == ROOT:
            one, other = before.value(term), after.value(term)
            assert narrower(other, one), f"{term}: {one}, then {other}"


def replace_nodes(program: Program) -> Program:
    return replace(
        program,
        definitions={
            term: replace(held, node=without_burdens(held.node)) for term, held in program.definitions.items()
        },
    )
