"""The same answers everywhere: the reference against every other engine, on as many cases as one likes.

    python -m scripts.same_answers --cases 1000000 --engines columns,duckdb,sqlite,postgres,spark

Half of the cases are generated programs over generated facts, half are the questions of the law on days around its
amendments, with missing values and thresholds one step either way. Stops with exit code 1 at the first difference.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from random import Random

import polars as pl
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from tests.engine.columns.test_against_reference import differences as column_differences
from tests.engine.sql.comparison import differences
from tests.engine.sql.databases import Database, DuckDb, Postgres, Spark, Sqlite
from tests.engine.sql.lawful import Batch, draw
from tests.engine.strategies import profiles, programs, transactions

from tidewaiter.engine.facts import Instance
from tidewaiter.engine.program import Program
from tidewaiter.engine.vocabulary import ROOT
from tidewaiter.library.compiled import load_compiled
from tidewaiter.library.model import Law
from tidewaiter.library.snapshots import Snapshots

__all__ = ["main"]

_DATABASES: dict[str, Callable[[], Database]] = {
    "duckdb": DuckDb,
    "sqlite": Sqlite,
    "postgres": Postgres,
    "spark": Spark,
}
_ENGINES = ("columns", *_DATABASES)
_DAYS, _ROWS, _EXAMPLES = 3, 20, 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare until so many cases agree. 1: some engine differs; 2: an engine is unknown or cannot be started."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1000, help="how many rows to compare on each layer")
    parser.add_argument("--engines", default=",".join(_ENGINES), help="which engines, joined by commas")
    parser.add_argument("--seed", type=int, default=0, help="where the drawing of cases begins")
    asked = parser.parse_args(arguments)
    names = asked.engines.split(",")
    unknown = [name for name in names if name not in _ENGINES]
    if unknown:
        print(f"no engine {', '.join(unknown)}; there are {', '.join(_ENGINES)}", file=sys.stderr)
        return 2
    try:
        databases = [_DATABASES[name]() for name in names if name in _DATABASES]
    except (ImportError, OSError) as error:
        print(f"an engine cannot be started: {error}", file=sys.stderr)
        return 2
    return _compare(asked.cases, "columns" in names, databases, Random(asked.seed))


def _compare(cases: int, columns: bool, databases: Sequence[Database], rng: Random) -> int:
    law = load_compiled()
    done, began = 0, time.monotonic()
    batches = _batches(law, columns, databases, rng)
    while done < cases:
        what, count, found = next(batches)
        done += count
        print(f"{done:>9} cases  {time.monotonic() - began:8.0f} s  {what}", flush=True)
        if found:
            print("\n".join(found[:20]))
            return 1
    return 0


def _batches(
    law: Law, columns: bool, databases: Sequence[Database], rng: Random
) -> Iterator[tuple[str, int, list[str]]]:
    """What was compared, how many cases that were, and where an engine differs; without end."""
    snapshots = Snapshots(law)
    while True:
        for question in sorted(law.questions):
            yield _lawless(columns, databases, rng)
            yield _lawful(snapshots, question, columns, databases, rng)


def _lawless(columns: bool, databases: Sequence[Database], rng: Random) -> tuple[str, int, list[str]]:
    """Generated programs over generated facts; stops at the first difference, made as small as can be."""
    count = 0
    mixed = st.one_of(programs(), programs(terms=4, focus="fold"), programs(recursive=True, folds=False))

    @seed(rng.randrange(2**32))
    @settings(max_examples=_EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(mixed, st.lists(transactions(one_of=False), min_size=1, max_size=4), profiles())
    def compare(program: Program, roots: list[Instance], profile: str | None) -> None:
        nonlocal count
        count += len(roots)
        found = column_differences(program, roots, profile, pl.String) if columns else []
        found += [each for database in databases for each in differences(database, program, roots, profile)]
        assert not found, "\n".join(found)

    try:
        compare()
    except AssertionError as error:
        return "generated programs", count, [str(error)]
    return "generated programs", count, []


def _lawful(
    snapshots: Snapshots, question: str, columns: bool, databases: Sequence[Database], rng: Random
) -> tuple[str, int, list[str]]:
    """A question of the law on days around amendments."""
    law = snapshots.law
    composed = law.questions[question]
    layers = [str(layer["key"]) for layer in composed["layers"]]
    begins, ends = composed["begins"], composed["checked_through"]
    near = [day + dt.timedelta(days=shift) for day in snapshots.dates for shift in (-1, 0, 1) if begins < day < ends]
    days = rng.sample(near, _DAYS)
    profile = rng.choice((None, *law.profiles))
    terms = (str(composed["outcome"]), *_requirements(law, composed))
    batch = Batch(draw(snapshots, layers, terms, days, _ROWS, rng), terms, profile)
    found = batch.column_differences() if columns else []
    found += [each for database in databases for each in batch.differences(database)]
    what = f"{question}, {profile or 'no profile'}, {', '.join(str(day) for day in days)}"
    return what, len(batch.expected), found


def _requirements(law: Law, composed: object) -> Iterator[str]:
    """The truths that a question lists as requirements."""
    assert isinstance(composed, dict)
    for entry in composed.get("requirements") or ():
        term = entry if isinstance(entry, str) else str(entry["term"])
        provision = law.provisions.get(term)
        if provision is not None and provision.subject == ROOT:
            yield term


if __name__ == "__main__":
    sys.exit(main())
