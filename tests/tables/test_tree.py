"""The decision tree gives every row the verdict of its own facts, whatever order rows come in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.tables.grouping import grouped
from tidewaiter.tables.tree import Tree

ROWS = st.lists(st.tuples(*[st.integers(0, 3)] * 4), min_size=1, max_size=60)


def _lazy(row: Sequence[int]) -> tuple[int, tuple[str, ...]]:
    """A rule that looks at a column only where it needs to."""
    a, b, c, d = row
    if a == 0:
        return 1, ("a",)
    if b > 1:
        return 10 + c, ("a", "b", "c")
    return 100 + d, ("b", "a", "d")


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=3))
def test_every_row_has_its_own_verdict(chunks: list[list[tuple[int, ...]]]) -> None:
    tree = Tree()
    judged: list[tuple[int, ...]] = []
    for chunk in chunks:
        columns = {
            name: np.array(held, dtype=np.int64) for name, held in zip("abcd", zip(*chunk, strict=True), strict=True)
        }

        def judge(row: int, chunk: list[tuple[int, ...]] = chunk) -> tuple[int, tuple[str, ...]]:
            judged.append(chunk[row])
            return _lazy(chunk[row])

        found = np.full(len(chunk), -1, dtype=np.int64)
        tree.place(columns, np.arange(len(chunk)), judge, found)
        assert found.tolist() == [_lazy(row)[0] for row in chunk]
    assert len(judged) == len(set(judged)), "a row was judged twice"


@given(ROWS)
def test_groups_are_the_distinct_rows(rows: list[tuple[int, ...]]) -> None:
    spread = [(a * 10**12, b - 2**60, c, d) for a, b, c, d in rows]
    columns = {
        name: np.array(held, dtype=np.int64) for name, held in zip("abcd", zip(*spread, strict=True), strict=True)
    }
    found = grouped(columns)
    assert len(found.first) == len(set(spread))
    assert [spread[found.first[group]] for group in found.group] == spread
