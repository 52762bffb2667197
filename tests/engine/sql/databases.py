"""Databases for the tests: each takes input tables as Polars frames and runs a query on them."""

from __future__ import annotations

import atexit
import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from tidewaiter.engine.columns import Related
from tidewaiter.engine.sql import Dialect, Query, Source

__all__ = ["Database", "DuckDb", "Postgres", "Rows", "Spark", "Sqlite", "flattened", "source_of"]

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
        term: source_of(each.table, each.relations, f"{name}_{i}") for i, (term, each) in enumerate(relations.items())
    }
    return Source(name, frozenset(table.columns), children)


def flattened(
    table: pl.DataFrame, relations: Mapping[str, Related], name: str = "transactions"
) -> Iterator[tuple[str, pl.DataFrame]]:
    """The tables by the names that `source_of` gives them; codes as text."""
    yield name, table.with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
    for i, each in enumerate(relations.values()):
        yield from flattened(each.table, each.relations, f"{name}_{i}")


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


# PostgreSQL ---------------------------------------------------------------------------------------


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl; None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    where = shutil.which("initdb")
    return found[-1].parent if found else (Path(where).parent if where else None)


def _as_owner(command: Sequence[str]) -> list[str]:
    """The command, as another user where this one is root: PostgreSQL refuses to run as root."""
    if os.geteuid() or shutil.which("runuser") is None:
        return list(command)
    return ["runuser", "-u", "postgres", "--", *command]


class Postgres:
    """A private PostgreSQL server on a Unix socket, in a folder of its own, gone with `close`."""

    dialect: Dialect = "postgres"

    def __init__(self) -> None:
        import psycopg

        self.home = Path(tempfile.mkdtemp(prefix="twpg"))
        self.programs = _programs()
        if self.programs is None:
            raise OSError("PostgreSQL is not installed")
        if not os.geteuid():
            shutil.chown(self.home, "postgres")
        data = str(self.home / "data")
        self._call("initdb", "-D", data, "-A", "trust", "-U", "tester", "--no-sync", "-E", "UTF8", "--locale=C")
        options = f"-k {self.home} -c listen_addresses='' -c fsync=off -c jit=off"
        self._call("pg_ctl", "-D", data, "-w", "-l", str(self.home / "log"), "-o", options, "start")
        atexit.register(self.close)
        self.connection = psycopg.connect(host=str(self.home), user="tester", dbname="postgres", autocommit=True)

    def _call(self, program: str, *arguments: str) -> None:
        assert self.programs is not None
        command = _as_owner([str(self.programs / program), *arguments])
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", timeout=60, check=False)
        if done.returncode:
            raise OSError(f"{program} failed: {done.stdout}{done.stderr}")

    def close(self) -> None:
        """Stop the server and remove its folder."""
        atexit.unregister(self.close)
        self.connection.close()
        self._call("pg_ctl", "-D", str(self.home / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.home, ignore_errors=True)

    def run(self, query: Query, frames: Mapping[str, pl.DataFrame]) -> Rows:
        """The rows of a query over tables with these names."""
        with self.connection.cursor() as cursor:
            for name, frame in frames.items():
                self._load(cursor, name, frame)
            for statement in query.statements:
                cursor.execute(statement.encode())
            names = [column.name for column in cursor.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            for name in frames:
                cursor.execute(f'DROP TABLE "{name}"'.encode())
        return rows

    @staticmethod
    def _load(cursor: Any, name: str, frame: pl.DataFrame) -> None:
        columns = ", ".join(f'"{c}" {_POSTGRES.get(type(kind), "TEXT")}' for c, kind in frame.schema.items())
        cursor.execute(f'CREATE TEMPORARY TABLE "{name}" ({columns})'.encode())
        with cursor.copy(f'COPY "{name}" FROM STDIN'.encode()) as copy:
            for row in frame.rows():
                copy.write_row(row)


_POSTGRES = {pl.Boolean: "BOOLEAN", pl.Float64: "DOUBLE PRECISION", pl.Int64: "BIGINT", pl.Date: "DATE"}


# Spark --------------------------------------------------------------------------------------------


class Spark:
    """Spark on two threads of this machine."""

    dialect: Dialect = "spark"

    def __init__(self) -> None:
        from pyspark.sql import SparkSession

        settings = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": "1",
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.adaptive.enabled": "false",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.sql.session.timeZone": "UTC",
        }
        builder = SparkSession.builder.master("local[2]").appName("tidewaiter tests")
        for key, value in settings.items():
            builder = builder.config(key, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")
        self.home = Path(tempfile.mkdtemp(prefix="twspark"))

    def close(self) -> None:
        """Stop Spark."""
        self.session.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def run(self, query: Query, frames: Mapping[str, pl.DataFrame]) -> Rows:
        """The rows of a query over tables with these names."""
        for name, frame in frames.items():
            path = self.home / f"{name}.parquet"
            frame.write_parquet(path)
            self.session.read.parquet(str(path)).createOrReplaceTempView(name)
        for statement in query.statements:
            result = self.session.sql(statement)
        rows = [row.asDict() for row in result.collect()]
        for statement in query.cleanup:
            self.session.sql(statement)
        return rows
