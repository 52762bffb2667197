"""What a query reads and what it gives: input tables, result columns.

The root table has a row a transaction, keyed by `_row`; facts stand in columns named by term (`destination`, `ic.tpp`).
`<term>__low` and `<term>__high` give an interval where the number or date itself is NULL; `<relation>__complete` says
whether the rows of a relation are all. A child table leads to its parent's `_row` by `_parent`; its own `_row` is
unique in the table. These are the columns of `engine.columns`, in a database. A recursive term is a column as well;
where it means something else on a later layer, that layer's is named after it: `party.held@enforced`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tidewaiter.engine.program import Program

__all__ = ["Column", "Dialect", "Period", "Query", "Result", "Source", "Table"]

Dialect = Literal["duckdb", "sqlite", "postgres", "spark"]


@dataclass(frozen=True, slots=True)
class Period:
    """The law from the day `since` until the day before `until` (None: no end): a program for each layer.

    Programs of one layer only: name it "" to get result columns without its name.
    """

    since: dt.date | None
    until: dt.date | None
    programs: Mapping[str, Program]


@dataclass(frozen=True, slots=True)
class Source:
    """An input table that exists: its name, the columns it has, and the child tables of its relations.

    `name` may be qualified (`warehouse.shipments`). `columns` None: every column that the query would read;
    a fact whose column is absent is unknown. `relations` None: a child table for every relation that is asked, named
    by the path that leads to it (`ics`, `ics__peaks`); a relation without a table has no rows. `intervals`: whether
    "every column" includes the ends `__low` and `__high` of numbers and dates.
    """

    name: str
    columns: frozenset[str] | None = None
    relations: Mapping[str, Source] | None = None
    intervals: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an input table: its name and its type, as the dialect writes it."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Table:
    """An input table as the query reads it: key columns first. `path`: the relations that lead to it from the root."""

    name: str
    path: tuple[str, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A column of the result: a term on a layer. `part`: "" its certain value, "low" or "high" the ends of a number."""

    name: str
    term: str
    layer: str
    part: Literal["", "low", "high"]
    kind: str


@dataclass(frozen=True, slots=True)
class Query:
    """Statements to run in order, the last of which gives the rows; `cleanup` is to be run after they were read."""

    dialect: Dialect
    statements: tuple[str, ...]
    cleanup: tuple[str, ...]
    columns: tuple[Result, ...]
    tables: tuple[Table, ...]

    @property
    def text(self) -> str:
        """The statements as one script."""
        return "".join(f"{statement};\n" for statement in self.statements)
