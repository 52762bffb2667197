"""The codes of columns, as coarse as the law of each row's period allows: what it cannot tell apart shares a code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tidewaiter.tables.coding import NOTHING, VALUES, Coder, NumberCoder
from tidewaiter.tables.mapping import Column
from tidewaiter.tables.periods import Period

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Codes = NDArray[np.int64]

__all__ = ["exactly", "told_apart"]


def told_apart(
    columns: Sequence[Column],
    codes: Mapping[str, _Codes],
    coders: Mapping[str, Coder],
    periods: _Codes,
    held: Mapping[int, Period],
) -> dict[str, _Codes]:
    """The codes of each column by classes; nothing where a period's rules do not know the fact.

    A class is a small number from 0 on; what has none keeps its code. A number column comes twice: by the lines that
    it lies between, and under `exactly(name)` as it is, for rules that use its very value.
    """
    import numpy as np

    order = np.argsort(periods, kind="stable")
    ends = np.searchsorted(periods[order], sorted(held), side="right")
    parts = list(zip((held[number] for number in sorted(held)), np.split(order, ends[:-1]), strict=True))
    found = {}
    for column in columns:
        given = codes[column.name]
        if column.fact is not None and (given != NOTHING).any():
            given = given.copy()
            for period, rows in parts:
                given[rows] = _classed(column, given[rows], coders[column.name], period)
        found[column.name] = given
        if isinstance(coders[column.name], NumberCoder):
            exact = codes[column.name].copy()
            for period, rows in parts:
                if column.fact is not None and not period.told.exact.get(column.fact.term):
                    exact[rows] = NOTHING
            found[exactly(column.name)] = exact
    return found


def exactly(name: str) -> str:
    """The name under which a number column stands as it is."""
    return f" exactly {name}"


def _classed(column: Column, codes: _Codes, coder: Coder, period: Period) -> _Codes:
    import numpy as np

    assert column.fact is not None
    term = column.fact.term
    if term not in period.terms:
        return np.full_like(codes, NOTHING)
    if isinstance(coder, NumberCoder):
        return _between(codes, np.array(period.told.lines.get(term, ()), dtype=np.float64))
    if not period.told.tells_codes(term):
        return codes
    table = np.arange(NOTHING, VALUES + len(coder.keys), dtype=np.int64)
    for index, key in enumerate(coder.keys):
        if isinstance(key, tuple) and key[0] == "str":
            table[index + 1] = period.told.of_code(term, key[1])
    return table[codes - NOTHING]


def _between(codes: _Codes, lines: NDArray[np.float64]) -> _Codes:
    """Numbers by the lines that they lie on or between; other codes as they are."""
    import numpy as np

    numbers = codes.view(np.float64)
    low, high = np.searchsorted(lines, numbers, side="left"), np.searchsorted(lines, numbers, side="right")
    return np.where(codes >= NOTHING, codes, low + high)
