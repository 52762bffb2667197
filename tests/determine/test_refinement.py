"""Where every completion agrees the answer is that value, and never one on which they do not agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from tests.determine.small_programs import cases, completions, decided, small_programs

from tidewaiter.determine.refinement import Supposed, agreed
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.program import Program
from tidewaiter.engine.prove import Prover, Run
from tidewaiter.engine.values import Value
from tidewaiter.engine.vocabulary import ROOT


def refined(program: Program, facts: Mapping[str, Value], term: str = "t2") -> Value:
    root, prover = Instance(ROOT, dict(facts)), Prover(program)

    def again(supposed: Sequence[Supposed]) -> Value:
        run = Run(prover, program, root)
        for instance, name, value in supposed:
            run.suppose(name, instance, value)
        return run.value(term)

    run = Run(prover, program, root)
    value = run.value(term)
    found = value if value is not None else agreed(run.prove(term), program, again)
    assert root.facts == facts, "trying cases must leave the facts as they were"
    return found


@given(small_programs(), cases())
@settings(max_examples=120)
def test_agreement_is_never_a_guess(program: Program, facts: dict[str, Value]) -> None:
    outcomes = {decided(program, each) for each in completions(facts)}
    found = refined(program, facts)
    if found is not None:
        assert outcomes == {found}


@given(small_programs(only_truths=True), cases())
@settings(max_examples=80)
def test_agreement_on_few_truths_is_found(program: Program, facts: dict[str, Value]) -> None:
    outcomes = {decided(program, each) for each in completions(facts)}
    assert refined(program, facts) == (outcomes.pop() if len(outcomes) == 1 else None)
