"""Real law in a query: cases drawn at random on several days, as tables, and what the reference says of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import polars as pl
from tests.engine.columns.cases import tables
from tests.engine.generated import Facts
from tests.engine.sql.comparison import agrees
from tests.engine.sql.databases import Database, flattened, source_of

from tidewaiter.engine.columns import Related, evaluate
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.sql import Period, query
from tidewaiter.engine.values import Value, is_known
from tidewaiter.library.snapshots import Snapshots

__all__ = ["Batch", "Day", "draw", "period_of"]

_APART = 10**6
Tables = tuple[pl.DataFrame, Mapping[str, Related]]


def period_of(snapshots: Snapshots, day: dt.date, layers: Sequence[str]) -> Period:
    """The law of a day, until the next change."""
    since, until = snapshots.interval(day)
    return Period(since, until, {layer: snapshots.at(day, layer) for layer in layers})


@dataclass(frozen=True, slots=True)
class Day:
    """Cases asked about on one day."""

    day: dt.date
    period: Period
    cases: Sequence[Instance]


def draw(
    snapshots: Snapshots, layers: Sequence[str], terms: Sequence[str], days: Sequence[dt.date], count: int, rng: Random
) -> list[Day]:
    """So many cases on each day."""
    found = []
    for day in days:
        period = period_of(snapshots, day, layers)
        facts = Facts(list(period.programs.values()), terms, [d for d in snapshots.dates if abs((d - day).days) < 800])
        found.append(Day(day, period, [facts.transaction(rng) for _ in range(count)]))
    return found


class Batch:
    """Cases of several days as one set of tables, with the reference's values by layer and term."""

    def __init__(self, days: Sequence[Day], terms: Sequence[str], profile: str | None) -> None:
        self.days, self.terms, self.profile = days, terms, profile
        self.periods = list({day.period.since: day.period for day in days}.values())
        self.by_day = [_layered(day, i * _APART, profile) for i, day in enumerate(days)]
        self.table, self.relations = _stacked(self.by_day)
        self.expected = {
            (i * _APART + at, layer): {term: reference.value(term) for term in terms}
            for i, day in enumerate(days)
            for layer, program in day.period.programs.items()
            for at, case in enumerate(day.cases)
            for reference in [Reference(program, case, profile)]
        }

    def differences(self, database: Database) -> list[str]:
        """Where a database says something else than the reference."""
        source = source_of(self.table, self.relations)
        asked = query(
            self.periods, self.terms, dialect=database.dialect, source=source, date="asked_on", profile=self.profile
        )
        frames = dict(flattened(self.table, self.relations))
        rows = {row["_row"]: row for row in database.run(asked, frames)}
        found = []
        for (key, layer), values in self.expected.items():
            program = self.days[key // _APART].period.programs[layer]
            for term, value in values.items():
                if not agrees(program.definitions[term].type, value, rows[key], term, layer):
                    found.append(f"{database.dialect} row {key} {layer} {term}: reference {value}")
        return found

    def column_differences(self) -> list[str]:
        """Where the Polars back end says something else than the reference about a truth or a code."""
        found = []
        for i, day in enumerate(self.days):
            for layer, program in day.period.programs.items():
                table, relations = _of_layer(self.by_day[i], layer)
                result = evaluate(program, table, terms=self.terms, relations=relations, profile=self.profile)
                for row in result.iter_rows(named=True):
                    for term in self.terms:
                        value = self.expected[row["_row"], layer][term]
                        if row[term] != _plain(value):
                            found.append(f"columns row {row['_row']} {layer} {term}: reference {value}")
        return found


def _plain(value: Value) -> Value:
    return value if is_known(value) else None


def _layered(day: Day, shift: int, profile: str | None) -> Tables:
    """The tables of a day's cases; recursive terms once for each layer on which they are decided anew."""
    first, *others = day.period.programs.items()
    held: Tables = tables(first[1], day.cases, profile=profile)
    for layer, program in others:
        recursive = frozenset(term for term, each in program.definitions.items() if each.recursive)
        held = _beside(held, tables(program, day.cases, profile=profile), layer, recursive)
    table, relations = _shifted(held, shift)
    return table.with_columns(pl.lit(day.day).alias("asked_on")), relations


def _beside(tables: Tables, others: Tables, layer: str, recursive: frozenset[str]) -> Tables:
    """The tables with those columns of another layer's beside them that could differ."""
    table, relations = tables
    other, other_relations = others
    columns = [other[name].alias(f"{name}@{layer}") for name in other.columns if name in recursive]
    below = {
        term: Related(*_beside((each.table, each.relations), (o.table, o.relations), layer, recursive))
        for term, each in relations.items()
        for o in [other_relations[term]]
    }
    return table.with_columns(columns), below


def _shifted(tables: Tables, shift: int) -> Tables:
    table, relations = tables
    keys = [pl.col(name) + shift for name in ("_row", "_parent") if name in table.columns]
    below = {term: Related(*_shifted((each.table, each.relations), shift)) for term, each in relations.items()}
    return table.with_columns(keys), below


def _stacked(every: Sequence[Tables]) -> Tables:
    """The rows of several tables; a column that one lacks is unknown there."""
    table = pl.concat([table for table, _ in every], how="diagonal")
    terms = dict.fromkeys(term for _, relations in every for term in relations)
    below = {}
    for term in terms:
        held = [relations[term] for _, relations in every if term in relations]
        below[term] = Related(*_stacked([(each.table, each.relations) for each in held]))
    return table, below


def _of_layer(tables: Tables, layer: str) -> Tables:
    """The tables as one layer takes them."""
    table, relations = tables
    own = [name for name in table.columns if name.endswith(f"@{layer}")]
    table = table.with_columns(table[name].alias(name.partition("@")[0]) for name in own)
    table = table.select(name for name in table.columns if "@" not in name)
    return table, {term: Related(*_of_layer((each.table, each.relations), layer)) for term, each in relations.items()}
