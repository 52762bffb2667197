"""A decision tree that grows by judging: it asks a column only where a judged row had looked at it.

A leaf is one judged row and the columns that its verdict looked at. Rows that agree with it on these columns have its
verdict. Where they do not, the leaf becomes a fork on the column, and the new branch is judged in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Codes = NDArray[np.int64]
    _Rows = NDArray[np.intp]

__all__ = ["Tree"]

_Judging = Callable[[int], tuple[int, tuple[str, ...]]]
"""Judges the row of an index: the number of its verdict, and the columns that it looked at."""


@dataclass(slots=True)
class _Leaf:
    verdict: int
    looked: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class _Fork:
    column: str
    branches: dict[int, _Leaf | _Fork] = field(default_factory=dict)


@dataclass(slots=True)
class Tree:
    """Verdicts of the rows that share everything but their columns' codes."""

    root: _Leaf | _Fork | None = None

    def place(
        self,
        columns: Mapping[str, _Codes],
        rows: _Rows,
        judge: _Judging,
        found: _Codes,
        fine: frozenset[str] = frozenset(),
        asked_fine: NDArray[np.bool_] | None = None,
    ) -> None:
        """Write the verdict's number of each of `rows` (indices into `columns`) into `found`.

        `asked_fine` is set where a verdict rests on one of the columns in `fine`.
        """
        if self.root is None:
            self.root = _judged(columns, int(rows[0]), judge, frozenset())
        waiting: list[tuple[_Fork | None, int, frozenset[str], _Rows]] = [(None, 0, frozenset(), rows)]
        while waiting:
            above, branch, asked, held = waiting.pop()
            node = self.root if above is None else above.branches.get(branch)
            if node is None:
                assert above is not None
                node = above.branches[branch] = _judged(columns, int(held[0]), judge, asked)
            if isinstance(node, _Leaf):
                fork = _parted(node, columns, held)
                if fork is None:
                    found[held] = node.verdict
                    if asked_fine is not None:
                        asked_fine[held] = any(name in fine for name in (*asked, *(name for name, _ in node.looked)))
                    continue
                node = fork
                if above is None:
                    self.root = fork
                else:
                    above.branches[branch] = fork
            inner = asked | {node.column}
            waiting += [(node, code, inner, part) for code, part in _parts(columns[node.column], held)]


def _judged(columns: Mapping[str, _Codes], row: int, judge: _Judging, asked: frozenset[str]) -> _Leaf:
    verdict, looked = judge(row)
    return _Leaf(verdict, tuple((name, int(columns[name][row])) for name in looked if name not in asked))


def _parted(leaf: _Leaf, columns: Mapping[str, _Codes], rows: _Rows) -> _Fork | None:
    """A fork on the first column on which the rows differ from the leaf, with the leaf on its branch."""
    for index, (name, code) in enumerate(leaf.looked):
        if (columns[name][rows] != code).any():
            rest = leaf.looked[:index] + leaf.looked[index + 1 :]
            return _Fork(name, {code: _Leaf(leaf.verdict, rest)})
    return None


def _parts(codes: _Codes, rows: _Rows) -> list[tuple[int, _Rows]]:
    """The rows by their code."""
    import numpy as np

    own = codes[rows]
    if (own == own[0]).all():
        return [(int(own[0]), rows)]
    order = np.argsort(own, kind="stable")
    held = own[order]
    starts = np.flatnonzero(np.concatenate(([True], held[1:] != held[:-1])))
    return [(int(held[start]), rows[part]) for start, part in zip(starts, np.split(order, starts[1:]), strict=True)]
