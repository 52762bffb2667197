"""A route names conditions that, once they hold, really give the wanted answer; and there is one where there can be."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.determine.small_programs import FACTS, cases, completions, decided, small_programs

from tidewaiter.engine.facts import Instance
from tidewaiter.engine.nodes import Compare, Member
from tidewaiter.engine.program import Program
from tidewaiter.engine.prove import Literal, Prover, Route, Run, missing, route
from tidewaiter.engine.values import Value
from tidewaiter.engine.vocabulary import ROOT, Fact


def found_route(program: Program, facts: dict[str, Value], want: bool) -> Route | None:
    proof = Run(Prover(program), program, Instance(ROOT, facts)).prove("t2")
    return route(proof, lambda value: None if value is None else value is want)


def holds(literal: Literal, program: Program, facts: dict[str, Value]) -> bool:
    """Whether the condition of a literal has the truth it wants, given facts."""
    what = literal.what
    if isinstance(what, Fact):
        return facts.get(what.term) is literal.want
    assert isinstance(what, (Compare, Member))
    closure = Prover(program).compile(what)
    value: Value = closure((Run(Prover(program), program, Instance(ROOT, facts)).root,))[0]
    return value is literal.want


def applied(found: Route, program: Program, facts: dict[str, Value]) -> Iterator[dict[str, Value]]:
    """The given facts with every way of stating the route's facts so that its conditions hold."""
    names = sorted({item.term for literal in found for item, _ in literal.waits_for})
    for values in itertools.product(*(FACTS[name][1] for name in names)):
        stated = {**facts, **dict(zip(names, values, strict=True))}
        if all(holds(literal, program, stated) for literal in found):
            yield stated


@given(small_programs(), cases(), st.booleans())
@settings(max_examples=120)
def test_what_a_route_names_gives_the_answer(program: Program, facts: dict[str, Value], want: bool) -> None:
    found = found_route(program, facts, want)
    reachable = any(decided(program, each) is want for each in completions(facts))
    if found is None:
        assert not reachable
        return
    for stated in applied(found, program, facts):
        assert decided(program, stated) is want


@given(small_programs(only_truths=True), cases(), st.booleans())
@settings(max_examples=120)
def test_routes_over_truths_can_be_gone(program: Program, facts: dict[str, Value], want: bool) -> None:
    found = found_route(program, facts, want)
    reachable = any(decided(program, each) is want for each in completions(facts))
    assert (found is not None) == reachable
    if found is not None:
        assert [decided(program, stated) for stated in applied(found, program, facts)] == [want]


@given(small_programs(), cases())
@settings(max_examples=80)
def test_an_open_answer_waits_for_something(program: Program, facts: dict[str, Value]) -> None:
    proof = Run(Prover(program), program, Instance(ROOT, facts)).prove("t2")
    waits = {item.term for item, _ in missing(proof)}
    assert bool(waits) == (proof[0] is None)
    assert not waits & set(facts)
    if proof[0] is None:
        others = {name: values[0] for name, (_, values) in FACTS.items() if name in waits}
        assert decided(program, {**facts, **others}) is not None


def test_owners_who_all_own_each_other_have_an_answer() -> None:
    from tidewaiter.faces.asking import Asked, answer

    count = 9
    owners = [
        [{"ref": f"p{j}", "share": {"at_least": 0, "at_most": 60}} for j in range(count) if j != i]
        for i in range(count)
    ]
    rows = [{"id": f"p{i}", "owners": {"complete": False, "rows": held}} for i, held in enumerate(owners)]
    facts = {"party_dealing": "items", "kind": "export", "destination": "CN", "us_origin": True, "parties": rows}
    found = answer(Asked("party", on=dt.date(2025, 10, 15), facts=facts, profile=None))
    assert found.outcome == "undetermined"
    assert found.to_restriction
    assert found.missing
