"""A question as SQL: the law of each period on every layer, and the tables that the query expects."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence

from tidewaiter.determine.deciding import Decider
from tidewaiter.determine.specification import Specification
from tidewaiter.engine.sql import Dialect, Period, Query, query

__all__ = ["DATE", "DIALECTS", "question_query", "schema_text"]

DIALECTS: tuple[Dialect, ...] = ("duckdb", "sqlite", "postgres", "spark")
DATE = "on_date"
"""The column of the root table with the date that each row is about."""


def question_query(
    decider: Decider,
    spec: Specification,
    dialect: Dialect,
    profile: str | None,
    *,
    on: dt.date | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    terms: Sequence[str] = (),
) -> Query:
    """The outcome of a question on every layer (and further `terms`), for one day or for rows dated between two days.

    `until` is the last day. Raises InputFaults with what the dialect cannot express.
    """
    wanted = (spec.outcome, *(term for term in terms if term != spec.outcome))
    if on is not None:
        return query([_period(decider, spec, on, None, None)], wanted, dialect=dialect, profile=profile)
    periods = list(_periods(decider, spec, since or spec.begins, until or spec.checked_through))
    return query(periods, wanted, dialect=dialect, date=DATE, profile=profile)


def _periods(decider: Decider, spec: Specification, since: dt.date, until: dt.date) -> Iterator[Period]:
    """The states of the law between two days, both included."""
    after = until + dt.timedelta(days=1)
    cuts = [since, *(day for day in decider.snapshots.dates if since < day <= until), after]
    for first, last in itertools.pairwise(cuts):
        yield _period(decider, spec, first, first, last)


def _period(
    decider: Decider, spec: Specification, day: dt.date, since: dt.date | None, until: dt.date | None
) -> Period:
    return Period(since, until, {layer: decider.snapshots.at(day, layer) for layer, _ in spec.layers})


def schema_text(found: Query) -> str:
    """The tables that a query reads, as statements that make them."""
    parts = []
    for table in found.tables:
        columns = ",\n".join(f'  "{column.name}" {column.type}' for column in table.columns)
        mark = "`" if found.dialect == "spark" else '"'
        parts.append(f"CREATE TABLE {mark}{table.name}{mark} (\n{columns.replace(chr(34), mark)}\n);\n")
    return "".join(parts)
