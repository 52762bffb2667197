"""Sums, largest and smallest by brute force: every way in which a small relation may turn out lies in the result."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.engine.folds import Entry, fold
from tidewaiter.engine.values import ANY_NUMBER, Interval, bounds

WHOLE = st.integers(-4, 6).map(float)
NATURAL = st.integers(0, 6).map(float)
KEYS = ("a", "b", "c")


@st.composite
def entries(draw: st.DrawFn, ends: st.SearchStrategy[float], keyed: bool) -> list[Entry]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        low, high = sorted((draw(ends), draw(ends)))
        key = draw(st.sampled_from((None, "a", "b"))) if keyed else None
        found.append(Entry(draw(st.booleans()), low, high, key))
    return found


@st.composite
def unseen_rows(draw: st.DrawFn, ends: st.SearchStrategy[float]) -> tuple[float, float] | None:
    if draw(st.booleans()):
        return None
    low, high = sorted((draw(ends), draw(ends)))
    return low, high


def completions(
    rows: Sequence[Entry], unseen: tuple[float, float] | None, keyed: bool
) -> Iterator[list[tuple[float, str]]]:
    """Every membership, both ends of every value, every key, and up to two rows nobody listed."""
    choices = []
    for entry in rows:
        keys = (entry.key,) if entry.key is not None else KEYS
        there = [(value, str(key)) for value in {entry.low, entry.high} for key in (keys if keyed else ("",))]
        choices.append([*there, *(() if entry.certain else (None,))])
    for _ in range(2 if unseen else 0):
        assert unseen
        choices.append([None, *((value, key) for value in set(unseen) for key in (KEYS[:2] if keyed else ("",)))])
    for held in itertools.product(*choices):
        yield [row for row in held if row is not None]


def folded(how: str, rows: list[tuple[float, str]], keyed: bool) -> float | None:
    if how == "sum" and keyed:
        groups: dict[str, float] = {}
        for value, key in rows:
            groups[key] = max(groups.get(key, 0.0), value)
        return sum(groups.values())
    values = [value for value, _ in rows]
    if how == "sum":
        return sum(values)
    return (max(values) if how == "max" else min(values)) if values else None


@given(st.sampled_from(("sum", "max", "min")), entries(WHOLE, False), unseen_rows(WHOLE))
@settings(max_examples=300)
def test_folds_are_sound_and_tight(how: str, rows: list[Entry], unseen: tuple[float, float] | None) -> None:
    found = {folded(how, held, False) for held in completions(rows, unseen, False)}
    low, high = bounds(fold(how, rows, unseen))
    values = [value for value in found if value is not None]
    assert all(low <= value <= high for value in values)
    if unseen is None and None not in found:
        assert (low, high) == (min(values), max(values))


@given(entries(NATURAL, True), unseen_rows(NATURAL))
@settings(max_examples=200)
def test_sums_that_count_equal_keys_once(rows: list[Entry], unseen: tuple[float, float] | None) -> None:
    values = [folded("sum", held, True) for held in completions(rows, unseen, True)]
    low, high = bounds(fold("sum", rows, unseen, per=True))
    assert all(value is not None and low <= value <= high for value in values)
    if unseen is None and all(entry.key for entry in rows):
        assert (low, high) == (min(v for v in values if v is not None), max(v for v in values if v is not None))


@pytest.mark.parametrize("how", ["max", "min"])
def test_the_largest_of_nothing_is_unknown(how: str) -> None:
    assert fold(how, [], None) == ANY_NUMBER
    assert fold(how, [Entry(False, 1.0, 2.0)], None) == ANY_NUMBER


def test_an_incomplete_sum_of_positives_has_no_upper_end() -> None:
    assert fold("sum", [Entry(True, 5.0, 5.0)], (0.0, 10.0)) == Interval(5.0, math.inf)
    assert fold("sum", [Entry(True, 5.0, 5.0)], (-1.0, 0.0)) == Interval(-math.inf, 5.0)
    assert fold("sum", [Entry(True, 5.0, 5.0)], (0.0, 0.0)) == 5.0


def test_an_unlisted_row_can_beat_the_largest() -> None:
    assert fold("max", [Entry(True, 5.0, 5.0)], (0.0, 10.0)) == Interval(5.0, 10.0)
    assert fold("min", [Entry(True, 5.0, 5.0)], (0.0, 10.0)) == Interval(0.0, 5.0)


def test_rows_of_one_key_count_once() -> None:
    rows = [Entry(True, 60.0, 60.0, "a"), Entry(True, 60.0, 60.0, "a"), Entry(True, 40.0, 40.0, "b")]
    assert fold("sum", rows, None, per=True) == 100.0
    assert fold("sum", [*rows, Entry(True, 10.0, 10.0)], None, per=True) == Interval(100.0, 110.0)
