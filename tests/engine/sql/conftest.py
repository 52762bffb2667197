"""The databases that queries run on, one of each for all tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from tests.engine.sql.databases import Database, DuckDb, Postgres, Spark, Sqlite


@pytest.fixture(scope="session")
def postgres() -> Iterator[Database]:
    """A private PostgreSQL server; the test is skipped where none can be started."""
    pytest.importorskip("psycopg")
    try:
        server = Postgres()
    except OSError as error:
        pytest.skip(f"no PostgreSQL server can be started: {error}")
    yield server
    server.close()


@pytest.fixture(params=["duckdb", "sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """Each database that answers at once."""
    if request.param == "postgres":
        found: Database = request.getfixturevalue("postgres")
        return found
    if request.param == "duckdb":
        pytest.importorskip("duckdb")
    return DuckDb() if request.param == "duckdb" else Sqlite()


@pytest.fixture(scope="session")
def spark() -> Iterator[Database]:
    """Spark on two threads; the test is skipped where it is not installed."""
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    session = Spark()
    yield session
    session.close()
