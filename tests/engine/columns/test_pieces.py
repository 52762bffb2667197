"""Arithmetic, comparisons and folds as columns give the ends that the engine gives one value at a time."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.columns.rules import COLOR, NUMBER, program, ref
from tests.engine.strategies import PROFILE

from tidewaiter.engine import arithmetic, folds
from tidewaiter.engine import nodes as n
from tidewaiter.engine.columns import PARENT, ROW, Related, evaluate, numbers
from tidewaiter.engine.columns.folds import fold
from tidewaiter.engine.columns.intervals import arith
from tidewaiter.engine.columns.numbers import ANY, Bounds, Number, nullable
from tidewaiter.engine.values import Interval, bounds

ENDS = (-math.inf, -2.0, -0.5, 0.0, 0.25, 3.0, math.inf)
INTERVALS = [(low, high) for low, high in product(ENDS, ENDS) if low <= high]
POINTS = [end for end in ENDS if math.isfinite(end)]
PAIRS = list(product(INTERVALS, INTERVALS))


def hull(held: list[Bounds]) -> Bounds:
    return min(low for low, _ in held), max(high for _, high in held)


def paired(side: str, held: list[Bounds]) -> Number:
    return Number((pl.col(f"{side}_low"), pl.col(f"{side}_high")), None, hull(held))


def table(pairs: list[tuple[Bounds, Bounds]]) -> pl.DataFrame:
    names = ("a_low", "a_high", "b_low", "b_high")
    return pl.DataFrame([(*a, *b) for a, b in pairs], schema=dict.fromkeys(names, pl.Float64), orient="row")


@pytest.mark.parametrize("op", ["+", "-", "*", "/"])
@pytest.mark.parametrize("lowest", [-math.inf, 0.0])
def test_arithmetic_with_intervals(op: str, lowest: float) -> None:
    pairs = [(a, b) for a, b in PAIRS if a[0] >= lowest and b[0] >= lowest]
    found = arith(op, paired("a", [a for a, _ in pairs]), paired("b", [b for _, b in pairs]))
    rows = table(pairs).select(found.low.alias("low"), found.high.alias("high")).rows()
    for (a, b), row in zip(pairs, rows, strict=True):
        assert row == bounds(arithmetic.arith(op, Interval(*a), Interval(*b))), f"{a} {op} {b}"


@pytest.mark.parametrize("op", ["+", "-", "*", "/"])
@pytest.mark.parametrize("gap", [ANY, (0.0, 5.0), (-1.0, math.inf)])
@pytest.mark.parametrize("span", [(-2.0, 3.0), ANY])
def test_arithmetic_with_points_and_what_nulls_stand_for(op: str, gap: Bounds, span: Bounds) -> None:
    held = [*POINTS, None]
    data = pl.DataFrame(list(product(held, held)), schema={"a": pl.Float64, "b": pl.Float64}, orient="row")
    left, right = nullable(pl.col("a"), gap, span), nullable(pl.col("b"), ANY, span)
    for first, second, sides in ((left, right, (gap, ANY)), (right, left, (ANY, gap))):
        found = arith(op, first, second)
        columns = ("a", "b") if first is left else ("b", "a")
        rows = data.select(*columns, found.low.alias("low"), found.high.alias("high")).rows()
        for a, b, low, high in rows:
            ends = [Interval(*side) if end is None else end for end, side in zip((a, b), sides, strict=True)]
            assert (low, high) == bounds(arithmetic.arith(op, *ends)), f"{ends[0]} {op} {ends[1]}"


@pytest.mark.parametrize("op", ["+", "-", "*", "/"])
def test_arithmetic_with_certain_points(op: str) -> None:
    data = pl.DataFrame(list(product(POINTS, POINTS)), schema={"a": pl.Float64, "b": pl.Float64}, orient="row")
    span = POINTS[0], POINTS[-1]
    found = arith(op, Number((pl.col("a"),), None, span), Number((pl.col("b"),), None, span))
    assert not found.paired
    for a, b, low, high in data.select("a", "b", found.low.alias("low"), found.high.alias("high")).rows():
        assert (low, high) == bounds(arithmetic.arith(op, a, b)), f"{a} {op} {b}"


@pytest.mark.parametrize("op", ["<", "<=", ">", ">=", "==", "!="])
def test_comparisons(op: str) -> None:
    found = numbers.compare(op, paired("a", INTERVALS), paired("b", INTERVALS))
    rows = table(PAIRS).select(found.column.alias("t"))["t"].to_list()
    for (a, b), truth in zip(PAIRS, rows, strict=True):
        expected = arithmetic.compare(op, *(Interval(*x) if x[0] < x[1] else x[0] for x in (a, b)))
        assert truth is expected, f"{a} {op} {b}"


@pytest.mark.parametrize("op", ["<", "<=", ">", ">=", "==", "!="])
@pytest.mark.parametrize("gap", [ANY, (0.0, 3.0), (-2.0, math.inf), (0.25, 0.25)])
def test_comparisons_that_an_unknown_number_may_settle(op: str, gap: Bounds) -> None:
    data = pl.DataFrame({"a": [*POINTS, None]})
    for limit in POINTS:
        found = numbers.compare(op, nullable(pl.col("a"), gap), numbers.constant(limit))
        for a, truth in data.select("a", found.column.alias("t")).rows():
            value = (Interval(*gap) if gap[0] < gap[1] else gap[0]) if a is None else a
            assert truth is arithmetic.compare(op, value, limit), f"{value} {op} {limit}"


# folds --------------------------------------------------------------------------------------------

Parents = list[tuple[list[tuple[bool, Bounds, str | None]], Bounds | None]]
_VALUES = st.tuples(*[st.sampled_from((-3.0, -0.25, 0.0, 1.0, 2.5))] * 2).map(lambda ends: (min(ends), max(ends)))
_ENTRIES = st.lists(st.tuples(st.booleans(), _VALUES, st.sampled_from((None, "a", "b"))), max_size=5)
_PARENTS = st.lists(st.tuples(_ENTRIES, st.none() | _VALUES | st.just(ANY)), min_size=1, max_size=4)


def _folded(how: str, parents: Parents, per: bool) -> list[Bounds]:
    rows = [(at, sure, *ends, key) for at, (held, _) in enumerate(parents) for sure, ends, key in held]
    schema = {"outer": pl.UInt32, "certain": pl.Boolean, "low": pl.Float64, "high": pl.Float64, "key": pl.String}
    unseen = [(ends is None, *(ends or (0.0, 0.0))) for _, ends in parents]
    names = {"complete": pl.Boolean, "unseen_low": pl.Float64, "unseen_high": pl.Float64}
    entries = pl.DataFrame(rows, schema=schema, orient="row")
    return fold(how, entries, pl.DataFrame(unseen, schema=names, orient="row"), per=per).rows()


@given(_PARENTS, st.sampled_from(("sum", "max", "min")))
def test_folds(parents: Parents, how: str) -> None:
    for row, (held, unseen) in zip(_folded(how, parents, per=False), parents, strict=True):
        entries = [folds.Entry(sure, *ends) for sure, ends, _ in held]
        assert row == bounds(folds.fold(how, entries, unseen))


@given(_PARENTS)
def test_sums_that_count_a_key_once(parents: Parents) -> None:
    absolute: Callable[[Bounds], Bounds] = lambda ends: (max(ends[0], 0.0), max(ends[1], 0.0))  # noqa: E731
    parents = [([(sure, absolute(ends), key) for sure, ends, key in held], unseen) for held, unseen in parents]
    for row, (held, unseen) in zip(_folded("sum", parents, per=True), parents, strict=True):
        entries = [folds.Entry(sure, *ends, key) for sure, ends, key in held]
        assert row == bounds(folds.fold("sum", entries, unseen, per=True))


# first --------------------------------------------------------------------------------------------


def test_first_takes_a_fact_as_soon_as_something_is_stated() -> None:
    rules = program(
        number=n.First((ref("amount"), ref("balance")), NUMBER),
        color=n.First((ref("origin"), ref("paint")), COLOR),
        decided=n.First((n.Arith("+", ref("amount"), n.Const(0.0, NUMBER), NUMBER), ref("balance")), NUMBER),
    )
    data = {"amount": [1.0, None, None], "amount__low": [None, 2.0, None], "amount__high": [None, 3.0, None]}
    table = pl.DataFrame({**data, "balance": [9.0, 9.0, 9.0], "paint": ["red"] * 3, "origin": ["blue", None, None]})
    result = evaluate(rules, table, terms=list(rules.definitions))
    assert list(zip(result["number__low"], result["number__high"], strict=True)) == [(1, 1), (2, 3), (9, 9)]
    assert result["decided"].to_list() == [1.0, 9.0, 9.0]
    assert result["color"].to_list() == ["blue", "red", "red"]


def test_first_counts_an_assumption_that_is_only_another_range() -> None:
    # Nothing is stated, but `piece.amount` is assumed to be the weight, whose range is not its own.
    pieces = n.Relation("item.pieces", 0, "piece")
    value = n.First((ref("piece.amount"), n.Const(2.0, NUMBER)), NUMBER)
    largest = n.Fold("max", pieces, value, None, None, NUMBER)
    rules = program(
        item_top=largest,
        top=n.Fold("max", n.Relation("items", 0, "item"), n.Ref("item.top", 0, NUMBER), None, None, NUMBER),
    )
    inner = {"item.pieces": Related(pl.DataFrame({PARENT: [0], "piece.flag": [True]}))}
    items = {"items": Related(pl.DataFrame({PARENT: [0], ROW: [0], "item.pieces__complete": [True]}), inner)}
    table = pl.DataFrame({ROW: [0], "items__complete": [True]})
    ends = evaluate(rules, table, terms=["top"], relations=items, profile=PROFILE).row(0, named=True)
    assert (ends["top__low"], ends["top__high"]) == (1.0, 20.0)
    without = evaluate(rules, table, terms=["top"], relations=items).row(0, named=True)
    assert without["top"] == 2.0
