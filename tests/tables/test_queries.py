"""`tidewaiter sql`: what it prints runs, and gives the answer of a single check."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest
from tests.faces.running import cli

from tidewaiter.faces.asking import Asked, answer
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider
from tidewaiter.tables.queries import DATE, question_query, schema_text


def test_rows_in_a_database_have_the_answers_of_single_checks() -> None:
    days = (dt.date(2025, 1, 28), dt.date(2025, 4, 8), dt.date(2025, 4, 9), dt.date(2025, 5, 20))
    spec = decider().specification("export")
    found = question_query(
        decider(), spec, "duckdb", DEFAULT_PROFILE, since=dt.date(2025, 1, 16), until=dt.date(2025, 5, 31)
    )
    database = duckdb.connect()
    database.execute(schema_text(found))
    figures = {"stated_tpp": 2368, "stated_performance_density": 2.9, "dram_bandwidth": 4000.0, "data_center": True}
    cells = dict(figures)
    for row, day in enumerate(days):
        database.execute(
            f"INSERT INTO transactions (_row, {DATE}, destination, exporter) VALUES (?, ?, ?, ?)",
            [row, day, "CN", "nvidia"],
        )
        names = ", ".join(f'"ic.{name}"' for name in cells)
        marks = ", ".join("?" for _ in cells)
        own = next(table for table in found.tables if table.path == ("ics",))
        keys = "_row, _parent" if "_row" in {column.name for column in own.columns} else "_parent"
        held = [row] * (2 if keys.startswith("_row") else 1)
        database.execute(f"INSERT INTO ics ({keys}, {names}) VALUES ({', '.join('?' * len(held))}, {marks})",
                         [*held, *cells.values()])  # fmt: skip
    database.execute("UPDATE transactions SET ics__complete = true")
    for statement in found.statements[:-1]:
        database.execute(statement)
    result = database.execute(found.statements[-1])
    columns = [column[0] for column in result.description]
    got = {row[columns.index("_row")]: dict(zip(columns, row, strict=True)) for row in result.fetchall()}
    for row, day in enumerate(days):
        asked = Asked(
            "export", None, day, {"to": "CN", "exporter": "nvidia"}, {"ics": [figures], "parties": {"rows": []}}
        )
        alone = answer(asked)
        for finding in alone.layers:
            plain = got[row][f"outcome@{finding.layer}"]
            assert plain is None or plain == finding.outcome, (day, finding.layer)


@pytest.mark.parametrize("dialect", ["duckdb", "sqlite", "postgres", "spark"])
def test_the_command_prints_schema_and_query(dialect: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = cli(capsys, "sql", "--question", "distillation", "--dialect", dialect, "--on", "2026-01-15")
    assert done.code == 0
    assert done.out.startswith(f"-- tidewaiter: question distillation, {dialect}")
    assert "CREATE TABLE" in done.out
    assert "outcome@text" in done.out


def test_every_fault_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    days = ("--on", "2025-05-01", "--from", "2025-06-01", "--until", "2025-05-01")
    done = cli(capsys, "sql", "--dialect", "duckbd", *days, "--profile", "nonesuch")
    assert done.code == 2
    assert [line.split(": ")[1] for line in done.faults] == ["--dialect", "--on", "--profile", "--from"]
