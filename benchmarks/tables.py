"""Rows a second of whole questions in tables, and how the cost grows.

    python -m benchmarks.tables [--quick] [--rows 1e4 1e5 1e6] [--json]

- The whole export question, dates spread over 2022-2026, outcome of every layer, deciding provisions as bit masks,
  missing facts, confidence. *Repetitive* rows are what trade looks like: twenty chips, sixty places, any quantity.
  *Distinct* rows have chips of their own figures, so that hardly two are alike. *First* answers rows never seen
  before; *again* answers the same number of new rows once the situations are known.
- The cost by versions: the same rows dated within 1, 6 and all periods of the law.
- The cost by provisions: generated rules (50 to 1,000) in the batch back end.
- A call of the batch back end: the export outcome of one layer on two rows, which is what a call costs in any case.
- The toy rule by DuckDB and, where it is installed, zen-engine, beside the batch back end (more peers: toy_rule.py).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import numpy as np
import polars as pl

from benchmarks import toy_rule
from tidewaiter.engine.columns import evaluate
from tidewaiter.engine.parser import parse_expression
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.syntax import Place
from tidewaiter.engine.types import BOOLEAN
from tidewaiter.engine.vocabulary import ROOT
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider
from tidewaiter.faces.tables import setting
from tidewaiter.tables.mapping import Wishes, lay_out
from tidewaiter.tables.sheet import FAULT, Sheet

__all__ = ["main", "measures", "shipments"]

CHIPS = ("H20", "H100", "A100", "RTX 4090", "H800", "A800", "L40S", "MI300X", "B200", "L4", "A10", "T4", "H200",
         "MI308X", "A30", "RTX 4080", "L20", "MI250X", "Gaudi 2", "V100")  # fmt: skip
FIRST_DAY, DAYS = dt.date(2022, 1, 1), 1785
PLACES_USED = 60
CHUNK = 1_000_000
Row = dict[str, Any]


# rows ---------------------------------------------------------------------------------------------


def shipments(rows: int, *, distinct: bool, days: int = DAYS, seed: int = 1) -> pl.DataFrame:
    """A year's trade, made up: a tenth of the headquarters and a fifth of the exporters are missing."""
    dice = np.random.default_rng(seed)
    kind = decider().law.vocabulary.facts["destination"].type
    places = list(decider().law.vocabulary.domains[kind.domain].codes)[:PLACES_USED]
    frame = pl.DataFrame(
        {
            "key": pl.int_range(rows, eager=True),
            "on": pl.Series(np.datetime64(FIRST_DAY) + dice.integers(0, days, rows)).cast(pl.Date),
            "to": _drawn(dice, [*places, "CN", "HK", "SG", "DE", "US", "AE"], rows, 0),
            "end_user_hq": _drawn(dice, [*places, "CN", "HK", "SG", "DE", "US", "AE"], rows, 0.1),
            "exporter": _drawn(dice, ["nvidia", "amd", "other"], rows, 0.2),
            "quantity": pl.Series(dice.integers(1, 2000, rows)),
        }
    )
    if not distinct:
        return frame.with_columns(_drawn(dice, list(CHIPS), rows, 0).alias("item"))
    figures = {"tpp": dice.uniform(100, 8000, rows), "density": dice.uniform(0.1, 8, rows)}
    return frame.with_columns(**{name: pl.Series(column) for name, column in figures.items()})


def _drawn(dice: np.random.Generator, values: list[str], rows: int, missing: float) -> pl.Series:
    weights = 1 / np.arange(1, len(values) + 1)
    drawn = pl.Series(values).gather(dice.choice(len(values), rows, p=weights / weights.sum()))
    held = pl.Series(dice.random(rows) >= missing)
    return pl.DataFrame({"v": drawn, "h": held}).select(pl.when("h").then("v").alias("v"))["v"]


# whole questions ----------------------------------------------------------------------------------


def _sheet(frame: pl.DataFrame) -> Sheet:
    own = setting()
    layout, faults = lay_out(frame.columns, Wishes(), own.decider.specification("export"), own)
    assert not faults
    return Sheet(layout, "export", own, DEFAULT_PROFILE)


def _answered(sheet: Sheet, frame: pl.DataFrame) -> float:
    start = time.perf_counter()
    for part in frame.iter_slices(CHUNK):
        assert sheet.answer(part)[FAULT].null_count() == part.height
    return time.perf_counter() - start


def _whole(name: str, rows: int, *, distinct: bool, days: int = DAYS) -> list[Row]:
    first, second = (shipments(rows, distinct=distinct, days=days, seed=seed) for seed in (1, 2))
    sheet = _sheet(first)
    found = [(f"{name}, first", _answered(sheet, first)), (f"{name}, again", _answered(sheet, second))]
    return [_row(each, rows, rows / seconds, "rows/s") for each, seconds in found]


# provisions ---------------------------------------------------------------------------------------


def generated(provisions: int) -> Program:
    """The toy rule's facts with many rules over them, each on thresholds of its own, one outcome over all."""
    toy = toy_rule.toy_program()
    place = Place("generated")
    texts = {
        f"rule_{i}": f"(tpp >= {100 + 7 * i} and density >= {0.5 + i / 200}) or destination in destinations"
        if i % 3
        else f"not data_center and (rule_{i - 1} or tpp < {50 * i})"
        if i
        else "tpp >= 4800"
        for i in range(provisions)
    }
    texts["outcome"] = " or ".join(f"rule_{i}" for i in range(provisions))
    vocabulary = toy.vocabulary
    object.__setattr__(vocabulary, "decided", dict.fromkeys(texts, BOOLEAN))
    definitions = {
        term: Definition(term, ROOT, BOOLEAN, parse_expression(text, vocabulary, ROOT, place))
        for term, text in texts.items()
    }
    return Program(vocabulary, definitions, toy.groups, toy.tables, toy.as_of)


