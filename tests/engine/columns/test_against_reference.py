"""The batch back end gives the reference's answer on every row of generated tables under generated programs."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.columns.cases import matches, tables
from tests.engine.strategies import COLORS, profiles, programs, transactions

from tidewaiter.engine.columns import evaluate
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.program import Program
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.vocabulary import ROOT

CODED = st.sampled_from((pl.String, pl.Categorical, pl.Enum(COLORS), pl.Enum(("gray", *COLORS[:3], "unused"))))
FACTS = st.lists(transactions(one_of=False), min_size=1, max_size=4)


def differences(program: Program, roots: Sequence[Instance], profile: str | None, coded: object) -> list[str]:
    """Where a column says something else than the reference."""
    terms = [held.term for held in program.definitions.values() if held.subject == ROOT]
    table, relations = tables(program, roots, coded, profile)  # type: ignore[arg-type]
    result = evaluate(program, table, terms=terms, relations=relations, profile=profile)
    found = []
    for root, row in zip(roots, result.to_dicts(), strict=True):
        reference = Reference(program, root, profile)
        for term in terms:
            expected = reference.value(term)
            if not matches(program.definitions[term].type, expected, row, term):
                shown = {name: value for name, value in row.items() if name.startswith(term)}
                found.append(f"{term}: reference {expected}, columns {shown}")
    return found


@given(programs(), FACTS, profiles(), CODED)
@settings(max_examples=150)
def test_generated_programs(program: Program, roots: list[Instance], profile: str | None, coded: object) -> None:
    assert differences(program, roots, profile, coded) == []


@given(programs(terms=2, budget=4), FACTS, profiles(), CODED)
@settings(max_examples=80)
def test_deep_trees(program: Program, roots: list[Instance], profile: str | None, coded: object) -> None:
    assert differences(program, roots, profile, coded) == []


@given(programs(terms=4, focus="fold"), FACTS, profiles(), CODED)
@settings(max_examples=150)
def test_folds(program: Program, roots: list[Instance], profile: str | None, coded: object) -> None:
    assert differences(program, roots, profile, coded) == []


@given(programs(terms=3, budget=4, focus="quantifier"), FACTS, profiles(), CODED)
@settings(max_examples=100)
def test_nested_quantifiers(program: Program, roots: list[Instance], profile: str | None, coded: object) -> None:
    assert differences(program, roots, profile, coded) == []


@given(programs(recursive=True, folds=False), FACTS, profiles(), CODED)
@settings(max_examples=60)
def test_recursive_terms_as_columns(
    program: Program, roots: list[Instance], profile: str | None, coded: object
) -> None:
    assert differences(program, roots, profile, coded) == []
