"""Databases for the tests: each takes input tables as Polars frames and runs a query on them."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import polars as pl

from tidewaiter.engine.columns import Related
from tidewaiter.engine.sql import Dialect, Query, Source

__all__ = ["Database", "DuckDb", "Rows", "Sqlite", "flattened", "source_of"]

Rows = list[dict[str, Any]]


class Database(Protocol):
    """Something that runs queries."""

    dialect: Dialect

    def run(self, query: Query, frames: Mapping[str, pl.DataFrame]) -> Rows:
        """The rows of a query over tables with these names."""
        ...


def source_of(table: pl.DataFrame, relations: Mapping[str, Related], name: str = "transactions") -> Source:
    """The tables as a query's source: only the columns that they have."""
    children = {
        term: source_of(each.table, each.relations, f"{name}__{term.replace('.', '_')}")
        for term, each in relations.items()
    }
    return Source(name, frozenset(table.columns), children)


def flattened(
    table: pl.DataFrame, relations: Mapping[str, Related], name: str = "transactions"
) -> Iterator[tuple[str, pl.DataFrame]]:
    """The tables by the names that `source_of` gives them; codes as text."""
    yield name, table.with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
    for term, each in relations.items():
        yield from flattened(each.table, each.relations, f"{name}__{term.replace('.', '_')}")


class DuckDb:
    """DuckDB in memory."""

    dialect: Dialect = "duckdb"

    def __init__(self) -> None:
        import duckdb

        self.connection = duckdb.connect()

    def run(self, query: Query, frames: Mapping[str, pl.DataFrame]) -> Rows:
        """The rows of a query over tables with these names."""
        cursor = self.connection.cursor()
        for name, frame in frames.items():
            cursor.register(name, frame.to_arrow())
        for statement in query.statements:
            cursor.execute(statement)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


_SQLITE = {pl.Boolean: "INTEGER", pl.Float64: "REAL", pl.Int64: "INTEGER"}


class Sqlite:
    """SQLite in memory: truths are 0 and 1, dates are text."""

    dialect: Dialect = "sqlite"

    def run(self, query: Query, frames: Mapping[str, pl.DataFrame]) -> Rows:
        """The rows of a query over tables with these names."""
        connection = sqlite3.connect(":memory:")
        try:
            for name, frame in frames.items():
                self._load(connection, name, frame)
            for statement in query.statements:
                cursor = connection.execute(statement)
            names = [column[0] for column in cursor.description]
            kinds = {column.name: column.kind for column in query.columns}
            return [self._row(names, kinds, row) for row in cursor.fetchall()]
        finally:
            connection.close()

    @staticmethod
    def _load(connection: sqlite3.Connection, name: str, frame: pl.DataFrame) -> None:
        columns = ", ".join(f'"{c}" {_SQLITE.get(type(kind), "TEXT")}' for c, kind in frame.schema.items())
        connection.execute(f'CREATE TABLE "{name}" ({columns})')
        marks = ", ".join("?" * frame.width)
        rows = [tuple(c.isoformat() if isinstance(c, dt.date) else c for c in row) for row in frame.rows()]
        connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)

    @staticmethod
    def _row(names: Sequence[str], kinds: Mapping[str, str], row: tuple[Any, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in zip(names, row, strict=True):
            kind = kinds.get(name)
            if value is not None and kind == "boolean":
                assert value in (0, 1)
                value = bool(value)
            found[name] = dt.date.fromisoformat(value) if value is not None and kind == "date" else value
        return found
