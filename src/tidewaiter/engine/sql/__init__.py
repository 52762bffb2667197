"""The SQL back end: a program over tables of facts, as one keyed query for DuckDB, SQLite, PostgreSQL or Spark.

It gives the reference's answers, row by row. What it shares with `engine.columns`: a fact cannot be one of several
codes; recursive terms are not lowered, their columns come with the tables; each row of a child table is an instance
of its own.
"""

from tidewaiter.engine.sql.query import query
from tidewaiter.engine.sql.tables import Column, Dialect, Period, Query, Result, Source, Table

__all__ = ["Column", "Dialect", "Period", "Query", "Result", "Source", "Table", "query"]
