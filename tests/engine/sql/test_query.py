"""What a query looks like and answers, on tables small enough to check by eye."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import polars as pl
import pytest
from tests.engine.columns.rules import COLOR, HELD, ITEMS, NUMBER, PARTIES, at_least, program, ref
from tests.engine.sql.databases import Database, Rows
from tests.engine.strategies import PROFILE

from tidewaiter.base.errors import InputFaults
from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Program
from tidewaiter.engine.sql import Dialect, Period, Query, Source, query
from tidewaiter.engine.types import BOOLEAN

FLAGGED = program(some=n.Any(ITEMS, ref("item.flag")))
ROOT = pl.DataFrame({"_row": [1, 2, 3], "items__complete": [True, True, False]})
FLAGS = pl.DataFrame({"_parent": [1, 1, 3], "item.flag": [False, None, False]})
SOURCE = Source(
    "transactions",
    frozenset(ROOT.columns),
    {"items": Source("items", frozenset(FLAGS.columns))},
)


def asked(
    rules: Program, terms: Sequence[str], dialect: Dialect = "duckdb", source: Source = SOURCE, **more: str | bool
) -> Query:
    return query([Period(None, None, {"": rules})], terms, dialect=dialect, source=source, **more)  # type: ignore[arg-type]


def by_row(rows: Rows, name: str) -> list[object]:
    return [row[name] for row in sorted(rows, key=lambda row: int(row["_row"]))]


def test_any_over_rows_that_are_unknown_or_incomplete(database: Database) -> None:
    rows = database.run(asked(FLAGGED, ["some"], database.dialect), {"transactions": ROOT, "items": FLAGS})
    assert by_row(rows, "some") == [None, False, None]


def test_a_golden_query() -> None:
    text = asked(FLAGGED, ["some"]).text
    assert text == (
        'WITH "tw_rows" AS MATERIALIZED (SELECT "t"."_row" AS "_k0", "t"."items__complete" AS "items__complete"'
        ' FROM transactions AS t), "tw_items" AS MATERIALIZED (SELECT "p"."_k0", "t"."item.flag" AS "item.flag"'
        ' FROM items AS t JOIN "tw_rows" AS p ON "t"."_parent" = "p"."_k0")'
        ' SELECT "_k0" AS "_row", CASE WHEN "_1" = 2 THEN TRUE WHEN COALESCE("items__complete", FALSE)'
        ' AND COALESCE("_1", 0.0E0) = 0 THEN FALSE END AS "some" FROM (SELECT "p"."_k0", "p"."items__complete",'
        ' "a0"."_1" FROM "tw_rows" AS p LEFT JOIN (SELECT "_k0", MAX(COALESCE(CAST("item.flag" AS INT) * 2, 1)) AS "_1"'
        ' FROM "tw_items" GROUP BY "_k0") AS a0 ON "a0"."_k0" = "p"."_k0") AS "tw_rows_1";\n'
    )


def test_each_row_is_decided_under_the_period_of_its_date(database: Database) -> None:
    early, late = program(big=at_least("amount", 5.0)), program(big=at_least("amount", 7.0))
    year = dt.date(2024, 1, 1)
    periods = [
        Period(None, year, {"text": early, "enforced": early}),
        Period(year, dt.date(2025, 1, 1), {"text": late, "enforced": early}),
    ]
    days = [year - dt.timedelta(days=1), year, dt.date(2024, 12, 31), dt.date(2025, 1, 1), None]
    table = pl.DataFrame({"_row": range(5), "asked on": days, "amount": [6.0] * 5})
    source = Source("transactions", frozenset(table.columns), {})
    found = query(periods, ["big"], dialect=database.dialect, source=source, date="asked on")
    rows = database.run(found, {"transactions": table})
    assert by_row(rows, "_row") == [0, 1, 2]
    assert by_row(rows, "big@text") == [True, False, False]
    assert by_row(rows, "big@enforced") == [True, True, True]


def test_many_periods_fill_a_table(database: Database) -> None:
    starts = [dt.date(2020 + i, 1, 1) for i in range(6)]
    periods = [
        Period(since, until, {"": program(big=at_least("amount", float(i)))})
        for i, (since, until) in enumerate(zip(starts, [*starts[1:], None], strict=True))
    ]
    table = pl.DataFrame({"_row": range(6), "day on": starts, "amount": [3.0] * 6})
    source = Source("transactions", frozenset(table.columns), {})
    found = query(periods, ["big"], dialect=database.dialect, source=source, date="day on")
    assert len(found.statements) == 7
    assert by_row(database.run(found, {"transactions": table}), "big") == [True, True, True, True, False, False]


def test_periods_that_mean_the_same_are_one() -> None:
    starts = [dt.date(2020 + i, 1, 1) for i in range(6)]
    rules = program(big=at_least("amount", 3.0))
    periods = [Period(a, b, {"": rules}) for a, b in zip(starts, [*starts[1:], None], strict=True)]
    found = query(periods, ["big"], dialect="sqlite", date="on")
    assert len(found.statements) == 1
    assert "2020-01-01" in found.text
    assert "2021" not in found.text


def test_the_date_asked_about_is_the_rows_own(database: Database) -> None:
    rules = program(early=n.Compare("<", n.AsOf(), ref("due")), year=n.Year(n.AddMonths(n.AsOf(), 2)))
    days = [dt.date(2024, 1, 31), dt.date(2024, 11, 30)]
    table = pl.DataFrame({"_row": [0, 1], "day on": days, "due": [dt.date(2024, 6, 1)] * 2})
    source = Source("transactions", frozenset(table.columns), {})
    found = asked(rules, ["early", "year"], database.dialect, source, date="day on")
    rows = database.run(found, {"transactions": table})
    assert by_row(rows, "early") == [True, False]
    assert by_row(rows, "year") == [2024, 2025]


@pytest.mark.parametrize("months", [-13, -1, 1, 13, 100_000])
def test_months_at_the_ends_of_months_and_of_the_calendar(database: Database, months: int) -> None:
    days = [dt.date(2024, 1, 31), dt.date(2023, 12, 30), dt.date(9999, 12, 31), dt.date(1, 1, 1)]
    later = n.AddMonths(ref("due"), months)
    rules = program(later=later, after=n.Compare(">", later, ref("due")))
    table = pl.DataFrame({"_row": range(4), "due": days})
    found = asked(rules, ["later", "after"], database.dialect, Source("transactions", frozenset(table.columns), {}))
    rows = database.run(found, {"transactions": table})
    assert by_row(rows, "after") == [months > 0] * 4
    assert by_row(rows, "later") == [_moved(day, months) for day in days]


def _moved(day: dt.date, months: int) -> dt.date | None:
    index = day.year * 12 + day.month - 1 + months
    if not 12 <= index < 120_000:
        return None
    first, following = _first(index), _first(index + 1) if index < 119_999 else dt.date.max
    return min(first.replace(day=1) + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=index < 119_999))


def _first(index: int) -> dt.date:
    return dt.date(index // 12, index % 12 + 1, 1)


def test_assumptions_are_reported_for_their_transaction(database: Database) -> None:
    table = pl.DataFrame({"_row": [0, 1, 2], "items__complete": [True, None, None]})
    flags = pl.DataFrame({"_parent": [0, 0, 1], "item.flag": [None, False, False]})
    found = asked(FLAGGED, ["some"], database.dialect, profile=PROFILE, assumptions=True)
    rows = database.run(found, {"transactions": table, "items": flags})
    assert by_row(rows, "some") == [True, False, None]
    assert by_row(rows, "item.flag__assumed") == [True, False, False]
    assert by_row(rows, "items__assumed") == [False, True, False]


def test_the_input_tables_are_told() -> None:
    shade = n.Ite(n.Any(ITEMS, at_least("item.amount", 3.0)), ref("color"), n.Const("red", COLOR), COLOR)
    found = query([Period(None, None, {"": program(shade=shade)})], ["shade"], dialect="postgres", date="on")
    told = {table.name: {column.name: column.type for column in table.columns} for table in found.tables}
    assert told == {
        "transactions": {"_row": "BIGINT", "on": "DATE", "color": "TEXT", "items__complete": "BOOLEAN"},
        "items": {"_parent": "BIGINT", "item.amount": "DOUBLE PRECISION"},
    }


def test_a_recursive_term_that_differs_between_layers_has_a_column_for_each() -> None:
    held = n.Any(PARTIES, n.Ref("party.held", 0, BOOLEAN))
    text = program("party.held", party_held=HELD, some=held)
    changed = replace(text.definitions["party.held"], node=n.And((ref("party.flag"), HELD)))
    enforced = replace(text, definitions={**text.definitions, "party.held": changed})
    found = query([Period(None, None, {"text": text, "enforced": enforced})], ["some"], dialect="spark")
    parties = next(table for table in found.tables if table.path == ("parties",))
    assert [column.name for column in parties.columns] == ["_parent", "party.held", "party.held@enforced"]


def test_every_fault_of_a_request_at_once() -> None:
    rules = program("party.held", party_held=HELD, some=n.Any(PARTIES, n.Ref("party.held", 0, BOOLEAN)))
    day = dt.date(2024, 1, 1)
    periods = [Period(None, None, {"": rules}), Period(day, None, {"": rules})]
    source = Source("t", frozenset(("item.flag", "extra")), {"item.pieces": Source("p")})
    with pytest.raises(InputFaults) as caught:
        query(periods, ["some", "nothing", "party.held"], dialect="postgres", source=source)
    assert [fault.where for fault in caught.value.faults] == [
        "date",
        "periods",
        "nothing",
        "party.held",
        "item.flag",
        "item.pieces",
    ]


def test_names_that_a_dialect_would_cut_off_and_missing_recursive_columns() -> None:
    rules = program("party.held", party_held=HELD, some=n.Any(PARTIES, n.Ref("party.held", 0, BOOLEAN)))
    source = Source("t" * 70, None, {"parties": Source("parties", frozenset())})
    with pytest.raises(InputFaults) as caught:
        asked(rules, ["some"], "postgres", source)
    assert [fault.where for fault in caught.value.faults] == ["parties: party.held", "t" * 70]
    with pytest.raises(InputFaults, match="oracle"):
        asked(rules, ["some"], "oracle")  # type: ignore[arg-type]


@pytest.mark.parametrize("divisor", [(0.0, None), (-2.0, 3.0), (0.0, 0.0), (2.0, 4.0)])
def test_no_division_by_zero_and_no_infinity(database: Database, divisor: tuple[float, float | None]) -> None:
    ratio = n.Arith("/", ref("amount"), ref("balance"), NUMBER)
    rules = program(ratio=ratio, back=n.Arith("-", ratio, ratio, NUMBER))
    low, high = divisor
    table = pl.DataFrame(
        {"_row": [0], "amount": [6.0], "balance__low": [low], "balance__high": [high]},
        schema_overrides={"balance__high": pl.Float64},
    )
    found = asked(rules, ["ratio", "back"], database.dialect, Source("transactions", frozenset(table.columns), {}))
    (row,) = database.run(found, {"transactions": table})
    expected = {(0.0, None): (0.6, None), (2.0, 4.0): (1.5, 3.0)}.get(divisor, (None, None))
    assert (row["ratio__low"], row["ratio__high"]) == expected
    assert row["back"] is None
