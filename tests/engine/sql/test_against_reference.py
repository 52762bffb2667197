"""Every dialect gives the reference's answer on every row of generated tables under generated programs."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.engine.sql.comparison import differences
from tests.engine.sql.databases import Database
from tests.engine.strategies import profiles, programs, transactions

from tidewaiter.engine.facts import Instance
from tidewaiter.engine.program import Program

FACTS = st.lists(transactions(one_of=False), min_size=1, max_size=4)
MIXED = st.one_of(
    programs(),
    programs(terms=2, budget=4),
    programs(terms=4, focus="fold"),
    programs(terms=3, budget=4, focus="quantifier"),
    programs(recursive=True, folds=False),
)
ONE_DATABASE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@given(MIXED, FACTS, profiles())
@settings(max_examples=60, deadline=None, suppress_health_check=ONE_DATABASE)
def test_generated_programs(database: Database, program: Program, roots: list[Instance], profile: str | None) -> None:
    assert differences(database, program, roots, profile) == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@given(MIXED, FACTS, profiles())
@settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=ONE_DATABASE)
def test_generated_programs_on_spark(
    spark: Database, program: Program, roots: list[Instance], profile: str | None
) -> None:
    assert differences(spark, program, roots, profile) == []
