"""The compiled law is the law: the same programs on every date and layer, and nothing is trusted that is damaged."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache

import pytest
from tests.acceptance.suite import law_texts
from tests.library.small import SMALL

from tidewaiter.library.compiled import compile_law, read_compiled
from tidewaiter.library.loader import read_law, shipped_texts
from tidewaiter.library.model import Law
from tidewaiter.library.snapshots import Snapshots

LAYERS = ("text", "enforced", "addressee")
DAYS = [dt.date(year, month, 10) for year in range(2022, 2027) for month in (1, 5, 10)]
RULES = ("01_worldwide", "02_affiliates", "06_covered", "07_bulk", "08_weights", "09_foundry", "10_letter", "12_groups")


@cache
def shipped() -> tuple[Law, Law]:
    law, text = compile_law(shipped_texts())
    return law, read_compiled(text)


def assert_same(read: Law, compiled: Law, days: list[dt.date]) -> None:
    one, other = Snapshots(read), Snapshots(compiled)
    assert one.dates == other.dates
    for day in days:
        for layer in LAYERS:
            a, b = one.at(day, layer), other.at(day, layer)
            assert {t: d.node for t, d in a.definitions.items()} == {t: d.node for t, d in b.definitions.items()}
            assert (a.groups, a.tables, a.order) == (b.groups, b.tables, b.order)


def test_the_shipped_law_by_date_and_layer() -> None:
    assert_same(*shipped(), DAYS)


def test_the_shipped_law_apart_from_expressions() -> None:
    read, compiled = shipped()
    assert read.vocabulary == compiled.vocabulary
    assert (read.groups, read.tables, read.instruments) == (compiled.groups, compiled.tables, compiled.instruments)
    assert (read.questions, read.profiles, read.digest) == (compiled.questions, compiled.profiles, compiled.digest)
    assert read.not_encoded == compiled.not_encoded


@pytest.mark.parametrize("name", RULES)
def test_the_twelve_rules(name: str) -> None:
    law, text = compile_law(law_texts(name))
    assert_same(law, read_compiled(text), [dt.date(2021, 1, 1), dt.date(2025, 10, 1), dt.date(2026, 11, 23)])


def test_readings_are_compiled_too() -> None:
    law, text = compile_law(law_texts("08_weights"))
    day, chosen = dt.date(2025, 6, 1), {"derivative_excluded": "total"}
    one, other = (Snapshots(each).at(day, "text", chosen) for each in (law, read_compiled(text)))
    assert one.definitions["derivative_excluded"].node == other.definitions["derivative_excluded"].node
    assert one.definitions["derivative_excluded"].node != Snapshots(law).at(day).definitions["derivative_excluded"].node


def test_compiling_twice_gives_the_same_bytes() -> None:
    assert compile_law(SMALL)[1] == compile_law(dict(reversed(list(SMALL.items()))))[1]
    assert read_law(SMALL).digest == read_compiled(compile_law(SMALL)[1]).digest


@pytest.mark.parametrize("damage", ["", "{}", "[]", "null", '{"format": 0}', "cut", "no expression"])
def test_damage_is_noticed(damage: str) -> None:
    text = compile_law(SMALL)[1]
    if damage == "cut":
        damage = text[: len(text) // 2]
    if damage == "no expression":
        damage = json.dumps({**json.loads(text), "expressions": {}})
    with pytest.raises((ValueError, KeyError, TypeError)):
        Snapshots(read_compiled(damage)).at(dt.date(2023, 1, 1))
