"""Faults of tables: all of them at once, each with its place."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from tests.engine.columns.rules import HELD, ITEMS, PARTIES, at_least, program, ref

from tidewaiter.base.errors import InputFaults
from tidewaiter.engine import nodes as n
from tidewaiter.engine.columns import PARENT, ROW, Related, evaluate
from tidewaiter.engine.types import BOOLEAN

RULES = program(enough=at_least("amount", 4.0), some=n.Any(ITEMS, ref("item.flag")))


def faults(
    table: pl.DataFrame, relations: dict[str, Related] | None = None, terms: tuple[str, ...] = ("enough",)
) -> dict[str, str]:
    """What is refused: place to fault."""
    with pytest.raises(InputFaults) as refused:
        evaluate(RULES, table, terms=terms, relations=relations or {})
    return {fault.where: fault.what for fault in refused.value.faults}


def test_every_fault_of_every_table_is_listed() -> None:
    table = pl.DataFrame(
        {
            ROW: [0, 0],
            "amount": [1.0, float("nan")],
            "balance": [float("inf"), None],
            "flag": [1, 0],
            "color": ["red", "mauve"],
            "due": [1.0, 2.0],
            "item.flag": [True, None],
        }
    )
    found = faults(table, {"items": Related(pl.DataFrame({PARENT: [0, 5], "item.flag": ["yes", "no"]}))})
    assert found["amount"] == "row 1 is not a number (NaN)"
    assert found["balance"] == "row 0 is infinite"
    assert found["flag"] == "holds Int64"
    assert found["color"] == "'mauve' is no code of color"
    assert found["due"] == "holds Float64"
    assert found["item.flag"] == "stands in a table of transaction"
    assert found[ROW] == "has keys twice"
    assert found["items"] == "'_parent' has keys that no parent has"


def test_an_enum_may_hold_more_codes_than_its_domain_as_long_as_no_row_does() -> None:
    wide = pl.Enum(["mauve", "red"])
    table = pl.DataFrame({"amount": [1.0], "color": pl.Series(["red"], dtype=wide)})
    assert evaluate(RULES, table, terms=["color"])["color"].to_list() == ["red"]
    table = table.with_columns(pl.Series("color", ["mauve"], dtype=wide))
    assert faults(table) == {"color": "'mauve' is no code of color"}


def test_intervals() -> None:
    table = pl.DataFrame({"amount__low": [2.0, None], "amount__high": [1.0, None]})
    assert faults(table) == {"amount": "row 0: the low end is above the high end"}
    table = pl.DataFrame({"amount": [None, 1.0], "amount__low": [None, 0.0]})
    assert faults(table) == {"amount": "row 1 has a value and an interval"}
    assert faults(pl.DataFrame({"flag__low": [True]})) == {"flag__low": "'flag' has no ends, it is a boolean"}


def test_dates_are_dates() -> None:
    moments = pl.DataFrame({"due": [dt.datetime(2024, 1, 1)]})
    assert set(faults(moments)) == {"due"}


def test_keys() -> None:
    rows = {"items": Related(pl.DataFrame({PARENT: [0]}))}
    assert faults(pl.DataFrame({"amount": [1.0]}), rows) == {ROW: "is missing"}
    assert faults(pl.DataFrame({ROW: [0, None]}), rows) == {ROW: "has nulls"}
    assert faults(pl.DataFrame({ROW: ["a"]}), rows) == {"items": "'_parent' is Int64, '_row' of its parent String"}
    without = {"items": Related(pl.DataFrame({"item.flag": [True]}))}
    assert faults(pl.DataFrame({ROW: [0]}), without) == {"items": "has no column '_parent'"}


def test_a_row_number_that_is_out_of_range_leads_nowhere() -> None:
    for key in (-1, 1, None):
        rows = {"items": Related(pl.DataFrame({PARENT: pl.Series([key], dtype=pl.Int64)}))}
        assert faults(pl.DataFrame({ROW: [0]}), rows) == {"items": "'_parent' has keys that no parent has"}


def test_relations_that_the_subject_has_not() -> None:
    rows = pl.DataFrame({PARENT: [0]})
    found = faults(pl.DataFrame({ROW: [0]}), {"item.pieces": Related(rows), "nonsense": Related(rows)})
    assert set(found) == {"item.pieces", "nonsense"}


def test_terms() -> None:
    found = faults(pl.DataFrame({"amount": [1.0]}), terms=("enogh", "item.flag"))
    assert found == {"enogh": "is neither a fact nor decided", "item.flag": "is no term of the transaction"}


def test_a_recursive_term_without_its_column() -> None:
    some = n.Any(PARTIES, ref("party.held", 0, BOOLEAN))
    parties = {"parties": Related(pl.DataFrame({PARENT: [0]}))}
    with pytest.raises(InputFaults, match=r"parties: party\.held: is recursive and has no column"):
        evaluate(
            program("party.held", party_held=HELD, some=some),
            pl.DataFrame({ROW: [0]}),
            terms=["some"],
            relations=parties,
        )