def _by_provisions(rows: int, counts: Sequence[int]) -> list[Row]:
    table = toy_rule.toy_table(*toy_rule.toy_data(rows))
    found = []
    for count in counts:
        program = generated(count)
        seconds = min(_timed(lambda program=program: evaluate(program, table, terms=("outcome",))) for _ in range(2))  # type: ignore[misc]
        found.append(_row(f"{count} generated provisions, columns", rows, seconds / rows * 1e9, "ns/row"))
    return found


def _call() -> Row:
    """A call of the batch back end on two rows: before the first, how many rows could be judged one by one."""
    own = decider()
    program = own.snapshots.at(FIRST_DAY + dt.timedelta(days=DAYS - 1))
    table = pl.DataFrame({"destination": ["CN", "DE"]})
    terms = (own.specification("export").outcome,)
    seconds = min(_timed(lambda: evaluate(program, table, terms=terms, profile=DEFAULT_PROFILE)) for _ in range(3))
    return _row("export outcome of one layer, columns, a call", table.height, seconds * 1e3, "ms/call")


# the toy rule's further peers ---------------------------------------------------------------------


def _toy(rows: int) -> list[Row]:
    values, missing = toy_rule.toy_data(rows)
    table = toy_rule.toy_table(values, missing)
    program = toy_rule.toy_program()
    own = min(_timed(lambda: evaluate(program, table, terms=toy_rule.OUTPUTS)) for _ in range(3))
    found = [_row("toy rule, columns", rows, own / rows * 1e9, "ns/row")]
    for name, contender in (("DuckDB", _duckdb), ("zen-engine", _zen)):
        work = contender(table)
        if work is None:
            print(f"{name} is not installed: skipped", file=sys.stderr)
            continue
        count, run = work
        seconds = min(_timed(run) for _ in range(3))
        found.append(_row(f"toy rule, {name}", count, seconds / count * 1e9, "ns/row"))
    return found


def _duckdb(table: pl.DataFrame) -> tuple[int, Callable[[], object]] | None:
    try:
        duckdb = import_module("duckdb")
    except ImportError:
        return None
    connection = duckdb.connect()
    connection.register("arrow_table", table.with_columns(pl.col(pl.Enum).cast(pl.String)).to_arrow())
    connection.execute("CREATE TABLE chips AS SELECT * FROM arrow_table")
    places = ", ".join(f"'{code}'" for code in sorted(toy_rule.DESTINATIONS))
    seats = ", ".join(f"'{code}'" for code in sorted(toy_rule.HEADQUARTERS))
    rules = {
        "upper": "(tpp >= 4800 OR (tpp >= 1600 AND density >= 5.92))",
        "lower": "((tpp >= 2400 AND tpp < 4800 AND density >= 1.6 AND density < 5.92)"
        " OR (tpp >= 1600 AND density >= 3.2 AND density < 5.92))",
        "excluded": "(NOT data_center AND tpp < 4800)",
    }
    listed = f"(({rules['upper']} OR {rules['lower']}) AND NOT {rules['excluded']})"
    text = (
        f"CREATE OR REPLACE TABLE answers AS SELECT {listed} AS listed, "
        f"{listed} AND (destination IN ({places}) OR headquarters IN ({seats})) AS license FROM chips"
    )
    return table.height, lambda: connection.execute(text)


def _zen(table: pl.DataFrame) -> tuple[int, Callable[[], object]] | None:
    """Row by row, as this engine works; of the first rows only."""
    try:
        zen = import_module("zen")
    except ImportError:
        return None
    upper = "(tpp >= 4800 or (tpp >= 1600 and density >= 5.92))"
    lower = (
        "((tpp >= 2400 and tpp < 4800 and density >= 1.6 and density < 5.92)"
        " or (tpp >= 1600 and density >= 3.2 and density < 5.92))"
    )
    rule = zen.compile_expression(f"({upper} or {lower}) and not (not data_center and tpp < 4800)")
    rows = table.head(10_000).fill_null(strategy="zero").with_columns(pl.col(pl.Enum).cast(pl.String)).to_dicts()
    return len(rows), lambda: [rule.evaluate(row) for row in rows]


# measuring ----------------------------------------------------------------------------------------


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _row(name: str, rows: int, value: float, unit: str) -> Row:
    return {"name": name, "rows": rows, "value": value, "unit": unit}


def measures(sizes: Sequence[int], *, quick: bool) -> list[Row]:
    """Every measure, at these numbers of rows."""
    found: list[Row] = []
    for rows in sizes:
        found += _whole("export, repetitive rows", rows, distinct=False)
    few = 2_000 if quick else 10_000
    found += _whole("export, distinct rows", few, distinct=True)
    for days in (1, 200, DAYS):
        found += _whole(f"export, repetitive rows of {days} days", sizes[0], distinct=False, days=days)
    return [*found, *_by_provisions(100_000, (50, 200) if quick else (50, 200, 1000)), _call(), *_toy(1_000_000)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=float, nargs="+", default=[])
    parser.add_argument("--quick", action="store_true", help="fewer rows")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    sizes = [int(rows) for rows in options.rows] or (
        [10_000] if options.quick else [10_000, 100_000, 1_000_000, 10_000_000]
    )
    found = measures(sizes, quick=options.quick)
    if options.json:
        print(json.dumps({"benchmark": "tables", "measures": found}))
        return 0
    for each in found:
        print(f"{each['name']:<48}{each['rows']:>12,} rows{each['value']:>16,.1f} {each['unit']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
