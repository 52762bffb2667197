"""The distinct verdicts of a table: each kept once, with what is said of it on every row and what is said once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault
from tidewaiter.determine.deciding import UNDETERMINED
from tidewaiter.tables.judging import Judge, Verdict

if TYPE_CHECKING:
    import polars as pl

__all__ = ["PREFIX", "Verdicts"]

PREFIX = "tw_"
"""How the names of result columns begin."""
_BETWEEN = "; "


class Verdicts:
    """Verdicts by number, in the order in which they came. Faults of a whole case have numbers too."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.faults: dict[int, str] = {}
        self._numbers: dict[Verdict | str, int] = {}
        self._held: list[Verdict | None] = []
        self._names: list[str] = []
        self._table: pl.DataFrame | None = None

    def number(self, verdict: Verdict) -> int:
        """The number of a verdict."""
        found = self._numbers.get(verdict)
        if found is None:
            found = self._new(verdict)
            self._held.append(verdict)
            self._names.append(hashlib.sha256(repr(self._parts(verdict)).encode()).hexdigest()[:12])
        return found

    def fault(self, reason: str) -> int:
        """The number of a case that cannot be judged, and why."""
        found = self._numbers.get(reason)
        if found is None:
            found = self._new(reason)
            self._held.append(None)
            self._names.append("")
            self.faults[found] = reason
        return found

    def _new(self, key: Verdict | str) -> int:
        self._table = None
        return self._numbers.setdefault(key, len(self._held))

    @staticmethod
    def _parts(verdict: Verdict) -> tuple[Any, ...]:
        return verdict.outcomes, verdict.headline, verdict.mask, verdict.missing, verdict.assumed, verdict.confidence

    def table(self) -> pl.DataFrame:
        """The result columns, one row a verdict. Words repeat, so they are held as codes."""
        import polars as pl

        if self._table is None or self._table.height != len(self._held):
            spec, layers = self.judge.spec, self.judge.layers
            outcomes = pl.Enum([word.code for word in spec.outcomes if word.code != UNDETERMINED] + [UNDETERMINED])
            names = pl.Enum(layers)
            columns = {
                "outcome": pl.Series([v.outcome if v else None for v in self._held], dtype=outcomes),
                "layer": pl.Series([layers[v.headline] if v else None for v in self._held], dtype=names),
            }
            for index, layer in enumerate(layers):
                columns[layer] = pl.Series([v.outcomes[index] if v else None for v in self._held], dtype=outcomes)
            texts: dict[str, list[str | None]] = {
                "because": [_BETWEEN.join(v.because) if v else None for v in self._held],
                "missing": [_BETWEEN.join(v.missing) if v else None for v in self._held],
                "confidence": [v.confidence if v else None for v in self._held],
                "verdict": [name or None for name in self._names],
                "law": [self.judge.decider.law.digest[:12] if v else None for v in self._held],
            }
            columns |= {name: pl.Series(held, dtype=pl.String).cast(pl.Categorical) for name, held in texts.items()}
            columns["assumed"] = pl.Series([len(v.assumed) if v else None for v in self._held], dtype=pl.UInt16)
            self._table = pl.DataFrame({PREFIX + name: series for name, series in columns.items()})
        return self._table

    def described(self, since: int = 0) -> Iterator[Mapping[str, Any]]:
        """The verdicts from a number on as plain data: provisions with citations, assumptions, what is missing."""
        for verdict, name in zip(self._held[since:], self._names[since:], strict=True):
            if verdict is not None:
                yield {
                    "verdict": name,
                    "outcome": verdict.outcome,
                    "layers": dict(zip(self.judge.layers, verdict.outcomes, strict=True)),
                    "because": list(verdict.because),
                    "missing": list(verdict.missing),
                    "assumed": list(verdict.assumed),
                    "confidence": verdict.confidence,
                    "deciding": self.deciding(verdict),
                }

    def deciding(self, verdict: Verdict) -> list[str]:
        """The terms of the provisions that decide a verdict, read off its mask."""
        return [term for index, term in enumerate(self.judge.provisions) if verdict.mask >> index & 1]

    def __len__(self) -> int:
        return len(self._held)

    def at(self, number: int) -> Verdict | Fault:
        """The verdict of a number, or why there is none."""
        found = self._held[number]
        return Fault("", self.faults[number]) if found is None else found
