"""What the batch back end answers, on tables small enough to check by eye."""

from __future__ import annotations

import datetime as dt
import math

import polars as pl
import pytest
from tests.engine.columns.rules import COLOR, HELD, ITEMS, NUMBER, PARTIES, at_least, items, program, ref
from tests.engine.strategies import PROFILE

from tidewaiter.engine import nodes as n
from tidewaiter.engine.arithmetic import add_months, year
from tidewaiter.engine.columns import PARENT, ROW, Related, evaluate, recursive_column
from tidewaiter.engine.columns.dates import EPOCH
from tidewaiter.engine.facts import Instance, Row, Rows
from tidewaiter.engine.types import BOOLEAN, DATE
from tidewaiter.engine.values import bounds

# truths over relations ----------------------------------------------------------------------------


def test_any_over_rows_that_are_unknown_or_incomplete() -> None:
    table = pl.DataFrame({ROW: ["a", "b", "c", "d", "e"], "items__complete": [True, True, False, False, True]})
    related = items(_parent=["a", "a", "b", "c", "d"], item_flag=[False, None, False, False, True])
    result = evaluate(program(some=n.Any(ITEMS, ref("item.flag"))), table, terms=["some"], relations=related)
    assert result["some"].to_list() == [None, False, None, True, False]
    assert result[ROW].to_list() == table[ROW].to_list()


def test_all_over_rows_that_are_unknown_or_incomplete() -> None:
    table = pl.DataFrame({ROW: [7, 5, 9, 1], "items__complete": [True, True, False, True]})
    related = items(_parent=[7, 5, 7, 9, 5], item_flag=[True, None, True, True, False])
    result = evaluate(program(every=n.All(ITEMS, ref("item.flag"))), table, terms=["every"], relations=related)
    assert result["every"].to_list() == [True, False, None, True]


def test_count_of_a_long_relation_with_an_unknown_row() -> None:
    table = pl.DataFrame({ROW: [0], "items__complete": [True]})
    flags = [True] * 700 + [None] + [False] * 300
    related = items(_parent=[0] * 1001, item_flag=flags)
    result = evaluate(program(many=n.Count(ITEMS, ref("item.flag"))), table, terms=["many"], relations=related)
    assert result.row(0, named=True) == {ROW: 0, "many": None, "many__low": 700.0, "many__high": 701.0}


def test_a_relation_that_no_table_holds_is_unknown_not_empty() -> None:
    some = program(some=n.Any(ITEMS, ref("item.flag")), every=n.All(ITEMS, ref("item.flag")))
    result = evaluate(some, pl.DataFrame({ROW: [0, 1]}), terms=["some", "every"])
    assert result["some"].to_list() == [None, None]
    assert result["every"].to_list() == [None, None]


def test_a_body_that_looks_outward_and_another_relation_of_an_outer_subject() -> None:
    bigger = n.Compare(">", ref("item.amount"), ref("amount", 1))
    outer = n.Any(n.Relation("parties", 1, "party"), n.Compare("==", ref("party.color"), ref("item.color", 1)))
    both = program(found=n.Any(ITEMS, n.And((bigger, outer))))
    table = pl.DataFrame({ROW: [0, 1], "amount": [3.0, 5.0], "parties__complete": [True, True]})
    table = table.with_columns(pl.lit(True).alias("items__complete"))
    related = items(_parent=[0, 1, 1], item_amount=[4.0, 6.0, 4.0], item_color=["red", "red", "blue"])
    parties = pl.DataFrame({PARENT: [0, 0, 1], "party.color": ["blue", "red", "blue"]})
    result = evaluate(both, table, terms=["found"], relations={**related, "parties": Related(parties)})
    assert result["found"].to_list() == [True, False]


# numbers and codes --------------------------------------------------------------------------------


def test_an_interval_decides_what_both_ends_agree_on() -> None:
    table = pl.DataFrame(
        {"amount": [None, 3.0, None], "amount__low": [4.0, None, None], "amount__high": [9.0, None, None]}
    )
    rules = program(four=at_least("amount", 4.0), five=at_least("amount", 5.0), none=at_least("amount", 0.0))
    result = evaluate(rules, table, terms=["four", "five", "none", "amount"])
    assert result["four"].to_list() == [True, False, None]
    assert result["five"].to_list() == [None, False, None]
    assert result["none"].to_list() == [True, True, True]  # an amount is never below 0, known or not
    assert result["amount__high"].to_list() == [9.0, 3.0, 100.0]


def test_a_code_that_is_one_of_two_is_null_outside_and_precise_inside() -> None:
    shade = n.Ite(ref("flag"), n.Const("red", COLOR), n.Const("blue", COLOR), COLOR)
    rules = program(
        shade=shade,
        never=n.Compare("==", ref("shade", 0, COLOR), n.Const("green", COLOR)),
        either=n.Member(ref("shade", 0, COLOR), n.SetCodes(frozenset(("red", "blue")))),
    )
    result = evaluate(rules, pl.DataFrame({"flag": [True, None]}), terms=list(rules.definitions))
    assert result["shade"].to_list() == ["red", None]
    assert isinstance(result["shade"].dtype, pl.Enum)
    assert result["never"].to_list() == [False, False]
    assert result["either"].to_list() == [True, True]


