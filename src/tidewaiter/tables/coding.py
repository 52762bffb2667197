"""Cells as small whole numbers: each distinct value is read and checked once, whatever the number of rows.

A code of a column is the same in every chunk. `NOTHING` is an empty cell; codes from `VALUES` on index the coder's
plain values; other codes of a number column are the bits of the number itself.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.determine.options import parsed_option
from tidewaiter.determine.statements import stated_value
from tidewaiter.engine.values import OneOf, is_known
from tidewaiter.engine.vocabulary import Fact, Vocabulary

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    _Codes = NDArray[np.int64]

__all__ = ["NOTHING", "VALUES", "Coder", "FactCoder", "NumberCoder", "rows_key"]

_NAN = 0x7FF8_0000_0000_0000  # bits of numbers that are none: no finite number has them
NOTHING = _NAN
"""The code of an empty cell."""
VALUES = _NAN + 1
"""The code of the first plain value; `keys` and `plain` of a coder count from it."""
_MAX_SHOWN = 60


@dataclass(slots=True)
class Coder:
    """Codes of the distinct cells of one column. `read` gives a cell's plain value and what makes two of them equal."""

    where: str
    read: Callable[[Any], tuple[Any, Any]]
    plain: list[Any] = field(default_factory=list)
    keys: list[Any] = field(default_factory=list)
    faults: dict[int, Fault] = field(default_factory=dict)
    _cells: dict[Any, int] = field(default_factory=dict)
    _equal: dict[Any, int] = field(default_factory=dict)

    def codes(self, series: pl.Series) -> _Codes:
        """The code of every cell. Cells that cannot be read have a code in `faults`."""
        import numpy as np
        import polars as pl

        if series.null_count() == len(series):
            return np.full(len(series), NOTHING, dtype=np.int64)
        distinct = series.drop_nulls().unique()
        codes = pl.Series([self.code(cell) for cell in distinct.to_list()], dtype=pl.Int64)
        if len(distinct) == 1 and not series.null_count():
            return np.full(len(series), codes[0], dtype=np.int64)
        found = series.replace_strict(distinct, codes, default=NOTHING, return_dtype=pl.Int64)
        return found.fill_null(NOTHING).to_numpy()

    def code(self, cell: Any) -> int:
        """The code of one cell."""
        found = self._cells.get(cell)
        if found is None:
            found = self._cells[cell] = self._new(cell)
        return found

    def _new(self, cell: Any) -> int:
        if isinstance(cell, str) and not cell.strip():
            return NOTHING
        code = VALUES + len(self.plain)
        try:
            value, key = self.read(cell)
        except InputFaults as error:
            self.plain.append(None)
            self.keys.append(None)
            self.faults[code] = Fault(self.where, "; ".join(f.what for f in error.faults), error.faults[0].remedy)
            return code
        if key in self._equal:
            return self._equal[key]
        self.plain.append(value)
        self.keys.append(key)
        self._equal[key] = code
        return code

    def value(self, code: int) -> Any:
        """The plain value behind a code."""
        return self.plain[code - VALUES]


class FactCoder(Coder):
    """Codes of a fact that is no number: equal codes, truths or days, however they are written, share a code."""

    __slots__ = ()

    @classmethod
    def of(cls, column: str, fact: Fact, vocabulary: Vocabulary) -> FactCoder:
        """The coder of a column that states a fact."""
        return cls(column, lambda cell: _read_fact(cell, fact, vocabulary))


def _read_fact(cell: Any, fact: Fact, vocabulary: Vocabulary) -> tuple[Any, Any]:
    """The plain value of a cell and what it means. Raises InputFaults."""
    plain = parsed_option(cell, fact.type) if isinstance(cell, str) else cell
    if fact.type.kind == "boolean" and isinstance(plain, int) and plain in (0, 1):
        plain = bool(plain)
    if isinstance(plain, dt.datetime):
        plain = plain.date()
    faults: list[Fault] = []
    meant = stated_value(fact, plain, vocabulary, "", faults)
    if faults:
        raise InputFaults(faults)
    if isinstance(meant, OneOf):
        return plain, ("one of", *sorted(meant.codes))
    return (meant if isinstance(meant, str) and is_known(meant) else plain), (type(meant).__name__, meant)


class NumberCoder(FactCoder):
    """Codes of numbers: the bits of the number; text that is no plain number (an interval, `unknown`) as any value."""

    __slots__ = ("fact",)

    fact: Fact

    @classmethod
    def of(cls, column: str, fact: Fact, vocabulary: Vocabulary) -> NumberCoder:
        """The coder of a column that states a number."""
        made = cls(column, lambda cell: _read_fact(cell, fact, vocabulary))
        made.fact = fact
        return made

    def codes(self, series: pl.Series) -> _Codes:
        import numpy as np
        import polars as pl

        text = None
        if series.dtype == pl.String:
            text = series.str.strip_chars()
            series = text.cast(pl.Float64, strict=False)
        numbers = series.cast(pl.Float64)
        fine = numbers.is_between(self.fact.low, self.fact.high) & numbers.is_finite()
        held = (numbers + 0.0).fill_null(0.0).to_numpy()  # + 0.0: minus zero is zero
        codes = np.where(fine.fill_null(False).to_numpy(), held.view(np.int64), NOTHING)
        rest = ~fine.fill_null(False)
        other = text if text is not None else numbers
        rest &= other.is_not_null()
        if rest.any():
            codes[rest.to_numpy()] = Coder.codes(self, other.filter(rest))
        return codes

    def value(self, code: int) -> Any:
        import struct

        if code > NOTHING and code - VALUES < len(self.plain):
            return self.plain[code - VALUES]
        return struct.unpack("<d", struct.pack("<q", code))[0]


def rows_key(value: Any) -> str:
    """Plain data as text that is equal for equal data."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