def test_no_rows() -> None:
    rules = program(some=n.Any(ITEMS, ref("item.flag")), twice=n.Arith("*", ref("amount"), ref("amount"), NUMBER))
    table = pl.DataFrame({ROW: [], "amount": []}, schema={ROW: pl.Int64, "amount": pl.Float64})
    assert evaluate(rules, table, terms=["some", "twice", "color"]).height == 0


@pytest.mark.parametrize("day", [1.0, 31.0, 400.0, 738_000.0, 738_946.5, 3_652_059.0, 3_652_060.0, -5.0, 1e9, 0.5])
@pytest.mark.parametrize("months", [-13, 0, 1, 120])
def test_the_calendar_and_its_ends(day: float, months: int) -> None:
    date = n.Arith("+", ref("due"), ref("width"), DATE)
    rules = program(
        later=n.Known(n.AddMonths(date, months)), year=n.Year(date), start=n.Year(n.AddMonths(date, months))
    )
    table = pl.DataFrame({"due": [dt.date(1970, 1, 1)] * 2, "width": [day - EPOCH, 1.0]})
    row = evaluate(rules, table, terms=["later", "year", "start"]).row(0, named=True)
    low, high = bounds(year(day)), bounds(year(add_months(day, months)))
    assert (row["year__low"], row["year__high"]) == low
    assert (row["start__low"], row["start__high"]) == high
    assert row["later"] is True


def test_a_date_stays_a_date() -> None:
    table = pl.DataFrame({"due": [dt.date(2024, 1, 31), None]})
    result = evaluate(program(next=n.AddMonths(ref("due"), 1)), table, terms=["next"])
    assert result["next"].to_list() == [dt.date(2024, 2, 29), None]
    assert result["next__low"].to_list() == [dt.date(2024, 2, 29), None]


# assumptions --------------------------------------------------------------------------------------


def test_assumptions_fill_what_is_not_stated_and_are_reported() -> None:
    rules = program(same=n.Compare("==", ref("origin"), n.Const("green", COLOR)), plain=n.Not(ref("flag")))
    table = pl.DataFrame({"color": ["green", "red", None], "origin": [None, "green", None], "flag": [True, None, None]})
    result = evaluate(rules, table, terms=["same", "plain"], profile=PROFILE, assumptions=True)
    assert result["same"].to_list() == [True, True, False]
    assert result["plain"].to_list() == [False, True, True]
    assert result["origin__assumed"].to_list() == [True, False, True]
    assert result["flag__assumed"].to_list() == [False, True, True]
    assert result["color__assumed"].to_list() == [False, False, True]
    without = evaluate(rules, table, terms=["same", "plain"], assumptions=True)
    assert without.columns == ["same", "plain"]
    assert without["same"].to_list() == [None, True, None]


def test_assumptions_on_rows_are_reported_for_their_transaction() -> None:
    rules = program(some=n.Any(ITEMS, ref("item.flag")))
    related = items(_parent=[0, 0, 1], item_flag=[None, False, False])
    table = pl.DataFrame({ROW: [0, 1, 2], "items__complete": [True, None, None]})
    result = evaluate(rules, table, terms=["some"], relations=related, profile=PROFILE, assumptions=True)
    assert result["some"].to_list() == [True, False, None]
    assert result["item.flag__assumed"].to_list() == [True, False, False]
    assert result["items__assumed"].to_list() == [False, True, False]


# recursion ----------------------------------------------------------------------------------------


def test_recursive_terms_come_as_columns_one_decision_an_entity() -> None:
    rules = program("party.held", party_held=HELD, some=n.Any(PARTIES, ref("party.held", 0, BOOLEAN)))
    listed = Instance("party", {"party.flag": True})
    child = Instance("party", {"party.flag": False}, {"party.owners": Rows((Row(listed),), True)})
    clean = Instance("party", {"party.flag": False}, {"party.owners": Rows((), True)})
    known, asked = {"x": child, "y": clean}, []

    def instance_of(key: object) -> Instance | None:
        asked.append(key)
        return known.get(str(key))

    keys = pl.Series(["x", "y", "x", None, "z"])
    column = recursive_column(rules, "party.held", keys, instance_of)
    assert column.to_list() == [True, False, True, None, None]
    assert asked == ["x", "y", "z"]
    parties = pl.DataFrame({PARENT: [0, 1, 1, 2, 2], column.name: column})
    table = pl.DataFrame({ROW: [0, 1, 2], "parties__complete": [True, True, True]})
    result = evaluate(rules, table, terms=["some"], relations={"parties": Related(parties)})
    assert result["some"].to_list() == [True, True, None]


def test_open_ends_are_infinite() -> None:
    total = n.Fold("sum", ITEMS, ref("item.amount"), None, None, NUMBER)
    table = pl.DataFrame({ROW: [0, 1], "items__complete": [True, False]})
    result = evaluate(
        program(total=total), table, terms=["total"], relations=items(_parent=[0, 1], item_amount=[2.0, 2.0])
    )
    assert result["total"].to_list() == [2.0, None]
    assert result["total__high"].to_list() == [2.0, math.inf]
